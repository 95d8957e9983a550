/** Why this server does not work on a domain, and how that is shown. */
import type { DomainView } from '../../shared/view.ts'
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'

/** Its record could not be used: what had happened there is not known. */
export interface LostRecord {
  /** Why, and where the file is kept. */
  readonly message: string
  /** How to have it back, without a full stop. */
  readonly remedy: string
  /** The facts with which a person goes on without it. */
  readonly forgottenBy: (person: Person) => UpgradeFacts
}

export interface Trouble {
  readonly reason: string
  readonly text: string
  readonly remediation: string
}

/** Reasons of the halt: a record cannot be used, or an error of our own. */
export const recordIsLost = 'record cannot be used'
export const errorOfOurs = 'error of this server'

export function troubleOf({ message, remedy }: LostRecord): Trouble {
  return {
    reason: recordIsLost,
    text: message,
    remediation: `${remedy}; or press Retry to go on without what it knew: the run that it told of ends here as forgotten, and what runs in SDDC Manager is looked at before anything is sent.`,
  }
}

/** An error of our own, most of all while saving. */
export function ownTrouble(error: unknown): Trouble {
  return {
    reason: errorOfOurs,
    text: error instanceof Error ? error.message : String(error),
    remediation:
      'Mend the cause (disk space and rights of STATE_DIR are the usual ones), then press Retry. What runs in SDDC Manager is looked at before anything is sent. Cancel ends the run here, where one is open.',
  }
}

/** Nothing is awaited from VCF. Who began what it works on is not known while the record is lost, and then there is nothing to cancel either. */
export function brokenView(view: DomainView, { reason, text, remediation }: Trouble): DomainView {
  const { awaits: _, expectedOutage: __, unreachableSince: ___, overdueSince: ____, ...known } = view
  const sentence = `This server does not work on the domain: ${text}`
  return {
    ...known,
    steps: reason === recordIsLost ? view.steps.map(({ detail: _, ...step }) => step) : view.steps,
    phase: 'failed',
    attention: sentence,
    accepts: view.accepts.includes('cancel') ? ['retry', 'cancel'] : ['retry'],
    halt: { reason, text: sentence, remediation, retryable: true },
  }
}
