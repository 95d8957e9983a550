/**
 * The clock of the machine may be set while a run goes on, above all of a small one that begins without knowing the time; or the machine sleeps. Limits are
 * kept as points in time, so they have to move along: otherwise the run would halt at once, or wait for the difference. What lies in the future of the
 * clock that is set was written by a clock that went right, before a restart: that stays.
 */
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import { withLastStep, withLog, withRun } from './facts.ts'
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

/**
 * The facts with their limit, and since when something stands still or is away, where these would be had the clock not been set.
 *
 * @param lookedAt of this process, when it looked last; undefined: not yet
 */
export function afterJump(facts: UpgradeFacts, lookedAt: number | undefined, now: number, pollEvery: number): UpgradeFacts {
  const limit = facts.run?.limit
  if (limit === undefined) return facts
  if (lookedAt === undefined) return afterStart(facts, limit.since ?? now, now)
  const jump = jumpSince(lookedAt, now, pollEvery)
  if (jump === 0) return facts
  const moves = (moment: number) => moment - lookedAt <= usual.back
  const set =
    jump < 0
      ? `The clock of this server was set back by ${duration(-jump)}`
      : `The clock of this server was set forward by ${duration(jump)}, or it slept`
  const limits = moves(limit.since ?? lookedAt) ? 'time limits moved along' : 'what was written before stays as it is'
  return withLog(
    withRun(facts, (run) => moved(run, (moment) => (moves(moment) ? moment + jump : moment))),
    [{ level: 'warning', text: `${set}; ${limits}`, details }],
    now,
  )
}

const details = ['See to it that the machine of this server gets its time from an NTP server.']

/** A process that begins: nobody knows yet which of the two clocks goes right. */
function afterStart(facts: UpgradeFacts, written: number, now: number): UpgradeFacts {
  if (written - now <= usual.back) return facts
  const text = `The clock of this server is ${duration(written - now)} before the moment at which its time limit was written: it is wrong now, or was then`
  return withLog(facts, [{ level: 'warning', text, details }], now)
}

/** @param at where a moment is now */
function moved(run: Run, at: (moment: number) => number): Run {
  const { limit, unreachableSince, overdueSince } = run
  const { since, until } = limit!
  const stands = <T extends { readonly changedAt?: number }>(one: T): T =>
    one.changedAt === undefined ? one : { ...one, changedAt: at(one.changedAt) }
  return {
    ...withLastStep(run, stands),
    limit: { ...limit!, ...(since !== undefined && { since: at(since) }), until: until + at(since ?? 0) - (since ?? 0) },
    bundles: run.bundles.map(stands),
    ...(unreachableSince !== undefined && { unreachableSince: at(unreachableSince) }),
    ...(overdueSince !== undefined && { overdueSince: at(overdueSince) }),
  }
}
