/**
 * Presses as the broker tells them, held against those that Home Assistant shows. Only the latter are obeyed: the broker takes messages from whoever may
 * write there, and what a message says of its sender is the sender's own word. One that Home Assistant knows nothing of is told.
 */
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import type { ControlChange } from '../control-changes.ts'
import type { Log } from '../log.ts'
import { parsed } from '../parsed.ts'

export interface Witness {
  /** Home Assistant shows a change of a button. */
  seen(change: ControlChange): void
  /** A message says that a button was pressed. */
  claimed(key: string, payload: string): void
  stop(): void
}

const claim = z.object({ user: z.string().nullish(), context: z.string() })
const waitMs = 10_000
/** More presses than these do not come within that time. */
const kept = 200

export function createWitness(clock: Clock, log: Log): Witness {
  const contexts: string[] = []
  const timers = new Set<unknown>()

  function doubt(key: string): void {
    log(
      'warn',
      `A press of ${key} came from the MQTT broker that Home Assistant shows nothing of. It is not obeyed. Who else may write to the broker?`,
    )
  }

  return {
    seen({ now }) {
      if (now.contextId === undefined) return
      contexts.push(now.contextId)
      if (contexts.length > kept) contexts.shift()
    },
    claimed(key, payload) {
      const { success, data } = claim.safeParse(parsed(payload))
      if (!success) return doubt(key)
      const timer = clock.setTimeout(() => {
        timers.delete(timer)
        if (!contexts.includes(data.context)) doubt(key)
      }, waitMs)
      timers.add(timer)
    },
    stop() {
      for (const timer of timers) clock.clearTimeout(timer)
      timers.clear()
    },
  }
}
