import type { Clock } from '../ports/clock.ts'
import type { Domain } from './domain.ts'
import { refuse, type Tellers } from './refuse.ts'

/** Told again at most this often, in milliseconds: who may not press must not be able to fill the log and the disk. */
const toldEvery = 60_000

export interface Forbidden {
  /** Refuses a press of somebody who may not: told at once; what follows with the same words within a minute is told with its number. */
  refuse(domain: Domain, reason: string): void
  stop(): void
}

interface Told {
  more: number
  timer: unknown
}

export function createForbidden(dependencies: Tellers & { readonly clock: Clock }): Forbidden {
  const { clock } = dependencies
  const told = new Map<string, Told>()

  function tell(domain: Domain, reason: string, times: number): void {
    const key = keyOf(domain, reason)
    told.set(key, { more: 0, timer: clock.setTimeout(() => tellMore(domain, reason, key), toldEvery) })
    refuse(dependencies, domain, { purpose: 'refused', reason }, times)
  }

  function tellMore(domain: Domain, reason: string, key: string): void {
    const { more } = told.get(key)!
    told.delete(key)
    if (more > 0 && keyOf(domain, reason) === key) tell(domain, reason, more)
  }

  return {
    refuse(domain, reason) {
      const lately = told.get(keyOf(domain, reason))
      if (lately) lately.more++
      else tell(domain, reason, 1)
    },
    stop() {
      for (const { timer } of told.values()) clock.clearTimeout(timer)
      told.clear()
    },
  }
}

/** Of one run: the next one has a log of its own. */
function keyOf(domain: Domain, reason: string): string {
  return JSON.stringify([domain.identity().id, domain.facts().run?.id, reason])
}
