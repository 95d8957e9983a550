import type { BundleFact, Halt, Run, UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import { asUnasked } from './downloads/bundle-facts.ts'
import { openStep, withLastStep, withLog, withRun } from './facts.ts'
import { keyOf } from './known-findings.ts'

/** A person pressed Retry: what stopped is lifted, with a full new limit, and the chart looks again. Nothing is sent by this itself. */
export function afterRetry(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const lifted = withRun(facts, ({ halt, limit: _, overdueSince: __, ...run }) => ({
    ...again(withConfirmed(run, halt), halt?.of, by, now),
    retried: { by, at: now },
  }))
  return withLog(lifted, [{ level: 'info', text: `Retry by ${by.name}` }], now)
}

function withConfirmed(run: Run, halt: Halt | undefined): Run {
  return halt?.confirms === undefined ? run : { ...run, confirmed: [...(run.confirmed ?? []), halt.confirms] }
}

function again(run: Run, of: Halt['of'] | undefined, by: Person, now: number): Run {
  switch (of) {
    case 'downloads':
      return { ...run, bundles: run.bundles.map(askedAnew) }
    case 'request':
      return withLastStep(run, (step) => ({ ...step, confirmedLostBy: by }))
    case 'step':
      return openStep(run) ? run : withLastStep(run, (step) => ({ ...step, reviewBy: by }))
    case 'validation': {
      const { validation: _, ...rest } = run
      return rest
    }
    case 'prechecks':
      return checkAgain(run, now)
    case 'limit':
      return lookedAtAnew(run)
    case undefined:
      return run.waitsForImage ? run : checkAgain(run, now)
    default:
      return run
  }
}

/** The end was not proven: what is offered is read once more, for something may have come that this run has not done, and then all is validated again. */
function lookedAtAnew(run: Run): Run {
  if (run.noStepLeftAt === undefined || run.validation?.outcome === undefined) return run
  const { noStepLeftAt: _, validation: __, ...rest } = run
  return rest
}

/** Others may have failed beside the one that stopped the run, or since: what is not there is asked for anew, unless it is under way then. */
function askedAnew(bundle: BundleFact): BundleFact {
  if (bundle.readyAt !== undefined) return bundle
  return { ...asUnasked(bundle), ...(bundle.word !== undefined && { word: bundle.word }) }
}

/** The check-sets run again. The findings of the run before tell what is new; an acknowledgement of the same digest still counts. */
export function checkAgain(run: Run, now: number): Run {
  const before = run.precheck?.evaluation?.findings.map(keyOf)
  return { ...run, precheck: { requestedAt: now, runIds: [], ...(before && { before }) } }
}
