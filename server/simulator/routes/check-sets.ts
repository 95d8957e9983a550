import { z } from 'zod'
import { ok, type Route } from '../answer.ts'
import { checked } from '../body.ts'
import type { CheckRow } from '../world/check-rows.ts'
import type { CheckRun } from '../world/prechecks.ts'
import type { World } from '../world/world.ts'
import { assessmentWire } from './assessment-wire.ts'
import { domainNamed } from './domain-named.ts'
import { acceptedTask } from './task-wire.ts'

const query = z.strictObject({
  checkSetType: z.literal('UPGRADE'),
  domains: z
    .array(
      z.strictObject({
        domainId: z.string(),
        resources: z
          .array(
            z.strictObject({ resourceType: z.string(), resourceId: z.string().optional(), resourceTargetVersion: z.string().optional() }),
          )
          .optional(),
      }),
    )
    .min(1),
})

/** What is not in the documents is refused, resource by resource; `metadata` is what the user interface sends and is taken. */
const run = z.strictObject({
  queryId: z.string(),
  resources: z
    .array(
      z.strictObject({
        resourceName: z.string(),
        resourceId: z.string(),
        resourceType: z.string(),
        domain: z.strictObject({ domainId: z.string(), domainName: z.string(), domainType: z.enum(['MANAGEMENT', 'VI']) }),
        checkSets: z.array(z.strictObject({ checkSetId: z.string() })).min(1),
      }),
    )
    .min(1),
  metadata: z.strictObject({ targetVersion: z.string() }).optional(),
})

export function checkSetRoutes(world: World): readonly Route[] {
  const { prechecks, estate, time, tasks } = world

  return [
    {
      method: 'POST',
      path: '/v1/system/check-sets/queries',
      answer({ body }) {
        const { domains } = checked(query, body)
        const answer = prechecks.query(
          domains.map(({ domainId, resources }) => ({
            domain: domainNamed(estate, domainId, 400),
            ...(resources && { wishes: resources }),
          })),
        )
        return ok({ queryId: answer.id, resources: answer.rows.map(rowWire) })
      },
    },
    {
      method: 'POST',
      path: '/v1/system/check-sets',
      answer({ body }) {
        const { queryId, resources, metadata } = checked(run, body)
        const selection = resources.map(({ resourceId, checkSets }) => ({
          resourceId,
          checkSetIds: checkSets.map(({ checkSetId }) => checkSetId),
        }))
        const started = prechecks.run(queryId, selection, metadata?.targetVersion)
        return acceptedTask(world, tasks.named(started.id))
      },
    },
    {
      method: 'GET',
      path: '/v1/system/check-sets',
      answer({ query }) {
        const wanted = query.get('domainId')?.split(',')
        const runs = prechecks.all().filter(({ rows }) => !wanted || rows.some(({ domain }) => wanted.includes(domain.id)))
        return ok(runs.map(runWire))
      },
    },
    {
      method: 'GET',
      path: '/v1/system/check-sets/{runId}',
      answer: ({ params }) => ok(assessmentWire(prechecks.named(params.runId!), time)),
    },
  ]
}

function domainWire({ domain }: CheckRow) {
  return { domainId: domain.id, domainName: domain.name, domainType: domain.type }
}

function rowWire(row: CheckRow) {
  return {
    resourceName: row.name,
    resourceId: row.id,
    resourceType: row.type,
    resourceVersion: row.version,
    domain: domainWire(row),
    checkSets: row.checkSets.map(({ id, name }) => ({ checkSetId: id, checkSetName: name, checkSetType: 'UPGRADE' })),
  }
}

const states = { running: 'IN_PROGRESS', succeeded: 'COMPLETED_WITH_SUCCESS', failed: 'COMPLETED_WITH_FAILURE' } as const

/** A run without a target is a general one, and says so where its target would be. */
function runWire({ id, rows, target, work }: CheckRun) {
  const first = rows.filter((row, i) => rows.findIndex(({ domain }) => domain === row.domain) === i)
  return {
    id,
    state: states[work.state],
    timestamp: work.startedAt,
    ...(work.endedAt !== undefined && { completionTimestamp: work.endedAt }),
    domainInputs: first.map(domainWire),
    metadata: {
      targetVersion: target ?? 'General Upgrade Readiness',
      resources: rows.map((row) => ({ type: row.type, id: row.id, name: row.name, domainId: row.domain.id })),
    },
  }
}
