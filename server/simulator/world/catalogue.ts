import type { Component } from '../../../shared/upgrade.ts'
import { idOf } from './ids.ts'

/** A bundle as the depot knows it. `component` is missing for kinds that no upgrade guide knows. */
export interface BundleEntry {
  readonly id: string
  readonly component?: Component
  /** SDDC Manager's only: from further back than the release before, or what follows its upgrade. */
  readonly kind?: 'skip level' | 'config drift'
  readonly type: 'SDDC_MANAGER' | 'VMWARE_SOFTWARE'
  /** Types of what is in it, in the depot's order: the first one says little. */
  readonly contents: readonly string[]
  readonly description: string
  readonly sizeMB: number
  readonly fromVersion: string
  readonly toVersion: string
  readonly releasedDate: string
  /** The oldest VCF release on which it can be applied. */
  readonly cumulativeFrom: string
}

export type BillOfMaterials = Readonly<Record<Component, string>>

/** A product in a bill of materials that SDDC Manager does not upgrade in these domains. */
export interface OtherProduct {
  readonly name: string
  readonly publicName: string
  readonly version: string
  /** 9.x: who upgrades it. */
  readonly lifecycleManagedBy?: string
  /** The management domain has it. Else it is left out of what a domain is told. */
  readonly installed?: true
}

export interface Reason {
  readonly key: string
  readonly message: string
}

export interface ReleaseEntry {
  readonly version: string
  readonly oldestStart: string
  readonly releaseDate: string
  /** HTML, as VCF has it. */
  readonly description: string
  readonly bom: BillOfMaterials
  readonly otherProducts: readonly OtherProduct[]
  /** Known to VCF, but out of reach for these domains, and why. */
  readonly outOfReach?: readonly Reason[]
  /** Clusters that are managed with baselines cannot follow. */
  readonly imagesOnly?: true
}

/** What a component is called in a bill of materials and what its users call it. */
export const bomNames: Readonly<Record<Component, { readonly name: string; readonly publicName: string }>> = {
  SDDC_MANAGER: { name: 'SDDC_MANAGER', publicName: 'SDDC Manager' },
  NSX_T_MANAGER: { name: 'NSX_T_MANAGER', publicName: 'VMware NSX' },
  VCENTER: { name: 'VCENTER', publicName: 'VMware vCenter Server' },
  ESX_HOST: { name: 'HOST', publicName: 'VMware ESXi' },
}

/** The releases that VCF knows and what the depot has for them. */
export interface Catalogue {
  /** Oldest first, from what is installed on. */
  readonly releases: readonly ReleaseEntry[]
  readonly installed: ReleaseEntry
  /** The first one ahead, which scenarios call the target. */
  readonly next: ReleaseEntry
  /** Those that can be chosen, oldest first. */
  readonly ahead: readonly ReleaseEntry[]
  readonly bundles: readonly BundleEntry[]
  named(version: string | undefined): ReleaseEntry | undefined
}

export interface CatalogueNeeds {
  /** Oldest first: the installed one, those that can be chosen, those that cannot. */
  readonly releases: readonly ReleaseEntry[]
  /** False when VCF has heard of nothing newer. */
  readonly offered: boolean
  readonly configDrift: boolean
}

export function createCatalogue({ releases, offered, configDrift }: CatalogueNeeds): Catalogue {
  const [installed, ...newer] = releases as [ReleaseEntry, ReleaseEntry, ...ReleaseEntry[]]
  const next = newer[0]!
  const ahead = offered ? newer.filter(({ outOfReach }) => !outOfReach) : []
  const known = offered ? releases : [installed]

  return {
    releases: known,
    installed,
    next,
    ahead,
    bundles: ahead.flatMap((release, i) => [
      ...bundlesOf(release, installed, ahead[i - 1]),
      ...(i > 0 ? [skipLevel(release, installed)] : []),
      ...(configDrift ? [driftOf(release)] : []),
    ]),
    named: (version) => known.find((release) => release.version === version),
  }
}

const sddcManagerContents = ['COMMON_SERVICES', 'DOMAIN_MANAGER', 'LCM', 'OPERATIONS_MANAGER', 'SDDC_MANAGER_UI', 'SDDC_MANAGER_VCF']

/** What brings a domain to the release; SDDC Manager's from the release `before` only, where there is one between. */
function bundlesOf(release: ReleaseEntry, installed: ReleaseEntry, before?: ReleaseEntry): BundleEntry[] {
  const plain = (component: Component, kind: string, description: string, sizeMB: number): BundleEntry => ({
    ...{ id: idOf('bundle', release.version, component), component, type: 'VMWARE_SOFTWARE', contents: [kind], description, sizeMB },
    ...span(component, release, installed),
  })
  const bundles = [
    before ? { ...sddcManagerBundle(release, before), cumulativeFrom: before.version } : sddcManagerBundle(release, installed),
    plain('NSX_T_MANAGER', 'NSX_T_MANAGER', 'VMware NSX Update Bundle', 8612.8),
    plain('VCENTER', 'VCENTER', 'VMware vCenter Server Update Bundle', 11874.5),
    plain('ESX_HOST', 'HOST', 'VMware ESXi Server Update Bundle', 648.2),
  ]
  return bundles.filter(({ fromVersion, toVersion }) => fromVersion !== toVersion)
}

function sddcManagerBundle(release: ReleaseEntry, before: ReleaseEntry): BundleEntry {
  return {
    id: idOf('bundle', release.version, 'SDDC_MANAGER'),
    component: 'SDDC_MANAGER',
    type: 'SDDC_MANAGER',
    contents: sddcManagerContents,
    description: `VMware Cloud Foundation SDDC Manager ${shortOf(release)}`,
    sizeMB: 2145.3,
    ...span('SDDC_MANAGER', release, before),
  }
}

function span(component: Component, { bom, releaseDate, oldestStart }: ReleaseEntry, before: ReleaseEntry) {
  return { fromVersion: before.bom[component], toVersion: bom[component], releasedDate: releaseDate, cumulativeFrom: oldestStart }
}

/** Brings SDDC Manager over the releases between. */
function skipLevel(release: ReleaseEntry, installed: ReleaseEntry): BundleEntry {
  const plain = sddcManagerBundle(release, installed)
  const id = idOf('bundle', release.version, 'SDDC_MANAGER', 'skip level')
  return { ...plain, id, kind: 'skip level', description: `${plain.description} (cumulative)`, sizeMB: 2391.6 }
}

/** Brings the configuration of what SDDC Manager manages in line with its new version. */
function driftOf(release: ReleaseEntry): BundleEntry {
  return {
    ...sddcManagerBundle(release, release),
    id: idOf('bundle', release.version, 'SDDC_MANAGER', 'config drift'),
    kind: 'config drift',
    contents: ['SDDC_MANAGER_CONFIG_DRIFT'],
    description: `Configuration drift bundle for VMware Cloud Foundation ${shortOf(release)}`,
    sizeMB: 1.4,
  }
}

function shortOf({ version }: ReleaseEntry): string {
  return version.split('.').slice(0, 3).join('.')
}

/** A bundle of a kind that is not upgraded in the usual order, for a release. */
export function unknownBundle(type: string, { version, releaseDate, oldestStart }: ReleaseEntry): BundleEntry {
  return {
    id: idOf('bundle', version, type),
    type: 'VMWARE_SOFTWARE',
    contents: [type],
    description: `${type} Update Bundle`,
    sizeMB: 512,
    fromVersion: '1.0.0.0-24000001',
    toVersion: '1.1.0.0-24300001',
    releasedDate: releaseDate,
    cumulativeFrom: oldestStart,
  }
}
