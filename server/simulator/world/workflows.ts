import type { HealthSeed, WorkflowSeed } from '../scenario-health.ts'
import type { Estate } from './estate.ts'
import type { Health } from './health.ts'
import { idOf } from './ids.ts'
import { Refusal } from './refusal.ts'
import { resourceNamed } from './resources.ts'
import type { TaskRecord, Tasks } from './tasks.ts'
import type { Time } from './time.ts'
import { startWork } from './work.ts'

/** Workflows beside upgrades, begun before the world did. */
export interface Workflows {
  /** Those that set passwords: they have a list of their own. */
  credentialTasks(): readonly TaskRecord[]
  /** Throws 409 while one of them holds the lock of the deployment. */
  checkLock(): void
}

export interface WorkflowsNeeds {
  readonly seed: HealthSeed
  readonly health: Health
  readonly time: Time
  readonly tasks: Tasks
  readonly estate: Estate
  readonly generation: number
}

/** As good as for ever. */
const year = 365 * 24 * 60 * 60_000

/** Throws when the scenario names something that is not there. */
export function createWorkflows({ seed, health, time, tasks, estate, generation }: WorkflowsNeeds): Workflows {
  const begun = seed.workflows.map((workflow, i) => ({ workflow, task: begin(workflow, idOf('workflow', generation, i + 1)) }))
  for (const { workflow, task } of begun) if (workflow.kind === 'task') tasks.add(task)

  function begin({ name, kind, state, begun: ago, on, error }: WorkflowSeed, id: string): TaskRecord {
    const duration = ago + (seed.lasts ?? year)
    const work = startWork(time, { duration, from: ago / duration, done: () => {} })
    if (state === 'failed') work.fail()
    return {
      id,
      name,
      type: kind === 'credentials' ? 'ROTATE' : name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_'),
      spelling: kind === 'credentials' ? 'upper' : 'title',
      work,
      steps: [{ name, description: name, share: 1 }],
      resources: on === undefined ? [] : [resourceNamed(estate, on)],
      ...(state === 'failed' && { error: error ?? { code: 'WORKFLOW_FAILED', message: `${name} failed.` } }),
      get resolved() {
        return health.remedied
      },
      retryable: state === 'failed',
    }
  }

  return {
    credentialTasks: () => begun.filter(({ workflow }) => workflow.kind === 'credentials').map(({ task }) => task),
    checkLock() {
      const holder = begun.find(({ workflow, task }) => workflow.locks && !task.resolved && task.work.state !== 'succeeded')
      if (!holder) return
      throw new Refusal(409, {
        code: 'DEPLOYMENT_LOCK_HELD',
        message: `The workflow ${holder.task.name} holds the deployment lock.`,
        remediation: `Wait until ${holder.task.name} has ended, or resolve it when it has failed, then try again.`,
      })
    },
  }
}
