import type { FleetCommand } from '../../shared/commands.ts'
import type { Hub, Press } from '../ports/hub.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Domain } from './domain.ts'
import type { Forbidden } from './forbidden.ts'
import { type ControlPolicy, refusalOf } from './permission.ts'
import { refuse, type Tellers } from './refuse.ts'
import { spoken } from './spoken.ts'

export interface ForAllDependencies extends Tellers {
  readonly vcf: Pick<Vcf, 'signIn'>
  readonly hub: Tellers['hub'] & Pick<Hub, 'showDeleted'>
  readonly log: Tellers['log'] & { warn(message: string, fields?: object): void }
  readonly policy: ControlPolicy
  readonly domains: ReadonlyMap<string, Domain>
  /** Answers what went wrong first; undefined: nothing. */
  readonly detectAll: () => Promise<unknown>
}

/** Takes presses that are for no single domain. Of several at once the first one looks for all; what becomes of them is told at the management domain. */
export function createForAll(
  dependencies: ForAllDependencies,
  forbidden: Forbidden,
): (control: FleetCommand, press: Press) => Promise<void> {
  const { vcf, hub, log, policy, domains, detectAll } = dependencies
  const underWay = new Map<FleetCommand, Promise<void>>()

  /** Undefined: SDDC Manager has not named a domain yet, and there is nothing to show it at. */
  function place(): Domain | undefined {
    const all = [...domains.values()]
    return all.find((domain) => domain.identity().type === 'MANAGEMENT') ?? all[0]
  }

  async function look(control: FleetCommand): Promise<void> {
    const trouble = await read(control).catch((error: unknown) => error)
    if (trouble === undefined) return
    log.warn('A press could not be carried out', { control, error: trouble })
    const domain = place()
    if (!domain) return
    const { message, remediation } = trouble as { message?: string; remediation?: string }
    const why = [message ?? String(trouble), remediation].filter((part) => part).join(' ')
    refuse(dependencies, domain, { purpose: 'refused', reason: `${spoken[control]} was pressed, but it failed: ${why}` })
  }

  async function read(control: FleetCommand): Promise<unknown> {
    if (control === 'refresh_token') await vcf.signIn()
    return detectAll()
  }

  return async (control, press) => {
    const refusal = refusalOf(policy, press)
    if (refusal !== undefined) {
      const domain = place()
      return domain ? forbidden.refuse(domain, refusal) : log.warn('Not obeyed', { control, reason: refusal })
    }
    if (control === 'check_for_updates') hub.showDeleted()
    const looking = underWay.get(control) ?? look(control).finally(() => underWay.delete(control))
    underWay.set(control, looking)
    return looking
  }
}
