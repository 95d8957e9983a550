import type { VcfHealth, Workflow } from '../ports/vcf-health.ts'
import { credentialTaskState, isResolved } from './health-states.ts'
import type { Requests } from './requests.ts'
import { workState } from './states.ts'
import { page } from './wire.ts'
import { type WireWorkflow, wireWorkflow } from './wire-health.ts'

/** Both spellings of each: a filter that SDDC Manager spells otherwise finds nothing and says nothing (api-facts §2). */
const words = ['PENDING', 'Pending', 'IN_PROGRESS', 'In Progress', 'FAILED', 'Failed']

/** What runs in SDDC Manager, or failed there and was not resolved (`GET /v1/tasks`, `/v1/credentials/tasks`; api-facts §10). */
export function workflowsOf({ read, readAll }: Requests): Pick<VcfHealth, 'workflows'> {
  return {
    async workflows() {
      const [ofPasswords, ...byWord] = await Promise.all([
        read('/v1/credentials/tasks', page(wireWorkflow)),
        ...words.map((taskStatus) => readAll('/v1/tasks', { next: 'pageNumber', query: { taskStatus, pageSize: '100' } }, wireWorkflow)),
      ])
      const tasks = new Map(byWord.flat().map((task) => [task.id, task]))
      return [
        ...[...tasks.values()].flatMap((task) => toWorkflow(task, workState(task.status))),
        ...ofPasswords.flatMap((task) => toWorkflow(task, credentialTaskState(task.status))),
      ]
    },
  }
}

/** Wire → port; nothing for what is over. */
function toWorkflow(
  { id, name, resolutionStatus, creationTimestamp, resources }: WireWorkflow,
  state: ReturnType<typeof workState>,
): Workflow[] {
  const isOpenFailure = state === 'failed' && !isResolved(resolutionStatus)
  if (state !== 'running' && !isOpenFailure) return []
  return [
    {
      id,
      name: name ?? id,
      state: isOpenFailure ? 'failed' : 'running',
      startedAt: creationTimestamp ?? 0,
      resourceIds: resources.flatMap(({ resourceId }) => resourceId ?? []),
    },
  ]
}
