import { z } from 'zod'
import { ok, type Route } from '../answer.ts'
import { checked } from '../body.ts'
import { idOf } from '../world/ids.ts'
import { Refusal, unknown } from '../world/refusal.ts'
import type { World } from '../world/world.ts'
import { nsxClusters } from './inventory.ts'

const criterion = z.strictObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional(),
  description: z.string().optional(),
})

/** A question for the status of NSX is put first and answered later, under its id. */
export function nsxQueryRoutes(world: World): readonly Route[] {
  const { time, scenario, health, estate } = world
  const queries = new Map<string, { readonly readyAt: number }>()
  const ready = (readyAt: number) => time.now() >= readyAt

  function queryWire(id: string, done: boolean) {
    const elements = nsxClusters(world).map((cluster) => {
      const words = estate.domains.filter(({ nsx }) => nsx.id === cluster.id).map(health.nsxOf)
      return { ...cluster, status: words.find((word) => word !== 'STABLE') ?? 'STABLE' }
    })
    const metadata = { pageNumber: 0, pageSize: elements.length, totalElements: elements.length, totalPages: 1 }
    return {
      queryInfo: { queryId: id, status: done ? 'COMPLETED' : 'IN_PROGRESS', completed: done, processing: !done, failure: false },
      ...(done && { result: { elements, pageMetadata: metadata } }),
    }
  }

  return [
    {
      method: 'POST',
      path: '/v1/nsxt-clusters/queries',
      answer({ body }) {
        const { name } = checked(criterion, body)
        if (name !== 'NSXT_CLUSTERS_WITH_STATUS') {
          throw new Refusal(400, { code: 'CRITERION_NOT_SUPPORTED', message: `There is no criterion ${name}.` })
        }
        const id = idOf('nsx query', time.now(), queries.size + 1)
        queries.set(id, { readyAt: time.now() + time.span(scenario.durations.nsxQuery) })
        return { status: 202, body: queryWire(id, false) }
      },
    },
    {
      method: 'GET',
      path: '/v1/nsxt-clusters/queries/{id}',
      answer({ params }) {
        const query = queries.get(params.id!)
        if (!query) throw unknown('nsxt query', params.id!)
        const body = queryWire(params.id!, ready(query.readyAt))
        return ready(query.readyAt) ? ok(body) : { status: 202, body }
      },
    },
  ]
}
