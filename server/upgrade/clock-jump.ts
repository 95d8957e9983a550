/**
 * The clock of the machine may be set while a run goes on, above all of a small one that begins without knowing the time; or the machine sleeps. Limits are
 * kept as points in time, so they have to move along: otherwise the run would halt at once, or wait for the difference.
 */
import type { UpgradeFacts } from '../ports/facts.ts'
import { withLog, withRun } from './facts.ts'
import { duration } from './words.ts'

const minute = 60_000
/** What asking SDDC Manager may take beyond the poll interval, and what a clock is corrected by all the time. */
const usual = { late: 10 * minute, back: minute } as const

/** How far the clock was set (negative: back), seen from the last look at the same work; 0 when it goes on as it should. */
function jumpSince(lookedAt: number, now: number, pollEvery: number): number {
  const passed = now - lookedAt
  return passed < -usual.back || passed > pollEvery + usual.late ? passed - pollEvery : 0
}

/** Whether it is less than `span` since then. Of what will be, by a clock that was ahead and was set right, nobody knows how long ago it was: no. */
export function isWithin(then: number, now: number, span: number): boolean {
  return then - now <= usual.back && now - then < span
}

/** The facts with their limit where it would be had the clock not been set. @param lookedAt of this process, when it looked last; undefined: not yet */
export function afterJump(facts: UpgradeFacts, lookedAt: number | undefined, now: number, pollEvery: number): UpgradeFacts {
  const jump = lookedAt === undefined || facts.run?.limit === undefined ? 0 : jumpSince(lookedAt, now, pollEvery)
  if (jump === 0) return facts
  const text =
    jump < 0
      ? `The clock of this server was set back by ${duration(-jump)}; time limits moved along`
      : `The clock of this server was set forward by ${duration(jump)}, or it slept; time limits moved along`
  const details = ['See to it that the machine of this server gets its time from an NTP server.']
  return withLog(
    withRun(facts, ({ limit, ...run }) => ({ ...run, limit: { ...limit!, until: limit!.until + jump } })),
    [{ level: 'warning', text, details }],
    now,
  )
}
