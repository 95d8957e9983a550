import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Inventory, NsxCluster, Upgradable } from '../ports/vcf-words.ts'
import { componentOfBundle } from './components.ts'
import { VcfError } from './error.ts'
import { errorText } from './error-text.ts'
import { path, withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import { isAvailable, isOfferOver } from './states.ts'
import type { OwnRecord } from './system.ts'
import { page } from './wire.ts'
import { wireNsxCluster } from './wire-inventory.ts'
import { wireBundle } from './wire-releases.ts'
import {
  type WireNsxCluster,
  type WireUpgradable,
  wireNsxResources,
  wirePersonality,
  wireUpgradable,
  wireUpgradableCluster,
} from './wire-upgrades.ts'

type Offers = Pick<Vcf, 'upgradables' | 'nsxPlan' | 'personalities' | 'imageVendors'>

/** What VCF offers to upgrade and what that needs (api-facts §8.1, §8.6). */
export function offersOf({ read, readAll }: Requests, record: OwnRecord, inventory: Vcf['inventory']): Offers {
  async function upgradables(domain: DomainIdentity, target: string): Promise<Upgradable[]> {
    const own = await ofManagement(domain, target)
    // The domain's own list is deprecated: that it is empty proves nothing while the system's is not.
    const offered = own.length > 0 ? own : await ofSystem(domain)
    const kinds = new Map(await Promise.all(bundlesToLookUp(offered).map(async (id) => [id, await bundleKind(id)] as const)))
    return offered.map((one) => toUpgradable(one, domain, kinds.get(one.bundleId)))
  }

  /** The management domain's own list. Empty where there is none: for other domains, and where this release refuses it. */
  async function ofManagement(domain: DomainIdentity, target: string): Promise<WireUpgradable[]> {
    if (domain.type !== 'MANAGEMENT') return []
    const request = withQuery(path`/v1/upgradables/domains/${domain.id}`, { targetVersion: target })
    try {
      return await read(request, page(wireUpgradable))
    } catch (error) {
      if (error instanceof VcfError && (error.kind === 'missing' || error.kind === 'refused' || error.status === 500)) return []
      throw error
    }
  }

  /** The system's list, as far as it is about this domain or something in it. */
  async function ofSystem(domain: DomainIdentity): Promise<WireUpgradable[]> {
    const all = await read('/v1/system/upgradables', page(wireUpgradable))
    const isOfDomain = ({ resource }: WireUpgradable) => !resource || resource.resourceId === domain.id
    if (all.every(isOfDomain)) return all
    const ids = idsOf(await inventory(domain.id))
    return all.filter((one) => isOfDomain(one) || ids.has(one.resource!.resourceId))
  }

  /** Type and components of a bundle that an offer does not explain. */
  async function bundleKind(id: string): Promise<BundleKind | undefined> {
    try {
      const { type, components, description } = await read(path`/v1/bundles/${id}`, wireBundle)
      return { type, componentTypes: components.flatMap((component) => component.type ?? []), description }
    } catch (error) {
      if (error instanceof VcfError && error.kind === 'missing') return undefined
      throw error
    }
  }

  /** All domains of the NSX: of the one with this id, else of the one that the domain has. */
  async function domainsOfNsx(managerId: string | undefined, domainId: string): Promise<string[]> {
    const all = await read('/v1/nsxt-clusters', page(wireNsxCluster))
    const isOfDomain = ({ domains }: (typeof all)[number]) => domains.some(({ id }) => id === domainId)
    const one = all.find(({ id }) => id === managerId) ?? all.find(isOfDomain)
    return [...new Set([domainId, ...(one?.domains ?? []).map(({ id }) => id)])]
  }

  return {
    upgradables,

    async nsxPlan(domainId, bundleId) {
      const request = withQuery(path`/v1/upgradables/domains/${domainId}/nsxt`, { bundleId })
      const { nsxtManagerCluster, nsxtHostClusters, nsxtEdgeClusters } = await read(request, wireNsxResources)
      const managerId = nsxtManagerCluster?.id
      return {
        managerId,
        domainIds: await domainsOfNsx(managerId, domainId),
        hostClusters: nsxtHostClusters.map(({ upgradedUnits, totalUnits, ...cluster }) => ({
          ...toNsxCluster(cluster),
          done: upgradedUnits ?? 0,
          total: totalUnits ?? 0,
        })),
        edgeClusters: nsxtEdgeClusters.map(toNsxCluster),
      }
    },

    async personalities() {
      return (await readAll('/v1/personalities', { next: record.pagesOfNine }, wirePersonality)).map(
        ({ personalityId, personalityName, displayName, softwareInfo }) => ({
          id: personalityId,
          name: personalityName ?? displayName ?? personalityId,
          baseVersion: softwareInfo?.baseImage?.version ?? '',
          addOnVendor: softwareInfo?.addOn?.vendor,
        }),
      )
    },

    async imageVendors(domainId) {
      const clusters = await read(path`/v1/upgradables/domains/${domainId}/clusters`, page(wireUpgradableCluster))
      const vendors = clusters.map(({ resourceId, softwareInfo }) => [resourceId, softwareInfo?.addOn?.vendor] as const)
      return Object.fromEntries(vendors.filter((one): one is [string, string] => Boolean(one[1])))
    },
  }
}

interface BundleKind {
  readonly type?: string
  readonly componentTypes: readonly string[]
  readonly description?: string
}

function typesOf({ softwareComponents }: WireUpgradable): string[] {
  return softwareComponents.flatMap(({ type }) => type ?? [])
}

function bundlesToLookUp(offered: readonly WireUpgradable[]): string[] {
  const unclear = offered.filter((one) => !componentOfBundle(one.bundleType, typesOf(one)))
  return [...new Set(unclear.map(({ bundleId }) => bundleId))]
}

/** Wire → port. */
function toNsxCluster({ id, name, version, upgradeStatus }: WireNsxCluster): NsxCluster {
  return { id, name: name ?? id, ...(version && { version }), ...(upgradeStatus && { word: upgradeStatus }) }
}

/** Wire → port. An offer that names no resource counts as the domain's: it must not go unnoticed. */
function toUpgradable(one: WireUpgradable, domain: DomainIdentity, kind: BundleKind | undefined): Upgradable {
  const types = typesOf(one)
  const names = [...types, ...(kind?.componentTypes ?? []), kind?.description, one.bundleType ?? kind?.type]
  return {
    bundleId: one.bundleId,
    component: componentOfBundle(one.bundleType, types) ?? (kind && componentOfBundle(kind.type, kind.componentTypes)),
    names: [...new Set(names.filter((name) => name !== undefined && name !== ''))] as string[],
    resourceId: one.resource?.resourceId ?? domain.id,
    resourceType: one.resource?.type ?? 'DOMAIN',
    available: isAvailable(one.status),
    ...(isOfferOver(one.status) && { over: true }),
    word: one.status ?? '',
    errors: one.errors.flatMap((error) => errorText(error).text ?? []),
  }
}

function idsOf({ sddcManagers, nsx, vcenters, clusters }: Inventory): Set<string> {
  return new Set([...sddcManagers, ...nsx, ...vcenters, ...clusters, ...clusters.flatMap(({ hosts }) => hosts)].map(({ id }) => id))
}
