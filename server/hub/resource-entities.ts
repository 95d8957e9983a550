/** Capacity, clusters and hosts as entities with their names, for whatever shows them. */
import { encodeResource, type ResourceEntity } from '../../shared/encode-resources.ts'
import { firstSddcManager, type SddcManagerName } from '../../shared/entity-ids.ts'
import { cut } from '../../shared/findings.ts'
import { plain } from '../../shared/plain.ts'
import type { ResourcesView, ResourceView } from '../../shared/resources-view.ts'
import { titleOf } from './control-names.ts'
import type { PrefixBook } from './prefixes.ts'
import { calledOf, type ResourceNames } from './resource-names.ts'

export interface Naming {
  readonly prefixes: PrefixBook
  readonly names: ResourceNames
  /** Whether Home Assistant's registry gives this entity id to something else. */
  readonly isTaken: (entityId: string) => boolean
  /** The SDDC Manager whose they are; default the first. */
  readonly called?: SddcManagerName
}

/** An entity, and when what it says was read. */
export type DatedEntity = ResourceEntity & { readonly readAt: number }

const longestName = 120

/** What has no free name is left out. */
export function resourceEntities(view: ResourcesView, { prefixes, names, isTaken, called }: Naming): readonly DatedEntity[] {
  const prefixOf = (domain: ResourceView['domain']) => prefixes.for(domain, (id) => isTaken(id) || names.isOfHost(id))
  // Hosts and clusters give way to domains.
  for (const { domain } of view.resources) prefixOf(domain)
  const ofDomains = prefixes.entityIds()
  const chosen = names.settle(view, { prefixOf, isTaken: (id) => isTaken(id) || ofDomains.has(id) })
  return view.resources.flatMap((one) => {
    const prefix = prefixOf(one.domain)
    const objectId = one.kind === 'domain' ? prefix : Object.hasOwn(chosen, one.id) ? chosen[one.id] : undefined
    if (objectId === undefined) return []
    const instance = called?.instance
    return encodeResource(one, { objectId, title: title(one, prefix, objectId, called), ...(instance && { instance }) }).map((entity) => ({
      ...entity,
      readAt: one.readAt,
    }))
  })
}

function title({ kind, name, domain }: ResourceView, prefix: string, objectId: string, called = firstSddcManager): string {
  const shown = (text: string) => cut(plain(text), longestName)
  if (kind === 'host') return `${called.title} Host ${shown(calledOf(name, objectId, called))}`
  const ofDomain = titleOf(domain.name, prefix, called)
  return kind === 'domain' ? ofDomain : `${ofDomain} ${shown(name)}`
}
