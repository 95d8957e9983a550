import type { Clock } from '../ports/clock.ts'

/** Waits `ms`, or until the signal is given; never throws. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = clock.setTimeout(resolve, ms)
  const stop = () => {
    clock.clearTimeout(timer)
    resolve()
  }
  signal.addEventListener('abort', stop)
  return promise.finally(() => signal.removeEventListener('abort', stop))
}

/** What `work` comes to, or undefined when it took longer than `ms`. */
export async function within<Result>(clock: Clock, ms: number, work: Promise<Result>): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = clock.setTimeout(() => resolve(undefined), ms)
  return Promise.race([work, late]).finally(() => clock.clearTimeout(timer))
}
