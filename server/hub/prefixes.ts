/** The start of a domain's entity ids: given once, kept by the domain's UUID, never changed by a new name. */
import { resourceObjectIds } from '../../shared/encode-resources.ts'
import { domainEntityIds, firstSddcManager, fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { Prefixes, Store } from '../ports/store.ts'
import { controlIds, domainControls, fleetControls } from './control-names.ts'
import type { Log } from './log.ts'
import { slug } from './slug.ts'

/** They would look like, or be, entities of all domains. */
const reserved = ['overall', 'active', 'server', 'host', 'connection', 'check', 'refresh', '']

/**
 * `vcf_` (with several SDDC Managers `vcf_<instance>_`) and the slug of the domain's name without a leading `vcf`; with `_2`, `_3`, … when that is reserved or one of its ids is taken.
 *
 * @param given prefixes of all other domains
 * @param isTaken whether somebody else has this entity id in Home Assistant's registry
 */
export function choosePrefix(
  domainName: string,
  given: Prefixes,
  isTaken: (entityId: string) => boolean,
  called: SddcManagerName = firstSddcManager,
): string {
  const rest = slug(domainName).replace(/^vcf_?/, '')
  const base = rest === '' ? called.objectId : `${called.objectId}_${rest}`
  const ours = new Set([...ofAllDomains(called), ...Object.values(given).flatMap(entityIdsOf)])
  const isFree = (prefix: string) => entityIdsOf(prefix).every((id) => !ours.has(id) && !isTaken(id))
  let prefix = base
  for (let number = 2; (prefix === base && reserved.includes(rest)) || !isFree(prefix); number++) prefix = `${base}_${number}`
  return prefix
}

/** Ids of all entities that a domain with this prefix would have. */
export function entityIdsOf(prefix: string): string[] {
  const capacity = resourceObjectIds('domain', prefix).map((id) => `sensor.${id}`)
  return [...Object.values(domainEntityIds(prefix)), ...capacity, ...controlIds(domainControls(prefix, ''))]
}

/** Ids of the entities that belong to all domains of an SDDC Manager. */
export function ofAllDomains(called: SddcManagerName): string[] {
  return [...Object.values(fleetEntityIds(called)), ...controlIds(fleetControls(called))]
}

export interface PrefixBook {
  /** The domain's prefix, if it has one. */
  of(domainId: string): string | undefined
  /** Entity ids of all domains that have a prefix. */
  entityIds(): ReadonlySet<string>
  /** The domain's prefix; chosen and kept when it has none yet. */
  for(domain: Pick<DomainIdentity, 'id' | 'name'>, isTaken: (entityId: string) => boolean): string
}

export function openPrefixBook(store: Pick<Store, 'prefixes' | 'savePrefixes'>, log: Log, called = firstSddcManager): PrefixBook {
  let prefixes = store.prefixes()
  return {
    of: (domainId) => prefixes[domainId],
    entityIds: () => new Set(Object.values(prefixes).flatMap(entityIdsOf)),
    for(domain, isTaken) {
      const known = prefixes[domain.id]
      if (known !== undefined) return known
      const chosen = choosePrefix(domain.name, prefixes, isTaken, called)
      prefixes = { ...prefixes, [domain.id]: chosen }
      try {
        store.savePrefixes(prefixes)
      } catch (error) {
        log('error', `The entity names of domain ${domain.name} hold until the next start only. ${String(error)}`)
      }
      return chosen
    },
  }
}
