import type { Log } from '../log.ts'
import type { Registered } from './registered.ts'

/** Waits until Home Assistant has taken these entities; says so once when it does not. */
export function createTaken(registered: Pick<Registered, 'wait'>, log: Log): (uniqueIds: readonly string[]) => Promise<void> {
  let isTold = false
  return async (uniqueIds) => {
    const missing = await registered.wait(uniqueIds)
    if (missing.length === 0 || isTold) return
    isTold = true
    const remedy = 'Set up its integration MQTT with the same broker, with discovery on (the prefix is homeassistant).'
    log('warn', `Home Assistant has not taken ${missing.length} of the entities that were announced by MQTT. ${remedy}`)
  }
}
