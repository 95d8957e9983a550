import type { EntityState, Hass } from '../hub/hass.ts'
import { domainName } from '../view/domain-name.ts'
import { sddcManagerOf } from './devices.ts'
import { byName, type Measure, measureOf, textOf, type Use, useEnd, useOf } from './measures.ts'

export interface HostPlace {
  readonly name: string
  readonly use: Use
}

export interface ClusterPlace {
  /** Absent for hosts of which nobody says to which cluster they belong. */
  readonly name?: string
  /** Their SDDC Manager, where there are several. */
  readonly instance?: string
  /** The entity that counts its hosts. */
  readonly count?: string
  readonly hosts: readonly HostPlace[]
}

/** Of ids of hosts; those of second and later SDDC Managers have its name after `vcf`. */
const hostStart = /^sensor\.vcf(_.+)?_host_/

interface Draft {
  readonly instance?: string | undefined
  name?: string
  count?: string
  /** Ids by what they tell, for each host. */
  readonly hosts: Map<string, { readonly name: string; readonly ids: Partial<Record<Measure, string>> }>
}

/** @param taken ids that belong to domains, whose names may look like a host's */
export function clustersIn(hass: Hass, taken: ReadonlySet<string>): ClusterPlace[] {
  const clusters = new Map<string, Draft>()
  const clusterOf = ({ entity_id: id, attributes }: EntityState): Draft => {
    const name = textOf(attributes.cluster)
    const instance = textOf(attributes.instance) ?? (name ? undefined : sddcManagerOf(hass, id))
    const key = [instance, ...(name ? [attributes.domain, name] : [])].join('/')
    const cluster = clusters.get(key) ?? { ...(name && { name: domainName(name, instance) }), instance, hosts: new Map() }
    clusters.set(key, cluster)
    return cluster
  }
  for (const [id, one] of Object.entries(hass.states ?? {})) {
    if (!one || taken.has(id)) continue
    const measure = measureOf(one)
    const host = textOf(one.attributes.host)
    if (measure && (host || hostStart.test(id))) {
      const { hosts } = clusterOf(one)
      const start = id.replace(useEnd, '')
      const key = host ? [textOf(one.attributes.instance), host].join('/') : start
      const place = hosts.get(key) ?? { name: host ? shortName(host) : start.replace(hostStart, ''), ids: {} }
      place.ids[measure] = id
      hosts.set(key, place)
    } else if (one.attributes.unit_of_measurement === 'hosts' && textOf(one.attributes.cluster)) clusterOf(one).count = id
  }
  const all = [...clusters.values()]
  const areSeveral = all.filter(({ name }) => !name).length > 1
  return all
    .map(({ hosts, name, instance, count }) => ({
      ...(name && { name }),
      ...(instance && (name || areSeveral) && { instance }),
      ...(count && { count }),
      hosts: [...hosts.values()].map(({ name, ids }) => ({ name, use: useOf((measure) => ids[measure]) })).sort(byName),
    }))
    .sort((a, b) => (a.instance ?? '').localeCompare(b.instance ?? '') || byName(a, b))
}

/** An address stays whole. */
const shortName = (host: string): string => (/^[\d.]+$|:/.test(host) ? host : host.split('.')[0]!)
