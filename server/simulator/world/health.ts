import type { HealthSeed } from '../scenario-health.ts'
import type { DomainState, Estate } from './estate.ts'
import { idOf, referenceOf } from './ids.ts'
import { resourceNamed } from './resources.ts'
import type { TaskResource } from './tasks.ts'
import type { Time } from './time.ts'

/** Something that SDDC Manager warns of, by one resource. */
export interface ResourceWarning {
  readonly id: string
  readonly code: string
  readonly severity: 'MINOR' | 'MAJOR'
  readonly message: string
  readonly remediation?: string
  readonly reference: string
  readonly resource: TaskResource
  readonly at: number
}

/** What is not well beside any upgrade, as long as nobody has remedied it. */
export interface Health {
  /** Whether it is over, all of it. */
  readonly remedied: boolean
  readonly backup: HealthSeed['backup']
  /** The status word of a domain, cluster or host (an id) that is not as it should be. */
  statusOf(id: string): string | undefined
  warnings(): readonly ResourceWarning[]
  /** STABLE, DEGRADED, … */
  nsxOf(domain: DomainState): string
}

/** Throws when the scenario names something that is not there. */
export function createHealth(seed: HealthSeed, time: Time, estate: Estate): Health {
  const beganAt = time.now()
  const statuses = new Map(seed.statuses.map(({ of, is }) => [resourceNamed(estate, of).id, is]))
  const warnings = seed.warnings.map(({ on, code, severity, message, remediation }): ResourceWarning => {
    const resource = resourceNamed(estate, on)
    const said = { code, severity, message, ...(remediation && { remediation }) }
    return { id: idOf('warning', on, code), ...said, reference: referenceOf(code, on), resource, at: beganAt }
  })
  const remedied = () => seed.lasts !== undefined && time.now() >= beganAt + time.span(seed.lasts)
  const unless = <Value>(ill: Value, well: Value): Value => (remedied() ? well : ill)

  return {
    get remedied() {
      return remedied()
    },
    get backup() {
      return unless(seed.backup, 'scheduled')
    },
    statusOf: (id) => unless(statuses.get(id), undefined),
    warnings: () => unless(warnings, []),
    nsxOf: ({ name }) => unless(seed.nsx.find(({ domain }) => domain === name)?.status ?? 'STABLE', 'STABLE'),
  }
}
