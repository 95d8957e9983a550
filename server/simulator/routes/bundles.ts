import { z } from 'zod'
import { ok, page, type Route } from '../answer.ts'
import { checked } from '../body.ts'
import type { BundleState } from '../world/bundles.ts'
import type { DomainState } from '../world/estate.ts'
import { idOf } from '../world/ids.ts'
import { componentsOf, isBehind, versionOf } from '../world/progress.ts'
import type { World } from '../world/world.ts'
import { domainNamed } from './domain-named.ts'
import { acceptedTask } from './task-wire.ts'

/** Only the download at once is simulated; a schedule or a bare `downloadNow` is refused. */
const update = z.strictObject({ bundleDownloadSpec: z.strictObject({ downloadNow: z.literal(true) }) })

export function bundleRoutes(world: World): readonly Route[] {
  const { bundles } = world

  return [
    {
      method: 'GET',
      path: '/v1/bundles',
      answer: ({ query }) =>
        page(
          bundles
            .all()
            .filter(({ type }) => !query.has('bundleType') || type === query.get('bundleType'))
            .map(bundleWire),
        ),
    },
    {
      method: 'GET',
      path: '/v1/bundles/domains/{id}',
      answer: ({ params }) => page(skipLevelBundles(world, domainNamed(world.estate, params.id)).map(bundleWire)),
    },
    { method: 'GET', path: '/v1/bundles/{id}', answer: ({ params }) => ok(bundleWire(bundles.named(params.id!))) },
    {
      method: 'PATCH',
      path: '/v1/bundles/{id}',
      answer({ params, body }) {
        bundles.named(params.id!)
        checked(update, body)
        return acceptedTask(world, bundles.download(params.id!))
      },
    },
  ]
}

/** What brings the domain to its target, or to the next release, without a stop between: cumulative bundles. 9.x tells SDDC Manager's only. */
function skipLevelBundles({ bundles, catalogue, dialect, estate }: World, domain: DomainState): BundleState[] {
  const goal = catalogue.named(domain.target) ?? catalogue.ahead[0]
  if (!goal) return []
  const wanted = componentsOf(domain).filter((component) => component === 'SDDC_MANAGER' || !dialect.nine)
  return wanted
    .filter((component) => isBehind(estate, domain, component, goal.bom))
    .map((component) => bundles.bringing(component, versionOf(estate, domain, component), goal.bom[component]))
}

function bundleWire(bundle: BundleState) {
  const { id, type, contents, description, sizeMB, downloadStatus, fromVersion, toVersion, releasedDate } = bundle
  return {
    id,
    type,
    description,
    version: toVersion,
    severity: 'IMPORTANT',
    vendor: 'VMware',
    releasedDate,
    isCumulative: true,
    isCompliant: true,
    sizeMB,
    downloadStatus,
    components: contents.map((kind) => ({
      id: idOf('bundle content', id, kind),
      type: kind,
      description: `${description} (${kind})`,
      vendor: 'VMware',
      releasedDate,
      fromVersion,
      toVersion,
      imageType: 'PATCH',
    })),
    applicabilityStatus: 'AVAILABLE',
    isPartiallyUpgraded: false,
  }
}
