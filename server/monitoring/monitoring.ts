/** Reads capacity, clusters and hosts again and again, and shows them. */
import { type Phase, upgradingPhase } from '../../shared/upgrade.ts'
import type { Clock } from '../ports/clock.ts'
import type { Hub } from '../ports/hub.ts'
import type { VcfResources } from '../ports/vcf-resources.ts'
import { pauseBetween, toldFor } from './pace.ts'
import { learnt, resourcesView, type Seen, saysUpgrading } from './seen.ts'

export interface MonitoringNeeds {
  readonly vcf: VcfResources
  readonly hub: Pick<Hub, 'publishResources'>
  readonly clock: Clock
  readonly log: { debug(message: string, fields?: object): void; warn(message: string, fields?: object): void }
  /** `RESOURCES_EVERY`, in milliseconds. */
  readonly every: number
  /** Where our own upgrades are. */
  readonly phases: () => readonly Phase[]
}

export interface Monitoring {
  /** Reads at once, then again and again. Nothing here stops it but `stop`. */
  start(): void
  stop(): void
}

export function createMonitoring({ vcf, hub, clock, log, every, phases }: MonitoringNeeds): Monitoring {
  let seen: Seen = {}
  let failures = 0
  let told = ''
  let timer: unknown
  let stopped = false

  async function look(): Promise<void> {
    const triedAt = clock.now()
    try {
      const { troubles, ...lists } = await vcf.resources()
      seen = learnt(seen, lists, triedAt)
      failures = 0
      tell(troubles.join(' '))
    } catch (error) {
      // That SDDC Manager does not answer is told by its connection.
      failures++
      log.debug('Capacity, clusters and hosts could not be read', { error })
    }
    if (stopped) return
    hub.publishResources(resourcesView(seen, { triedAt, now: clock.now(), toldFor: toldFor(every) }))
    timer = clock.setTimeout(() => void look(), pauseBetween({ every, failures, upgrading: isUpgrading() }))
  }

  /** Whoever began it. */
  function isUpgrading(): boolean {
    return phases().some((phase) => Object.values(upgradingPhase).includes(phase)) || saysUpgrading(seen)
  }

  /** One line per trouble, however often it is met. */
  function tell(trouble: string): void {
    if (trouble !== told && trouble !== '') log.warn(`Not all of capacity, clusters and hosts could be read. ${trouble}`)
    told = trouble
  }

  return {
    start: () => void look(),
    stop() {
      stopped = true
      clock.clearTimeout(timer)
    },
  }
}
