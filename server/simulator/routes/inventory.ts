import { ok, page, type Route } from '../answer.ts'
import type { ClusterState, DomainState, Estate } from '../world/estate.ts'
import { Refusal, unknown } from '../world/refusal.ts'
import type { World } from '../world/world.ts'
import { capacityOf } from './capacity.ts'
import { domainReference, domainWire } from './domain-wire.ts'
import { hostWire } from './host-wire.ts'

export function inventoryRoutes(world: World): readonly Route[] {
  const { estate, sky, health, time } = world
  const { nine } = world.dialect
  const busyDomain = () => world.upgrades.all().find(({ task }) => task.work.state === 'running')
  const domains = () => estate.domains.map((domain) => domainWire(world, domain))
  const ofNine = { configManagerEnabled: false, isImported: false }
  const clusters = (): ReturnType<typeof clusterWire>[] =>
    estate.domains.flatMap((domain) =>
      domain.clusters.map((cluster) => ({
        ...clusterWire(domain, cluster, health.statusOf(cluster.id) ?? statusOf(cluster)),
        capacity: capacityOf(cluster.hosts, time),
        ...(nine && ofNine),
      })),
    )

  function statusOf(cluster: ClusterState): string {
    const running = busyDomain()
    const touched =
      running?.component === 'ESX_HOST' && running.spec.resourceUpgradeSpecs.some(({ resourceId }) => resourceId === cluster.id)
    return touched ? 'UPGRADING' : 'ACTIVE'
  }

  const hosts = () => [
    ...estate.domains.flatMap((domain) =>
      domain.clusters.flatMap((cluster) =>
        cluster.hosts.map((host) => hostWire(host, time, { domain, cluster, status: health.statusOf(host.id) ?? statusOf(cluster) })),
      ),
    ),
    ...estate.spareHosts.map((host) => hostWire(host, time)),
  ]
  const vcenters = () =>
    estate.domains.flatMap((domain) =>
      domain.vcenters.map(({ id, fqdn, ip, version }) => ({
        ...{ id, fqdn, ipAddress: ip, version, domain: domainReference(domain) },
        ...(nine && { status: 'ACTIVE' }),
      })),
    )
  const edgeClusters = () => estate.domains.flatMap(edgeClustersWire)
  const sddcManagers = () => {
    const { id, fqdn, ip, version } = estate.sddcManager
    const domain = domainReference(estate.domains[0]!)
    return [{ id, fqdn, ipAddress: ip, version, domain, basicAuthDetails: { status: 'DISABLED' } }]
  }
  const services = () =>
    ['COMMON_SERVICES', 'DOMAIN_MANAGER', 'LCM', 'OPERATIONS_MANAGER', 'SDDC_MANAGER_UI'].map((name) => ({
      id: `${estate.sddcManager.id}-${name}`,
      name,
      version: estate.sddcManager.version,
      status: name === 'LCM' && sky.weather === 'partial' ? 'DOWN' : 'UP',
    }))

  return [
    list('/v1/domains', domains, { type: (domain, type) => domain.type === type }),
    one('/v1/domains/{id}', 'domain', domains),
    list('/v1/clusters', clusters, {
      domainId: (cluster, id) => cluster.domain.id === id,
      isImageBased: (cluster, flag) => String(cluster.isImageBased) === flag,
      isStretched: (cluster, flag) => String(cluster.isStretched) === flag,
    }),
    one('/v1/clusters/{id}', 'cluster', clusters),
    list('/v1/hosts', hosts, {
      domainId: (host, id) => host.domain?.id === id,
      clusterId: (host, id) => host.cluster?.id === id,
      status: (host, status) => host.status === status,
    }),
    // The documents list 400 and no 404 for a host that is not there.
    one(
      '/v1/hosts/{id}',
      'host',
      hosts,
      (id) => new Refusal(400, { code: 'HOST_NOT_FOUND', message: `There is no host with the id ${id}.` }),
    ),
    list('/v1/vcenters', vcenters, { domainId: (vcenter, id) => vcenter.domain.id === id }),
    one('/v1/vcenters/{id}', 'vcenter', vcenters),
    list('/v1/nsxt-clusters', () => nsxClusters(world), { isShareable: (cluster, flag) => String(cluster.isShareable) === flag }),
    one('/v1/nsxt-clusters/{id}', 'nsxt cluster', () => nsxClusters(world)),
    list('/v1/edge-clusters', edgeClusters, { clusterId: (edge, id) => edge.clusters.some((cluster) => cluster.id === id) }),
    one('/v1/edge-clusters/{id}', 'edge cluster', edgeClusters),
    list('/v1/sddc-managers', sddcManagers, {}),
    one('/v1/sddc-managers/{id}', 'sddc manager', sddcManagers),
    list('/v1/vcf-services', services, {}),
    one('/v1/vcf-services/{id}', 'vcf service', services),
  ]
}

/** A filter that is not known is ignored, as SDDC Manager does. */
function list<Element>(
  path: string,
  all: () => readonly Element[],
  filters: Record<string, (element: Element, wanted: string) => boolean>,
): Route {
  return {
    method: 'GET',
    path,
    answer: ({ query }) =>
      page(all().filter((element) => Object.entries(filters).every(([name, fits]) => !query.has(name) || fits(element, query.get(name)!)))),
  }
}

function one(
  path: string,
  what: string,
  all: () => readonly { readonly id: string }[],
  missing = (id: string) => unknown(what, id),
): Route {
  return {
    method: 'GET',
    path,
    answer({ params }) {
      const found = all().find(({ id }) => id === params.id)
      if (!found) throw missing(params.id!)
      return ok(found)
    },
  }
}

function clusterWire(domain: DomainState, cluster: ClusterState, status: string) {
  return {
    id: cluster.id,
    name: cluster.name,
    status,
    domain: domainReference(domain),
    hosts: cluster.hosts.map(({ id, fqdn, ip }) => ({ id, fqdn, ipAddress: ip })),
    isStretched: cluster.stretched ?? false,
    isDefault: cluster.isDefault,
    isImageBased: cluster.imageBased,
    failuresToTolerate: 1,
    primaryDatastoreName: `${cluster.name}-ds01`,
    primaryDatastoreType: 'VSAN',
    vcenter: { id: domain.vcenters[0]!.id, fqdn: domain.vcenters[0]!.fqdn },
    managedObjectReferenceId: cluster.moRef,
    tags: [],
  }
}

/** NSX of every domain, once where several share it. `status` is not filled here: only the queries API fills it. */
export function nsxClusters({ estate }: World) {
  return [...new Set(estate.domains.map(({ nsx }) => nsx))].map((nsx) => nsxWire(nsx, estate))
}

function nsxWire(nsx: DomainState['nsx'], estate: Estate) {
  const { id, fqdn, ip, version, nodes } = nsx
  const domains = estate.domains.filter((domain) => domain.nsx === nsx)
  return {
    id,
    vipFqdn: fqdn,
    vip: ip,
    version,
    domains: domains.map(domainReference),
    nodes: nodes.map((node) => ({ id: node.id, fqdn: node.fqdn, ipAddress: node.ip, name: node.fqdn.split('.')[0] })),
    isShared: domains.length > 1,
    isShareable: true,
  }
}

function edgeClustersWire(domain: DomainState) {
  const { id, fqdn, ip } = domain.nsx
  return domain.edgeClusters.map((edge) => ({
    id: edge.id,
    name: edge.name,
    status: 'ACTIVE',
    clusters: domain.clusters.filter(({ isDefault }) => isDefault).map((cluster) => ({ id: cluster.id, name: cluster.name })),
    nsxtCluster: { id, vipFqdn: fqdn, vip: ip },
    edgeNodes: edge.nodes.map((node) => ({ id: node.id, hostName: node.fqdn })),
    isTier0ManagedBySystem: true,
  }))
}
