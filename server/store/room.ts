import type { Tracing } from './trace/trace.ts'
import { isFull } from './trouble.ts'

/** Does it; on a full disk once more without the trace: facts are worth more than what is recorded for later. @throws what `work` threw */
export function withRoom(trace: Pick<Tracing, 'giveWay'>, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isFull(error) || !hasGivenWay(trace, error)) throw error
    work()
  }
}

function hasGivenWay(trace: Pick<Tracing, 'giveWay'>, error: unknown): boolean {
  try {
    return trace.giveWay(error)
  } catch {
    return false
  }
}
