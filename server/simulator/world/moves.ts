import type { Scenario } from '../scenario.ts'
import { domainNamed } from './arrangement.ts'
import type { ClusterState, DomainState, Estate } from './estate.ts'
import { joiningHost } from './estate.ts'
import { idOf } from './ids.ts'
import type { Time } from './time.ts'

export interface MoveNeeds {
  readonly moves: Scenario['moves']
  readonly estate: Estate
  readonly time: Time
}

/** Hosts and clusters that join and leave. Throws with one line when one names a domain that is not there. */
export function arrangeMoves({ moves, estate, time }: MoveNeeds): void {
  for (const { after, join, leave } of moves) {
    const domain = join && domainNamed(estate, join.domain)
    const act = () => {
      if (join && domain) joins(domain, join.cluster, join.hosts)
      if (leave !== undefined) leaves(estate, leave)
    }
    if (after === 0) act()
    else time.after(after, act)
  }
}

/** Into a cluster that is there, else into a new one, with the versions that the others have. */
function joins(domain: DomainState, clusterName: string, count: number): void {
  const first = domain.clusters[0]!
  const known = domain.clusters.find(({ name }) => name === clusterName)
  const cluster: ClusterState = known ?? {
    ...{ id: idOf('cluster', clusterName), name: clusterName, hosts: [] },
    ...{ imageBased: first.imageBased, isDefault: false, moRef: `domain-c${8 * (domain.clusters.length + 1)}` },
  }
  if (!known) domain.clusters.push(cluster)
  for (let n = 1; n <= count; n++) cluster.hosts.push(joiningHost(first.hosts[0]!, `esx-${clusterName}-${cluster.hosts.length + 1}`))
}

/** By its FQDN, its short name, or the name of a cluster, which leaves with all its hosts. Hosts wait in the pool afterwards. */
function leaves(estate: Estate, name: string): void {
  for (const { clusters } of estate.domains) {
    const whole = clusters.findIndex((cluster) => cluster.name === name)
    if (whole >= 0) estate.spareHosts.push(...clusters.splice(whole, 1)[0]!.hosts)
    for (const { hosts } of clusters) {
      const one = hosts.findIndex(({ fqdn }) => fqdn === name || fqdn.startsWith(`${name}.`))
      if (one >= 0) estate.spareHosts.push(...hosts.splice(one, 1))
    }
  }
}
