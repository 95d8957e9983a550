/** Whether Home Assistant can be used, asked before anything is written: a refused write counts there as a failed login. */
import type { Clock } from '../ports/clock.ts'
import { pause } from './pause.ts'
import { notAllowed, type Session } from './session.ts'
import { config, currentUser } from './wire.ts'

const pollMs = 500

/** @throws HubFailure `refused` when the token is not an administrator's */
export async function isAdministrator(session: Session): Promise<void> {
  const { is_admin } = await session.ask({ type: 'auth/current_user' }, currentUser)
  if (!is_admin) throw notAllowed('the states and helpers')
}

/** Waits until everything has been set up there: an id written earlier would take the place of a real entity. @param waits told when it does @throws HubFailure */
export async function whenRunning(session: Session, clock: Clock, waits = () => {}): Promise<{ readonly timeZone: string }> {
  for (;;) {
    const { state, time_zone } = await session.ask({ type: 'get_config' }, config)
    if (state === 'RUNNING') return { timeZone: isTimeZone(time_zone) ? time_zone : 'UTC' }
    waits()
    await pause(clock, pollMs, session.signal)
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
