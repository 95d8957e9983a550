import { errorBody, ok, page, type Route } from '../answer.ts'
import type { BundleState } from '../world/bundles.ts'
import type { ClusterState, DomainState } from '../world/estate.ts'
import { idOf } from '../world/ids.ts'
import type { Offer } from '../world/offers.ts'
import { domainsOnNsxOf } from '../world/progress.ts'
import { Refusal, unknown } from '../world/refusal.ts'
import { isOlder } from '../world/versions.ts'
import type { World } from '../world/world.ts'
import { domainNamed } from './domain-named.ts'
import { softwareWire } from './image-wire.ts'

export function upgradableRoutes(world: World): readonly Route[] {
  const { offers, estate, bundles } = world

  return [
    { method: 'GET', path: '/v1/system/upgradables', answer: () => page(offers.all().map(upgradableWire)) },
    {
      method: 'GET',
      path: '/v1/upgradables/domains/{domainId}',
      answer({ params, query }) {
        const domain = estate.domains.find(({ id }) => id === params.domainId)
        // For workload domains the system's list is the only one, and this is how SDDC Manager says it.
        if (domain?.type !== 'MANAGEMENT') {
          throw new Refusal(404, {
            code: 'MANAGEMENT_DOMAIN_NOT_FOUND',
            message: `Management domain with id ${params.domainId} not found.`,
          })
        }
        const wanted = query.get('targetVersion') ?? domain.target
        return page(wanted === domain.target ? offers.of(domain).map(upgradableWire) : [])
      },
    },
    {
      method: 'GET',
      path: '/v1/upgradables/domains/{domainId}/nsxt',
      answer({ params, query }) {
        const domain = domainNamed(estate, params.domainId)
        const bundle = bundles.find(query.get('bundleId') ?? '')
        if (bundle?.component !== 'NSX_T_MANAGER') throw unknown('bundle', query.get('bundleId') ?? '')
        return ok(nsxWire(world, domain, bundle))
      },
    },
    {
      method: 'GET',
      path: '/v1/upgradables/domains/{domainId}/clusters',
      answer: ({ params }) => ok({ elements: domainNamed(estate, params.domainId).clusters.map((cluster) => clusterWire(world, cluster)) }),
    },
  ]
}

function upgradableWire({ bundle, resource, status, error }: Offer) {
  return {
    bundleId: bundle.id,
    bundleType: bundle.type,
    resource: { resourceId: resource.id, type: resource.type, name: resource.name },
    softwareComponents: bundle.contents.map((type) => ({ id: idOf('bundle content', bundle.id, type), type })),
    status,
    errors: error ? [errorBody(error)] : [],
  }
}

/** What an NSX upgrade would touch, in all domains that share the NSX, and while it runs how far it is: hosts done of all hosts. */
function nsxWire({ upgrades, estate, health }: World, domain: DomainState, { id: bundleId, toVersion: to }: BundleState) {
  const domains = domainsOnNsxOf(estate, domain)
  const running = upgrades
    .all()
    .some((upgrade) => upgrade.bundleId === bundleId && domains.includes(upgrade.domain) && upgrade.task.work.state === 'running')
  const status = (version: string) => (!isOlder(version, to) ? 'COMPLETED' : running ? 'IN_PROGRESS' : 'NOT_STARTED')
  const { nsx } = domain
  const placed = domains.flatMap((owner) => owner.clusters.map((cluster) => ({ cluster, owner })))
  const edgeClusters = domains.flatMap((owner) => owner.edgeClusters)
  const manager = { upgradeStatus: status(nsx.version), resourceHealth: health.nsxOf(domain), version: nsx.version }
  return {
    bundleId,
    domainId: domain.id,
    nsxtManagerCluster: { id: nsx.id, name: nsx.fqdn, ...manager },
    nsxtHostClusters: placed.map(({ cluster, owner }) => {
      const done = cluster.hosts.filter(({ nsxVersion }) => !isOlder(nsxVersion, to)).length
      const version = done === cluster.hosts.length ? to : cluster.hosts.find(({ nsxVersion }) => isOlder(nsxVersion, to))!.nsxVersion
      return {
        id: cluster.id,
        name: cluster.name,
        upgradeStatus: status(version),
        resourceHealth: 'STABLE',
        upgradedUnits: done,
        totalUnits: cluster.hosts.length,
        domainId: owner.id,
        version,
        primaryCluster: cluster.isDefault,
        vLcmEnabled: cluster.imageBased,
        nsxtComponentId: idOf('nsx component', cluster.id),
      }
    }),
    nsxtEdgeClusters: edgeClusters.map(({ id, name, version }) => ({
      id,
      name,
      upgradeStatus: status(version),
      resourceHealth: 'STABLE',
      version,
    })),
    nsxtUpgradeCoordinator: { id: idOf('upgrade coordinator', nsx.id), ...manager, enabledOn: nsx.nodes[0]!.ip },
  }
}

/** An image-based cluster tells what it runs; a baseline cluster has no image to tell. */
function clusterWire({ images }: World, cluster: ClusterState) {
  const at = images.running(cluster.hosts[0]!.esxiVersion)
  return {
    resourceId: cluster.id,
    resourceType: 'CLUSTER',
    primaryCluster: cluster.isDefault,
    vlcmEnabled: cluster.imageBased,
    ...(cluster.imageBased && at && { softwareInfo: softwareWire(at) }),
    configuredHardwareSupportManagers: [],
    availableHardwareSupportManagers: [],
  }
}
