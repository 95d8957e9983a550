import type { Clock } from '../../ports/clock.ts'

/** Time as it passes in the simulated data centre. Durations are given as they are in a real one; they are divided by the speed here and only here. */
export interface Time {
  /** Milliseconds since the epoch, by SDDC Manager's own clock. */
  now(): number
  /** What `ms` of the real thing take here, in milliseconds on the wall. */
  span(ms: number): number
  /** Does `act` after `ms` of the real thing. Answers how to take it back. */
  after(ms: number, act: () => void): () => void
  /** Takes everything back that still waits. */
  stop(): void
}

/** `ahead`: milliseconds by which SDDC Manager's clock is ahead of the one on the wall. */
export function createTime(clock: Clock, speed: number, ahead = 0): Time {
  const waiting = new Set<unknown>()

  return {
    now: () => clock.now() + ahead,
    span: (ms) => ms / speed,
    after(ms, act) {
      const timer = clock.setTimeout(() => {
        waiting.delete(timer)
        act()
      }, ms / speed)
      waiting.add(timer)
      return () => {
        waiting.delete(timer)
        clock.clearTimeout(timer)
      }
    },
    stop() {
      for (const timer of waiting) clock.clearTimeout(timer)
      waiting.clear()
    },
  }
}
