import type { Clock } from '../../server/ports/clock.ts'

interface Timer {
  readonly due: number
  readonly order: number
  readonly callback: () => void
}

/**
 * Time that a test moves. It stops at every due time, so a timer that re-arms itself fires as often as it would in real time
 * (XState's own SimulatedClock and Node's mock timers fire it once per step, however big the step).
 */
export class StepClock implements Clock {
  #now: number
  #set = 0
  #order = 0
  #timers = new Map<number, Timer>()

  constructor(start: number = Date.UTC(2026, 0, 1, 8)) {
    this.#now = start
  }

  now(): number {
    return this.#now + this.#set
  }

  /** Sets the clock by so much: timers are due when they would have been, as everywhere. */
  jump(ms: number): void {
    this.#set += ms
  }

  /** The same time, never set: for those on other machines. */
  get elsewhere(): Clock {
    return {
      now: () => this.#now,
      setTimeout: (callback, ms) => this.setTimeout(callback, ms),
      clearTimeout: (timer) => this.clearTimeout(timer),
    }
  }

  setTimeout(callback: () => void, ms: number): number {
    const order = ++this.#order
    this.#timers.set(order, { due: this.#now + Math.max(0, ms), order, callback })
    return order
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number)
  }

  /** How many timers wait; a test that ends with some left has leaked them. */
  get pending(): number {
    return this.#timers.size
  }

  /** When the next timer is due; undefined when none waits. */
  get due(): number | undefined {
    return this.#next()?.due
  }

  /** Moves on by `ms`; after every timer waits for `settle`, so that what it started can end before time goes on. */
  async advance(ms: number, settle: () => Promise<void> = turn): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let next = this.#next(); next && next.due <= end; next = this.#next()) {
      this.#timers.delete(next.order)
      this.#now = Math.max(this.#now, next.due)
      next.callback()
      await settle()
    }
    this.#now = end
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers.values()) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer
    }
    return first
  }
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Waits until `busy` answers false for three turns in a row: what is under way over real sockets has ended. */
export function quietWhen(busy: () => boolean): () => Promise<void> {
  return async () => {
    for (let quiet = 0; quiet < 3; quiet = busy() ? 0 : quiet + 1) await turn()
  }
}
