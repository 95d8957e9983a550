/** For whose sake nothing is requested of SDDC Manager: another server that is in charge of Home Assistant. */
import type { Clock } from '../ports/clock.ts'
import type { Lease } from './lease.ts'
import { type Link, notAnswered } from './link.ts'
import { pause } from './pause.ts'

/** Before the first look at the lease of a session. */
export const lookingFor = 'It is not known yet whether another server is in charge.'
/** How long a request waits until that is known, and how often it is looked, in milliseconds. */
const decided = { within: 20_000, every: 100 } as const

export interface ChargeNeeds {
  readonly clock: Clock
  readonly lease: Pick<Lease, 'other' | 'isHeld'>
  readonly link: Pick<Link, 'problem'>
  /** The server is stopping. */
  readonly signal: AbortSignal
}

/** Answers the other server that is in charge, once that is known; a Home Assistant that cannot be reached says nothing against this one. */
export function chargeOf({ clock, lease, link, signal }: ChargeNeeds): () => Promise<string | undefined> {
  /** Nothing is known before the first look, and of a machine that slept until the next. */
  function isUndecided(): boolean {
    const problem = link.problem()
    if (signal.aborted || lease.other() !== undefined) return false
    return problem === notAnswered('Home Assistant') || problem === lookingFor || (problem === undefined && !lease.isHeld())
  }

  return async () => {
    for (let left: number = decided.within; left > 0 && isUndecided(); left -= decided.every) await pause(clock, decided.every, signal)
    return lease.other()
  }
}
