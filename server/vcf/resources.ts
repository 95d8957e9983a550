import type { Capacity, ClusterResources, DomainResources, HostResources, NamedDomain, Use, VcfResources } from '../ports/vcf-resources.ts'
import { VcfError } from './error.ts'
import type { Requests } from './requests.ts'
import type { OwnRecord } from './system.ts'
import { megabytesOf, mhzOf } from './units.ts'
import { page } from './wire.ts'
import {
  type WireClusterResources,
  type WireDomainResources,
  type WireHostResources,
  wireClusterResources,
  wireDomainResources,
  wireHostResources,
} from './wire-resources.ts'

/** How much there is and is used (`/v1/domains`, `/v1/clusters`, `/v1/hosts`; api-facts §4). */
export function resourcesOf({ read, readAll }: Requests, record: OwnRecord): VcfResources {
  return {
    async resources() {
      const [domains, clusters, hosts] = await Promise.all([
        settled('/v1/domains', read('/v1/domains', page(wireDomainResources))),
        settled('/v1/clusters', read('/v1/clusters', page(wireClusterResources))),
        settled('/v1/hosts', readAll('/v1/hosts', { next: record.pagesOfNine }, wireHostResources)),
      ])
      const troubles = [domains, clusters, hosts].flatMap(({ trouble }) => trouble ?? [])
      if (troubles.length === 3) throw troubles[0]
      const membership = membershipIn(domains.list ?? [], clusters.list ?? [])
      return {
        ...(domains.list && { domains: domains.list.map(toDomain) }),
        ...(clusters.list && { clusters: clusters.list.flatMap((cluster) => toCluster(cluster, membership)) }),
        ...(hosts.list && { hosts: hosts.list.flatMap((host) => toHost(host, membership)) }),
        troubles: troubles.map(({ request, message }) => `${request}: ${message}`),
      }
    },
  }
}

/** Nothing at all is no answer: every SDDC Manager has a domain, a cluster and hosts, at the latest when it has started. */
async function settled<Element>(path: string, asked: Promise<readonly Element[]>) {
  try {
    const list = await asked
    if (list.length > 0) return { list }
    const trouble = new VcfError(`SDDC Manager lists nothing at ${path}.`, { kind: 'unreadable', request: `GET ${path}` })
    return { trouble }
  } catch (trouble) {
    if (trouble instanceof VcfError) return { trouble }
    throw trouble
  }
}

interface Membership {
  domain(reference: { id: string; name?: string | undefined } | undefined): NamedDomain | undefined
  clusterOf(host: WireHostResources): WireClusterResources | undefined
}

/** Members may be named on either side, and references may come without their names. */
function membershipIn(domains: readonly WireDomainResources[], clusters: readonly WireClusterResources[]): Membership {
  const names = new Map(domains.map(({ id, name }) => [id, name]))
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]))
  const byHost = new Map(clusters.flatMap((cluster) => cluster.hosts.map(({ id }) => [id, cluster])))
  return {
    domain(reference) {
      const name = reference && (names.get(reference.id) ?? reference.name)
      return reference && name !== undefined ? { id: reference.id, name } : undefined
    },
    clusterOf: ({ id, cluster }) => (cluster ? byId.get(cluster.id) : byHost.get(id)),
  }
}

function toDomain({ id, name, status, capacity }: WireDomainResources): DomainResources {
  return {
    ...{ id, name, status: status ?? 'UNKNOWN' },
    capacity: capacityOf({
      cpu: use(mhzOf(capacity?.cpu?.used), mhzOf(capacity?.cpu?.total), 1_000),
      memory: use(megabytesOf(capacity?.memory?.used), megabytesOf(capacity?.memory?.total), 1_024),
      storage: use(megabytesOf(capacity?.storage?.used), megabytesOf(capacity?.storage?.total), 1_024 ** 2),
    }),
  }
}

function toCluster({ id, name, domain: reference, hosts }: WireClusterResources, { domain: named }: Membership): ClusterResources[] {
  const domain = named(reference)
  return domain ? [{ id, name: name ?? id, domain, hostIds: hosts.flatMap((host) => host.id ?? []) }] : []
}

/** None for a host that waits in the pool: nothing runs there. */
function toHost(host: WireHostResources, { domain: named, clusterOf }: Membership): HostResources[] {
  const cluster = clusterOf(host)
  const domain = named(host.domain ?? cluster?.domain)
  if (!domain) return []
  const { id, fqdn, configurationStatus, cpu, memory, storage } = host
  const place = cluster ?? host.cluster
  return [
    {
      ...{ id, fqdn: fqdn ?? id, domain, word: configurationStatus ?? 'UNKNOWN' },
      ...(place && { cluster: { id: place.id, name: place.name ?? place.id } }),
      capacity: capacityOf({
        cpu: use(cpu?.usedFrequencyMHz, cpu?.frequencyMHz, 1_000),
        memory: use(memory?.usedCapacityMB, memory?.totalCapacityMB, 1_024),
        storage: use(storage?.usedCapacityMB, storage?.totalCapacityMB, 1_024 ** 2),
      }),
    },
  ]
}

/** Nothing can be said of a part of nothing. */
function use(used: number | undefined, total: number | undefined, divisor: number): Use | undefined {
  if (used === undefined || total === undefined || used < 0 || total <= 0) return undefined
  return { used: used / divisor, total: total / divisor }
}

function capacityOf(measures: { readonly [Measure in keyof Capacity]: Use | undefined }): Capacity {
  return Object.fromEntries(Object.entries(measures).filter(([, known]) => known !== undefined))
}
