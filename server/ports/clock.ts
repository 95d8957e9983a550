/** Time. Only the composition root reads the real one; tests step their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** As the global one. `ms` stays below 2^31: a longer timer fires at once in Node. */
  setTimeout(callback: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}
