import { errorAnswer, ok, page, type Route } from '../answer.ts'
import type { World } from '../world/world.ts'
import { domainNamed } from './domain-named.ts'

/** Small paths that came with 9.x, and one that went. */
export function nineRoutes({ estate }: World): readonly Route[] {
  const only = '9.0.2'
  // Clusters with baselines cannot be upgraded any more, which is what the absence of BASELINE_CLUSTERS_UPGRADE says.
  const capabilities = ['REPOSITORY_IMAGES']

  return [
    {
      ...{ method: 'GET', path: '/v1/system/appliance-info', only },
      answer: () => ok({ role: 'SddcManager', version: estate.sddcManager.version }),
    },
    {
      ...{ method: 'GET', path: '/v1/domains/capabilities', only },
      answer({ query }) {
        const wanted = query.get('capabilities')?.split(',') ?? []
        const fitting = wanted.every((one) => capabilities.includes(one)) ? estate.domains : []
        return ok({ result: page(fitting.map(({ id }) => ({ domainId: id, capabilities }))).body, errors: [] })
      },
    },
    {
      ...{ method: 'GET', path: '/v1/domains/{id}/capabilities', only },
      answer: ({ params }) => ok({ domainId: domainNamed(estate, params.id).id, capabilities }),
    },
    {
      ...{ method: 'POST', path: '/v1/bundles', only },
      answer: () =>
        errorAnswer(410, {
          code: 'BUNDLE_UPLOAD_GONE',
          message: 'Bundles are not uploaded here any more.',
          remediation: 'Use POST /v1/product-binaries.',
        }),
    },
  ]
}
