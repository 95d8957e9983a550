import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Domain } from './domain.ts'
import { judgeOrder } from './judgement.ts'
import { managementOf } from './offers.ts'
import { refuse, type Tellers } from './refuse.ts'
import { type Contender, contendersOf, nextInTurn } from './turns.ts'

export interface QueueDependencies extends Tellers {
  readonly clock: Clock
  readonly domains: ReadonlyMap<string, Domain>
  /** Reads of SDDC Manager what a domain runs and is offered. Throws when it does not answer. */
  readonly detectOne: (domain: Domain) => Promise<void>
  readonly views: () => readonly DomainView[]
  /** Every domain that may have a run is among them. Before that nobody knows whose turn it is. */
  readonly isWhole: () => boolean
  /** Milliseconds until SDDC Manager is asked again when it did not answer. */
  readonly pollEvery: number
}

export interface Queue {
  /** Gives the next run its turn as soon as it may go on. To be called whenever something may have changed; never rejects. */
  advance(): Promise<void>
  stop(): void
}

const server: Person = { id: 'server', name: 'this server' }

/** The runs that wait for their turn. Who waits and since when is in their facts; this only calls them, one after the other. */
export function createQueue(dependencies: QueueDependencies): Queue {
  const { clock, domains, detectOne, views, isWhole, pollEvery } = dependencies
  const told = new Set<string>()
  let timer: unknown
  let busy = false
  let asked = false
  let stopped = false

  async function advance(): Promise<void> {
    asked = true
    if (busy) return
    busy = true
    clock.clearTimeout(timer)
    while (asked && !stopped) {
      asked = false
      // Whoever calls may be in the middle of a change: what follows from it comes after.
      await Promise.resolve()
      const next = isWhole() ? nextInTurn(contendersOf(domains.values())) : undefined
      if (next) await call(next)
    }
    busy = false
  }

  async function call(next: Contender): Promise<void> {
    const domain = domains.get(next.domain.id)!
    try {
      if (next.domain.type === 'VI') await lookAtManagement(next)
    } catch (error) {
      return tryLater(domain, next, error)
    }
    // Meanwhile it may have been cancelled, or the management domain been started.
    if (stopped || nextInTurn(contendersOf(domains.values()))?.run.id !== next.run.id) return
    const others = views().filter((view) => view.domain.id !== next.domain.id)
    const order = judgeOrder(domain.view(), next.run.target, others)
    if (order === undefined) return domain.send({ type: 'your turn' })
    refuse(dependencies, domain, { purpose: 'refused', reason: `It was the turn of ${next.domain.name}, but ${order}` })
    domain.send({ type: 'cancel', by: server })
  }

  /** Its version decides whether a workload domain may follow; it may have changed while that one waited. */
  async function lookAtManagement({ domain }: Contender): Promise<void> {
    const management = managementOf(domains, domain)
    if (!management) throw new Error('SDDC Manager has not named the management domain yet.')
    await detectOne(management)
  }

  function tryLater(domain: Domain, { run }: Contender, error: unknown): void {
    timer = clock.setTimeout(() => void advance(), pollEvery)
    if (!told.has(run.id)) {
      told.add(run.id)
      const why = error instanceof Error ? error.message : String(error)
      const text = `It would be the turn of this domain, but SDDC Manager could not be asked for the version of the management domain: ${why} It is asked again`
      domain.send({ type: 'tell', entry: { level: 'warning', text } })
    }
    domain.send({ type: 'turn is unclear', error })
  }

  return {
    advance,
    stop() {
      stopped = true
      clock.clearTimeout(timer)
    },
  }
}
