/** What was read of capacity, clusters and hosts so far, and what is told of it. */
import type { ResourceKind, ResourcesView, ResourceView } from '../../shared/resources-view.ts'
import type { ClusterResources, DomainResources, HostResources, Resources } from '../ports/vcf-resources.ts'

interface Read<Element> {
  readonly list: readonly Element[]
  readonly at: number
}

/** The newest list of each kind; one that could not be read again stays as it was. */
export interface Seen {
  readonly domains?: Read<DomainResources>
  readonly clusters?: Read<ClusterResources>
  readonly hosts?: Read<HostResources>
}

export function learnt(seen: Seen, { domains, clusters, hosts }: Omit<Resources, 'troubles'>, at: number): Seen {
  return {
    ...seen,
    ...(domains && { domains: { list: domains, at } }),
    ...(clusters && { clusters: { list: clusters, at } }),
    ...(hosts && { hosts: { list: hosts, at } }),
  }
}

export interface Moment {
  /** When the newest try to read began, successful or not. */
  readonly triedAt: number
  readonly now: number
  /** Milliseconds; what could not be read again for longer is not told as a value any more. */
  readonly toldFor: number
}

export function resourcesView(seen: Seen, moment: Moment): ResourcesView {
  const { domains, clusters, hosts } = seen
  const told = (at: number) => ({ readAt: at, age: ageOf(at, moment) })
  const states = hosts && statesByCluster(hosts.list)
  const resources: ResourceView[] = [
    ...(domains?.list ?? []).map(({ id, name, capacity }) => ({
      ...{ kind: 'domain' as const, id, name, domain: { id, name }, capacity },
      ...told(domains!.at),
    })),
    ...(clusters?.list ?? []).map(({ id, name, domain, hostIds }) => {
      const known = states && (states.get(id) ?? {})
      return {
        ...{ kind: 'cluster' as const, id, name, domain },
        hosts: known ? Object.values(known).reduce((sum, count) => sum + count, 0) : hostIds.length,
        ...(known && { hostsByState: known }),
        ...told(Math.min(clusters!.at, hosts?.at ?? Number.POSITIVE_INFINITY)),
      }
    }),
    ...(hosts?.list ?? []).map(({ id, fqdn, domain, cluster, capacity }) => ({
      ...{ kind: 'host' as const, id, name: fqdn, domain, capacity },
      ...(cluster && { cluster: cluster.name }),
      ...told(hosts!.at),
    })),
  ]
  const kinds = { domain: domains, cluster: clusters, host: hosts }
  return { resources, known: (Object.keys(kinds) as ResourceKind[]).filter((kind) => kinds[kind]) }
}

/** Whether VCF itself says that something is being upgraded, whoever began it. */
export function saysUpgrading({ domains }: Seen): boolean {
  return domains?.list.some(({ status }) => status.toUpperCase() === 'UPGRADING') ?? false
}

function ageOf(at: number, { triedAt, now, toldFor }: Moment): ResourceView['age'] {
  if (at >= triedAt) return 'current'
  return now - at < toldFor ? 'aged' : 'lost'
}

function statesByCluster(hosts: readonly HostResources[]): ReadonlyMap<string, Record<string, number>> {
  const states = new Map<string, Record<string, number>>()
  for (const { cluster, word } of hosts) {
    if (!cluster) continue
    const counts = states.get(cluster.id) ?? {}
    states.set(cluster.id, { ...counts, [word]: (counts[word] ?? 0) + 1 })
  }
  return states
}
