import type { FailureText, Task } from '../ports/vcf-words.ts'
import { errorText } from './error-text.ts'
import { isOver, isUnderWay, workState } from './states.ts'
import type { WireTask, WireWork } from './wire-upgrades.ts'

/** Wire → port, with what the tree of subtasks and stages tells. */
export function toTask(task: WireTask): Task {
  const parts = partsOf(task)
  const leaves = parts.flatMap((part) => leavesOf(part, false))
  const over = leaves.filter((isFinished) => isFinished).length
  return {
    id: task.id,
    name: task.name ?? task.description ?? task.id,
    state: workState(task.status),
    // Rounded down: a hundred is only for all of them.
    percent: leaves.length === 0 ? undefined : Math.floor((over / leaves.length) * 100),
    current: deepest(parts, (part) => (isUnderWay(part.status) ? (part.name ?? part.description) : undefined)),
    failure: deepest([task], failureOf),
    retryable: task.isRetryable ?? false,
    createdAt: task.creationTimestamp ?? 0,
    resourceIds: task.resources.flatMap(({ resourceId }) => resourceId ?? []),
  }
}

function partsOf({ subTasks, stages }: WireWork): readonly WireWork[] {
  return [...stages, ...subTasks]
}

/** For each leaf whether it is over. What belongs to something finished is finished, even where VCF left its word behind. */
function leavesOf(work: WireWork, parentIsOver: boolean): boolean[] {
  const over = parentIsOver || isOver(work.status)
  const parts = partsOf(work)
  return parts.length === 0 ? [over] : parts.flatMap((part) => leavesOf(part, over))
}

/** What `pick` finds farthest down; the first of several at the same depth. */
function deepest<T>(level: readonly WireWork[], pick: (work: WireWork) => T | undefined): T | undefined {
  let found: T | undefined
  for (let here = level; here.length > 0; here = here.flatMap(partsOf)) {
    found = here.map(pick).find((picked) => picked !== undefined) ?? found
  }
  return found
}

function failureOf({ errors }: WireWork): FailureText | undefined {
  for (const error of errors) {
    const { text, remediation, reference } = errorText(error)
    if (text) return { text, remediation, reference }
  }
  return undefined
}
