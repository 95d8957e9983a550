import type { EntityState, States } from '../hub/hass.ts'
import { byName, textOf, useEnd, useOf } from './measures.ts'

export interface HostPlace {
  readonly name: string
  /** Ids of what tells its use. */
  readonly use: readonly string[]
}

export interface ClusterPlace {
  /** Absent for hosts of which nobody says to which cluster they belong. */
  readonly name?: string
  /** The entity that counts its hosts. */
  readonly count?: string
  readonly hosts: readonly HostPlace[]
}

/** Of ids of hosts; those of second and later SDDC Managers have its name after `vcf`. */
const hostStart = /^sensor\.vcf(_.+)?_host_/

type Draft = { name?: string; count?: string; hosts: HostPlace[] }

/** @param taken ids that belong to domains, whose names may look like a host's */
export function clustersIn(states: States, taken: ReadonlySet<string>): ClusterPlace[] {
  const clusters = new Map<string, Draft>()
  const clusterOf = ({ attributes }: EntityState): Draft => {
    const name = textOf(attributes.cluster)
    const key = name ? `${attributes.domain}/${name}` : ''
    const cluster = clusters.get(key) ?? { name, hosts: [] }
    clusters.set(key, cluster)
    return cluster
  }
  for (const [id, one] of Object.entries(states)) {
    if (!one || taken.has(id)) continue
    if (isHost(one)) {
      const prefix = id.replace(/^sensor\./, '').replace(useEnd, '')
      const use = useOf(prefix, states)
      if (use[0] === id) clusterOf(one).hosts.push({ name: shortName(one) ?? id.replace(hostStart, '').replace(useEnd, ''), use })
    } else if (id.endsWith('_hosts') && textOf(one.attributes.cluster)) clusterOf(one).count = id
  }
  for (const { hosts } of clusters.values()) hosts.sort(byName)
  return [...clusters.values()].sort(byName)
}

/** By what it carries; by its name while it carries nothing, because it is unavailable. */
const isHost = ({ entity_id: id, attributes }: EntityState): boolean =>
  useEnd.test(id) && (textOf(attributes.host) !== undefined || hostStart.test(id))

/** An address stays whole. */
function shortName({ attributes }: EntityState): string | undefined {
  const host = textOf(attributes.host)
  return host && /^[\d.]+$|:/.test(host) ? host : host?.split('.')[0]
}
