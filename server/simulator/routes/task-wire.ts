import { type Answer, errorBody } from '../answer.ts'
import type { TaskRecord, TaskStep } from '../world/tasks.ts'
import type { Time } from '../world/time.ts'
import type { World } from '../world/world.ts'

/** SDDC Manager's two spellings of one thing. */
const words = {
  upper: { pending: 'PENDING', running: 'IN_PROGRESS', succeeded: 'SUCCESSFUL', failed: 'FAILED' },
  title: { pending: 'Pending', running: 'In Progress', succeeded: 'Successful', failed: 'Failed' },
} as const

type TaskWorld = Pick<World, 'time' | 'dialect'>

/** Until a task has begun in earnest it is pending. */
const pendingFor = 30_000

/** Whether a task still waits for its turn. */
export function isPending(time: Time, { work }: TaskRecord): boolean {
  return work.state === 'running' && time.now() - work.startedAt < time.span(pendingFor)
}

/** 202 with the task, and where to find it. */
export function acceptedTask(world: TaskWorld, task: TaskRecord): Answer {
  return { status: 202, body: taskWire(world, task), headers: { location: `/v1/tasks/${task.id}` } }
}

export function taskWire({ time, dialect }: TaskWorld, task: TaskRecord) {
  const { work, error } = task
  const state = isPending(time, task) ? 'pending' : work.state
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    status: words[task.spelling][state],
    creationTimestamp: iso(work.startedAt),
    ...(work.endedAt !== undefined && { completionTimestamp: iso(work.endedAt) }),
    subTasks: partsWire(task, time.now(), task.steps, { from: 0, to: 1 }).map(({ part, wire: { type, ...wire }, span }) => ({
      ...wire,
      ...(dialect.nine ? wire.status === 'FAILED' && { documentationLink: handbook } : { type }),
      ...(part.skipped && wire.status === 'SUCCESSFUL' && { status: dialect.nine ? 'SKIPPED' : 'NOT_APPLICABLE' }),
      stages: partsWire(task, time.now(), part.stages ?? [], span).map((stage) => ({
        ...stage.wire,
        errors: stage.wire.status === 'FAILED' && error ? [errorBody(error)] : [],
      })),
      errors: wire.status === 'FAILED' && error && !part.stages?.length ? [errorBody(error)] : [],
      resources: [],
      subTasks: [],
    })),
    errors: work.state === 'failed' ? [errorBody({ code: 'TASK_FAILED', message: `${task.name} failed.` })] : [],
    resources: task.resources.map(({ id, type, name, fqdn }) => ({ resourceId: id, type, name, ...(fqdn && { fqdn }) })),
    resolutionStatus: work.state === 'failed' && !task.resolved ? 'UNRESOLVED' : 'RESOLVED',
    isCancellable: false,
    isRetryable: task.retryable,
  }
}

const handbook = { url: 'https://docs.rehearsal.example/upgrades', label: 'Upgrade handbook' }

interface Span {
  readonly from: number
  readonly to: number
}
type Part = Pick<TaskStep, 'name' | 'share'> & Partial<TaskStep>

/** Subtasks and stages as they lie on the way from 0 to 1: done, under way (or failed there), still to come. */
function partsWire(task: TaskRecord, now: number, parts: readonly Part[], within: Span) {
  const { work } = task
  const whole = parts.reduce((sum, { share }) => sum + share, 0)
  const fraction = work.fraction()
  const passed = (work.endedAt ?? now) - work.startedAt
  const at = (point: number) => iso(work.startedAt + (fraction > 0 ? (passed * Math.min(point, fraction)) / fraction : 0))
  let reached = within.from
  return parts.map((part) => {
    const span = { from: reached, to: reached + ((within.to - within.from) * part.share) / whole }
    reached = span.to
    const done = work.state === 'succeeded' || fraction >= span.to - 1e-9
    const state = done ? 'succeeded' : fraction < span.from ? 'pending' : work.state
    const wire = {
      name: part.name,
      type: part.name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_'),
      description: part.description ?? part.name,
      status: words.upper[state],
      creationTimestamp: at(span.from),
      ...(done && { completionTimestamp: at(span.to) }),
    }
    return { part, wire, span }
  })
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
