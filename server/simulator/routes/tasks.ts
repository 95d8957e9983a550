import { type Answer, emptyOk, ok, type Route } from '../answer.ts'
import { numberIn, pageOf } from '../pages.ts'
import type { World } from '../world/world.ts'
import { taskWire } from './task-wire.ts'

type TaskWire = ReturnType<typeof taskWire>

/** One spelling for comparing: `In Progress` and `IN_PROGRESS` are one status. */
const plain = (status: string) => status.toUpperCase().replaceAll(' ', '_')

export function taskRoutes(world: World): readonly Route[] {
  const { tasks } = world

  return [
    {
      method: 'GET',
      path: '/v1/tasks',
      answer: ({ query }) =>
        listed(
          tasks.all().map((task) => taskWire(world, task)),
          query,
        ),
    },
    { method: 'GET', path: '/v1/tasks/{id}', answer: ({ params }) => ok(taskWire(world, tasks.named(params.id!))) },
    {
      method: 'PATCH',
      path: '/v1/tasks/{id}',
      answer({ params }) {
        tasks.retry(params.id!)
        return emptyOk
      },
    },
    { method: 'DELETE', path: '/v1/tasks/{id}', answer: ({ params }) => tasks.cancel(params.id!) },
  ]
}

const filters: Readonly<Record<string, (task: TaskWire, wanted: string) => boolean>> = {
  taskStatus: (task, wanted) => plain(task.status) === plain(wanted),
  taskType: (task, wanted) => task.type === wanted,
  taskName: (task, wanted) => task.name.includes(wanted),
  resourceId: (task, wanted) => task.resources.some(({ resourceId }) => resourceId === wanted),
  resourceType: (task, wanted) => task.resources.some(({ type }) => type === wanted),
  completedAfter: (task, wanted) => task.completionTimestamp !== undefined && Date.parse(task.completionTimestamp) > Number(wanted),
}

/** Newest first unless `orderDirection` is ASC; at most 100 on a page. */
function listed(all: readonly TaskWire[], query: URLSearchParams): Answer {
  const fits = (task: TaskWire) => Object.entries(filters).every(([name, filter]) => !query.has(name) || filter(task, query.get(name)!))
  const direction = query.get('orderDirection') === 'ASC' ? 1 : -1
  const found = all.filter(fits).sort((a, b) => direction * a.creationTimestamp.localeCompare(b.creationTimestamp))
  const size = Math.min(100, Math.max(1, numberIn(query, 'pageSize', 100)))
  return pageOf(found.slice(0, numberIn(query, 'limit', found.length)), numberIn(query, 'pageNumber', 0), size)
}
