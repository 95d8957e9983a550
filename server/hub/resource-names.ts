/** Names of clusters and hosts in entity ids: given once, kept by their UUIDs as long as they are there. */
import { resourceObjectIds } from '../../shared/encode-resources.ts'
import { firstSddcManager } from '../../shared/entity-ids.ts'
import type { ResourceKind, ResourcesView, ResourceView } from '../../shared/resources-view.ts'
import type { Names, Store } from '../ports/store.ts'
import type { Log } from './log.ts'
import { slug } from './slug.ts'

/** Home Assistant keeps 255 characters of an entity id; the domain's part of it and the measure's need room too. */
const longest = 100

export interface NamingRules {
  /** What the object ids of the domain's entities begin with. */
  readonly prefixOf: (domain: ResourceView['domain']) => string
  /** Whether this entity id belongs to something else. */
  readonly isTaken: (entityId: string) => boolean
  /** What the object ids of hosts begin with; default `vcf_host_`. */
  readonly hostStart?: string
}

/**
 * `<p>_<cluster>` and `vcf_host_<host>`: the host's short name, the slug of its FQDN when that is taken; a number where that is taken too.
 *
 * @param given names by UUID; those of resources that are not among `resources` are free again
 */
export function chooseNames(
  resources: readonly ResourceView[],
  given: Names,
  { prefixOf, isTaken, hostStart = hostStartOf() }: NamingRules,
): Names {
  const all = resources.filter(({ kind }) => kind !== 'domain')
  const isFree = (kind: ResourceKind, name: string) => resourceObjectIds(kind, name).every((id) => !isTaken(`sensor.${id}`))
  const names = new Map<string, string>()
  const used = new Set<string>()
  const give = (id: string, name: string) => {
    names.set(id, name)
    used.add(name)
  }
  for (const { id, kind } of all) {
    const known = Object.hasOwn(given, id) ? given[id] : undefined
    if (known !== undefined && !used.has(known) && isFree(kind, known)) give(id, known)
  }
  for (const one of all) {
    if (names.has(one.id)) continue
    const [first, ...more] = one.kind === 'host' ? hostNames(one.name, hostStart) : [`${prefixOf(one.domain)}_${slugOf(one.name)}`]
    const wishes = [first!, ...more, ...numbered(more.at(-1) ?? first!, all.length + 1)]
    const name = wishes.find((wish) => !used.has(wish) && isFree(one.kind, wish))
    // Every number belongs to somebody else: it is not shown.
    if (name !== undefined) give(one.id, name)
  }
  return Object.fromEntries([...names].toSorted())
}

export interface ResourceNames {
  /** Chooses and keeps the names of all clusters and hosts of the view; of kinds that are not known those given before stay. */
  settle(view: ResourcesView, rules: Omit<NamingRules, 'hostStart'>): Names
  /** Whether the entity id is one of a host's: a domain may be called `host esx01`. */
  isOfHost(entityId: string): boolean
  /** Whether the entity id is one of a host's or cluster's. */
  has(entityId: string): boolean
}

/** What the object ids of an SDDC Manager's hosts begin with. */
function hostStartOf({ objectId } = firstSddcManager): string {
  return `${objectId}_host_`
}

export function openResourceNames(
  store: Pick<Store, 'resourceNames' | 'saveResourceNames'>,
  log: Log,
  called = firstSddcManager,
): ResourceNames {
  const hostStart = hostStartOf(called)
  let names = store.resourceNames()
  const ids = (kind: 'cluster' | 'host', name: string) => resourceObjectIds(kind, name).map((id) => `sensor.${id}`)
  return {
    settle({ known, resources }, rules) {
      const chosen = chooseNames(resources, names, { ...rules, hostStart })
      const isComplete = known.includes('cluster') && known.includes('host')
      const next = isComplete ? chosen : { ...names, ...chosen }
      if (JSON.stringify(next) === JSON.stringify(names)) return names
      names = next
      try {
        store.saveResourceNames(names)
      } catch (error) {
        log('error', `The entity names of new hosts and clusters hold until the next start only. ${String(error)}`)
      }
      return names
    },
    isOfHost: (entityId) => Object.values(names).some((name) => name.startsWith(hostStart) && ids('host', name).includes(entityId)),
    has: (entityId) => Object.values(names).some((name) => ids('host', name).includes(entityId) || ids('cluster', name).includes(entityId)),
  }
}

/** What a host is called for people: its short name where that is what its entities are called after, else the whole. */
export function calledOf(fqdn: string, objectId: string, called = firstSddcManager): string {
  const short = shortNameOf(fqdn)
  return objectId === hostStartOf(called) + slugOf(short) ? short : fqdn
}

function hostNames(fqdn: string, hostStart: string): string[] {
  return [...new Set([shortNameOf(fqdn), fqdn])].map((name) => `${hostStart}${slugOf(name)}`)
}

/** An address has none: it stays whole. */
function shortNameOf(fqdn: string): string {
  return /^[\d.]+$|:/.test(fqdn) ? fqdn : fqdn.split('.')[0]!
}

function numbered(name: string, most: number): string[] {
  return Array.from({ length: most }, (_, i) => `${name}_${i + 2}`)
}

function slugOf(name: string): string {
  return slug(name).slice(0, longest).replace(/_$/, '')
}
