import type { Clock } from '../../ports/clock.ts'
import { pause } from '../pause.ts'
import type { Session } from '../session.ts'
import { registryChange } from '../wire.ts'
import type { Registered } from './registered.ts'

/** Of several changes that come together the last is looked at, in milliseconds. */
const togetherMs = 500

export interface NameNeeds {
  readonly session: Session
  readonly clock: Clock
  readonly registered: Pick<Registered, 'look'>
}

/** Tells when Home Assistant has other ids for what was announced, or one more. @throws HubFailure */
export async function followNames({ session, clock, registered }: NameNeeds, changed: () => void): Promise<void> {
  let looking = false

  async function look(): Promise<void> {
    if (looking) return
    looking = true
    await pause(clock, togetherMs, session.signal)
    looking = false
    if (session.signal.aborted) return
    if (await registered.look().catch(() => false)) changed()
  }

  // An event may come with the answer already.
  await session.subscribe({ type: 'subscribe_events', ...{ event_type: 'entity_registry_updated' } }, registryChange, () => void look())
}
