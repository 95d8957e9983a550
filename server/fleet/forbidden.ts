import type { Clock } from '../ports/clock.ts'
import type { Domain } from './domain.ts'
import type { Refusal } from './judgement.ts'
import { logRefusal, notifyOfRefusal, type Tellers } from './refuse.ts'
import { createSpaced } from './spaced.ts'

/** The same is told again at most this often, in milliseconds: who may not press must not be able to wear out the disk, and a script waits 20 seconds for why. */
const loggedEvery = 5_000
/** As a notification. */
const notifiedEvery = 60_000

export interface Forbidden {
  /** Refuses a press of somebody who may not: told at once; what follows soon with the same words is counted, in the log at once or within seconds. */
  refuse(domain: Domain, reason: string): void
  stop(): void
}

export function createForbidden(dependencies: Tellers & { readonly clock: Clock }): Forbidden {
  const [lines, notices] = [createSpaced(dependencies.clock, loggedEvery), createSpaced(dependencies.clock, notifiedEvery)]

  return {
    refuse(domain, reason) {
      const refusal: Refusal = { purpose: 'refused', reason }
      const key = keyOf(domain, reason)
      const isOfThisRun = () => keyOf(domain, reason) === key
      lines.say(key, (times) => isOfThisRun() && logRefusal(dependencies, domain, refusal, times))
      notices.say(key, () => isOfThisRun() && notifyOfRefusal(dependencies, domain, refusal))
    },
    stop() {
      lines.stop()
      notices.stop()
    },
  }
}

/** Of one run: the next one has a log of its own. */
function keyOf(domain: Domain, reason: string): string {
  return JSON.stringify([domain.identity().id, domain.facts().run?.id, reason])
}
