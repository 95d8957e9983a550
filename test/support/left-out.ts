import process from 'node:process'
import type { TestContext } from 'node:test'

/** Skips what cannot be tried on this machine. Where `CI` is set everything is at hand: there it throws, so that nothing is left out unseen. */
export function leaveOut(t: Pick<TestContext, 'skip'>, why: string): void {
  if (process.env.CI) throw new Error(`Nothing is left out where CI is set: ${why}`)
  t.skip(why)
}
