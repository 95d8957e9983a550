import { type ErrorText, Refusal, unknown } from './refusal.ts'
import type { Work } from './work.ts'

/** One part of a task; `share` is how much of the parent it takes, relative to its neighbours. */
export interface TaskStep {
  readonly name: string
  readonly description: string
  readonly share: number
  /** Not needed this time: passed over at once. */
  readonly skipped?: true
  /** The inner steps: stages, as SDDC Manager calls them. */
  readonly stages?: readonly { readonly name: string; readonly share: number }[]
}

/** Names of all steps and stages. */
export function namesOf(steps: readonly TaskStep[]): readonly string[] {
  return steps.flatMap(({ name, stages = [] }) => [name, ...stages.map((stage) => stage.name)])
}

/** The middle of the step or stage with this name, as a fraction of the whole; 0 when there is none. */
export function middleOf(steps: readonly TaskStep[], wanted: string): number {
  const whole = sumOf(steps)
  let from = 0
  for (const { name, share, stages = [] } of steps) {
    const width = share / whole
    if (name === wanted) return from + width / 2
    let inner = from
    for (const stage of stages) {
      const part = (width * stage.share) / sumOf(stages)
      if (stage.name === wanted) return inner + part / 2
      inner += part
    }
    from += width
  }
  return 0
}

function sumOf(parts: readonly { readonly share: number }[]): number {
  return parts.reduce((sum, { share }) => sum + share, 0)
}

export interface TaskResource {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly fqdn?: string
}

export interface TaskRecord {
  readonly id: string
  readonly name: string
  readonly type: string
  /** SDDC Manager spells task statuses in two ways, depending on who owns the task: `In Progress` and `IN_PROGRESS`. */
  readonly spelling: 'title' | 'upper'
  readonly work: Work
  readonly steps: readonly TaskStep[]
  readonly resources: readonly TaskResource[]
  /** Why it failed. */
  readonly error?: ErrorText
  readonly retryable: boolean
  /** It failed, and somebody has seen to that. */
  readonly resolved?: boolean
}

export interface Tasks {
  add(task: TaskRecord): void
  all(): readonly TaskRecord[]
  /** Throws 404. */
  named(id: string): TaskRecord
  forget(id: string): void
  /** `PATCH /v1/tasks/{id}`: goes on from where it failed; 409 when it has not failed or cannot be repeated. */
  retry(id: string): void
  /** `DELETE /v1/tasks/{id}`: nothing here can be stopped once it runs: 409. */
  cancel(id: string): never
}

export function createTasks(): Tasks {
  const tasks = new Map<string, TaskRecord>()

  function named(id: string): TaskRecord {
    const task = tasks.get(id)
    if (!task) throw unknown('task', id)
    return task
  }

  return {
    add: (task) => void tasks.set(task.id, task),
    all: () => [...tasks.values()],
    named,
    forget: (id) => void tasks.delete(id),
    retry(id) {
      const task = named(id)
      if (task.work.state !== 'failed') throw new Refusal(409, { code: 'TASK_NOT_FAILED', message: 'Only a failed task can be retried.' })
      if (!task.retryable) throw new Refusal(409, { code: 'TASK_NOT_RETRYABLE', message: `The task ${task.name} cannot be retried.` })
      task.work.resume()
    },
    cancel(id) {
      const task = named(id)
      const message =
        task.work.state === 'running' ? `The task ${task.name} cannot be cancelled.` : 'Only a task in progress can be cancelled.'
      throw new Refusal(409, { code: 'TASK_NOT_CANCELLABLE', message })
    },
  }
}
