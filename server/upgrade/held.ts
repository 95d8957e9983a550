/** Another server is in charge of the same Home Assistant: what was begun is followed, and nothing more is requested. */
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import { type LogEntry, withLog, withRun } from './facts.ts'
import { isVcfFailure } from './failure.ts'
import { type Limits, type Work, withFreshLimit } from './limits.ts'

/** Who is in charge, where that is why something was not requested. */
export function heldBy(error: unknown): string | undefined {
  return isVcfFailure(error) ? error.held : undefined
}

/** No time limit runs out meanwhile, for nobody is late; it is said once. */
export function afterHeld(facts: UpgradeFacts, other: string, work: Work, now: number, limits: Limits): UpgradeFacts {
  const waitsFor = `the other server (${other}) to stop: it is in charge of Home Assistant, and nothing is requested before this one is`
  const line: LogEntry = {
    level: 'warning',
    text: `Another server (${other}) is in charge of Home Assistant: nothing that changes something is requested of SDDC Manager until this one is in charge again`,
    details: ['What was begun is still followed. Stop one of the two servers.'],
  }
  const isTold = facts.run?.heldBy === other
  return withLog(
    withRun(facts, (run) => withFreshLimit({ ...run, heldBy: other }, work, now, limits, waitsFor)),
    isTold ? [] : [line],
    now,
  )
}

/** Something came to its end: whoever holds the next thing is told of again. */
export function released({ heldBy: _, ...run }: Run): Run {
  return run
}
