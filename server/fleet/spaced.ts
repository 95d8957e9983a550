import type { Clock } from '../ports/clock.ts'

export interface Spaced {
  /** Calls `tell` at once; what follows with the same key before the time has passed is told together then. @param tell `times`: how often it happened since */
  say(key: string, tell: (times: number) => void): void
  stop(): void
}

interface Told {
  more: number
  timer: unknown
  tell: (times: number) => void
}

/** @param every milliseconds between two of the same key */
export function createSpaced(clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>, every: number): Spaced {
  const told = new Map<string, Told>()

  function tellNow(key: string, tell: Told['tell'], times: number): void {
    told.set(key, { more: 0, tell, timer: clock.setTimeout(() => tellMore(key), every) })
    tell(times)
  }

  function tellMore(key: string): void {
    const { more, tell } = told.get(key)!
    told.delete(key)
    if (more > 0) tellNow(key, tell, more)
  }

  return {
    say(key, tell) {
      const lately = told.get(key)
      if (lately) Object.assign(lately, { more: lately.more + 1, tell })
      else tellNow(key, tell, 1)
    },
    stop() {
      for (const { timer } of told.values()) clock.clearTimeout(timer)
      told.clear()
    },
  }
}
