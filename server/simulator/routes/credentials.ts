import { errorBody, ok, page, type Route } from '../answer.ts'
import { numberIn, pageOf } from '../pages.ts'
import type { Account } from '../world/accounts.ts'
import { Refusal, unknown } from '../world/refusal.ts'
import type { TaskRecord } from '../world/tasks.ts'
import type { World } from '../world/world.ts'

/** Filters of `GET /v1/credentials`, by the name of their parameter. */
const filters: Readonly<Record<string, (account: Account, wanted: string) => boolean>> = {
  resourceName: ({ resource }, wanted) => resource.name === wanted,
  resourceIp: ({ resource }, wanted) => resource.ip === wanted,
  resourceType: ({ resource }, wanted) => resource.type === wanted,
  domainName: ({ domains }, wanted) => domains.includes(wanted),
  accountType: ({ accountType }, wanted) => accountType === wanted,
}

export function credentialRoutes(world: World): readonly Route[] {
  const { accounts, workflows, time } = world
  const wire = (account: Account) => credentialWire(account, time.now())
  const taskNamed = (id: string) => {
    const found = workflows.credentialTasks().find((task) => task.id === id)
    // The documents list 400 and no 404 for a task that is not there.
    if (!found) throw new Refusal(400, { code: 'CREDENTIAL_TASK_NOT_FOUND', message: `There is no credential task with the id ${id}.` })
    return found
  }

  return [
    {
      method: 'GET',
      path: '/v1/credentials',
      answer({ query }) {
        const fits = (account: Account) =>
          Object.entries(filters).every(([name, filter]) => !query.has(name) || filter(account, query.get(name)!))
        const found = accounts.all().filter(fits)
        // 0, which is also the default, asks for all of them on one page.
        const size = numberIn(query, 'pageSize', 0) || Math.max(1, found.length)
        return pageOf(found.map(wire), numberIn(query, 'pageNumber', 0), size)
      },
    },
    {
      method: 'GET',
      path: '/v1/credentials/tasks',
      answer: ({ query }) =>
        page(
          workflows
            .credentialTasks()
            .slice(0, numberIn(query, 'limit', Number.MAX_SAFE_INTEGER))
            .map(taskWire),
        ),
    },
    { method: 'GET', path: '/v1/credentials/tasks/{id}', answer: ({ params }) => ok(taskWire(taskNamed(params.id!))) },
    {
      method: 'GET',
      path: '/v1/credentials/{id}',
      answer({ params }) {
        const account = accounts.all().find(({ id }) => id === params.id)
        if (!account) throw unknown('credential', params.id!)
        return ok(wire(account))
      },
    },
  ]
}

const year = 365 * 24 * 60 * 60_000

function credentialWire({ id, user, password, credentialType, accountType, resource, domains, ...more }: Account, now: number) {
  const changed = new Date(more.expiresAt - year / 4).toISOString()
  return {
    id,
    credentialType,
    accountType,
    username: user,
    password,
    creationTimestamp: new Date(more.expiresAt - year).toISOString(),
    modificationTimestamp: changed,
    expiry: {
      expiryDate: new Date(more.expiresAt).toISOString(),
      lastCheckedDate: new Date(now).toISOString(),
      connectivityStatus: more.connectivity,
      status: more.expiry,
    },
    resource: {
      resourceId: resource.id,
      resourceName: resource.name,
      resourceIp: resource.ip,
      resourceType: resource.type,
      domainNames: domains,
      ...(domains[0] && { domainName: domains[0] }),
    },
  }
}

/** The statuses of these tasks have one spelling only. What somebody gave up counts as cancelled. */
function taskWire({ id, name, type, work, steps, resources, error, resolved }: TaskRecord) {
  const words = { running: 'IN_PROGRESS', succeeded: 'SUCCESSFUL', failed: resolved ? 'USER_CANCELLED' : 'FAILED' } as const
  const [status, at] = [words[work.state], new Date(work.startedAt).toISOString()]
  const errors = status === 'FAILED' && error ? [errorBody(error)] : []
  return {
    id,
    name,
    type,
    creationTimestamp: at,
    status,
    subTasks: steps.map((step, i) => ({
      id: `${id}-${i + 1}`,
      ...(resources[0] && { resourceName: resources[0].name }),
      name: step.name,
      description: step.description,
      creationTimestamp: at,
      status,
      dependentSubTasks: [],
      errors,
    })),
    errors,
    isAutoRotate: false,
  }
}
