import type { Vcf } from '../ports/vcf.ts'
import type { Cluster, Inventory, VcfDomain } from '../ports/vcf-words.ts'
import { isUp } from './health-states.ts'
import { withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import type { OwnRecord } from './system.ts'
import { page } from './wire.ts'
import { wireCluster, wireDomain, wireHost, wireNsxCluster, wireService, wireVcenter } from './wire-inventory.ts'

/** What there is (api-facts §4). */
export function inventoryOf({ read, readAll }: Requests, record: OwnRecord): Pick<Vcf, 'domains' | 'inventory' | 'servicesDown'> {
  async function domains(): Promise<VcfDomain[]> {
    const [known, sddcManagers] = await Promise.all([read('/v1/domains', page(wireDomain)), record.read()])
    const management = known.find(({ type }) => isManagement(type))
    // SDDC Manager names the management domain alone as its own.
    const fqdnOf = (id: string | undefined) => sddcManagers.find(({ domain }) => domain?.id === id)?.fqdn
    const shared = fqdnOf(management?.id) ?? (sddcManagers.length === 1 ? sddcManagers[0]!.fqdn : undefined)
    return known.map(({ id, name, type, status }) => ({
      id,
      name,
      type: isManagement(type) ? 'MANAGEMENT' : 'VI',
      sddcManager: fqdnOf(id) ?? shared ?? '',
      status: status ?? 'UNKNOWN',
    }))
  }

  async function inventory(domainId: string): Promise<Inventory> {
    const ofDomain = (base: string) => withQuery(base, { domainId })
    const [sddcManagers, nsxClusters, vcenters, clusters, hosts] = await Promise.all([
      record.read(),
      read('/v1/nsxt-clusters', page(wireNsxCluster)),
      read(ofDomain('/v1/vcenters'), page(wireVcenter)),
      read(ofDomain('/v1/clusters'), page(wireCluster)),
      readAll('/v1/hosts', { next: record.pagesOfNine, query: { domainId } }, wireHost),
    ])
    const isHere = ({ domain }: { domain?: { id: string } | undefined }) => (domain?.id ?? domainId) === domainId
    return {
      sddcManagers: sddcManagers
        .filter(({ domain }) => domain?.id === domainId)
        .map(({ id, fqdn, version }) => ({ id, name: fqdn ?? id, version: version ?? '' })),
      nsx: nsxClusters
        .filter(({ domains }) => domains.some(({ id }) => id === domainId))
        .map(({ id, vipFqdn, vip, version }) => ({ id, name: vipFqdn ?? vip ?? id, version: version ?? '' })),
      vcenters: vcenters.filter(isHere).map(({ id, fqdn, version }) => ({ id, name: fqdn ?? id, version: version ?? '' })),
      clusters: clusters.filter(isHere).map((cluster): Cluster => {
        const members = new Set(cluster.hosts.map(({ id }) => id))
        return {
          id: cluster.id,
          name: cluster.name ?? cluster.id,
          // vSphere 9 knows no baselines any more.
          imageBased: cluster.isImageBased ?? record.lastDialect() === '9.x',
          ...(cluster.isStretched && { stretched: true }),
          hosts: hosts
            .filter((host) => (host.cluster ? host.cluster.id === cluster.id : members.has(host.id)))
            .map(({ id, fqdn, esxiVersion }) => ({ id, name: fqdn ?? id, version: esxiVersion ?? '' })),
        }
      }),
    }
  }

  async function servicesDown(): Promise<string[]> {
    const services = await read('/v1/vcf-services', page(wireService))
    return services.filter(({ status }) => !isUp(status)).map(({ name, id }) => name ?? id ?? 'a service without a name')
  }

  return { domains, inventory, servicesDown }
}

function isManagement(type: string | undefined): boolean {
  return type?.toUpperCase() === 'MANAGEMENT'
}
