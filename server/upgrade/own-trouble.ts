/** This server stopped on an error of its own, such as a full disk, and a person lets it work on. */
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import { openRun, withLog, withRun } from './facts.ts'

/** The facts as they were saved last, and why nothing was done since. */
export function withOwnTrouble(facts: UpgradeFacts, text: string, now: number): UpgradeFacts {
  return withLog(facts, [{ level: 'warning', text: `This server had stopped: ${text}` }], now)
}

/** A person pressed Retry: it goes on from there. A halt of the run is not lifted by that. */
export function afterOwnTrouble(facts: UpgradeFacts, text: string, by: Person, now: number): UpgradeFacts {
  const retried = openRun(facts) ? withRun(facts, (run) => ({ ...run, retried: { by, at: now } })) : facts
  return withLog(withOwnTrouble(retried, text, now), [{ level: 'info', text: `Retry by ${by.name}` }], now)
}
