/** One errand at Home Assistant: signs in as an administrator, waits until everything is set up there, and leaves. */
import type { Clock } from '../ports/clock.ts'
import { type HubAddress, trustOf } from './address.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import { isAdministrator, whenRunning } from './readiness.ts'
import { createStatesByRest, type StatesByRest } from './rest.ts'
import { openSession, type Session } from './session.ts'

export interface ErrandNeeds extends HubAddress {
  readonly clock: Clock
  readonly log: Log
}

/** Answers what the errand brings. @throws HubFailure whose message says what is wrong and the remedy */
export async function runErrand<Brought>(
  needs: ErrandNeeds,
  errand: (session: Session, rest: StatesByRest) => Promise<Brought>,
): Promise<Brought> {
  const { clock, log } = needs
  const trust = trustOf(needs)
  const session = await openSession({ address: needs, trust, clock, log, heartbeatMs: 30_000, answerMs: 15_000 })
  const rest = createStatesByRest(needs, trust, clock)
  try {
    await isAdministrator(session)
    await whenRunning(session, clock)
    return await errand(session, rest)
  } catch (error) {
    throw asHubFailure(error)
  } finally {
    session.end(asHubFailure(new Error('the errand is done')))
    await rest.close()
  }
}
