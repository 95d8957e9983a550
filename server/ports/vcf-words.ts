/** What SDDC Manager tells, in the upgrade's own words. Texts are VCF's own, unescaped; times are milliseconds since the epoch. */
import type { Component, DomainIdentity } from '../../shared/upgrade.ts'

export interface VcfDomain extends DomainIdentity {
  /** ACTIVE, UPGRADING, ERROR, … (`Domain.status`). */
  readonly status: string
}

/** Something with a version: an SDDC Manager, an NSX Manager cluster, a vCenter, a host. */
export interface Instance {
  readonly id: string
  readonly name: string
  readonly version: string
}

export interface Cluster {
  readonly id: string
  readonly name: string
  readonly imageBased: boolean
  /** Spans two sites, so it has a vSAN witness. */
  readonly stretched?: true
  readonly hosts: readonly Instance[]
}

/** What runs in one domain. `sddcManagers` is empty for a workload domain: SDDC Manager belongs to the management domain. */
export interface Inventory {
  readonly sddcManagers: readonly Instance[]
  readonly nsx: readonly Instance[]
  readonly vcenters: readonly Instance[]
  readonly clusters: readonly Cluster[]
}

/** The SDDC Manager that answers. Told apart by its version (`GET /v1/sddc-managers`). */
export interface SddcManagerSystem {
  readonly version: string
  /** Which of the API documents it speaks; undefined for a version that is outside of what this client knows (5.2 up to and with 9.0). */
  readonly dialect?: Dialect
  /** The account of this server may read and nothing else (its role is VIEWER). */
  readonly onlyReads?: true
  /** Roles of that account, in capitals, where its sign-in tells them: ADMIN, OPERATOR, VIEWER. */
  readonly roles?: readonly string[]
}
export type Dialect = '5.x' | '9.x'

export interface Release {
  readonly version: string
  readonly applicable: boolean
  /** Why it is not applicable, and warnings where it is (`reasonsNotApplicable[].message`, `warnings[].message`). */
  readonly reasons: readonly string[]
  /** Target version of each component that the domain has. */
  readonly bom: Readonly<Partial<Record<Component, string>>>
  /** Names in the bill of materials that we do not upgrade, e.g. Aria. */
  readonly otherProducts: readonly string[]
  /** Those of `otherProducts` whose lifecycle is not SDDC Manager's (9.x: `bom[].lifecycleManagedBy`): VCF Operations' fleet management upgrades them. */
  readonly managedElsewhere: readonly string[]
  /** Distinct ids of `patchBundles`. */
  readonly bundleIds: readonly string[]
  readonly releaseDate?: string
  readonly description?: string
}

export type BundleState = 'available' | 'running' | 'downloaded' | 'failed' | 'recalled'

/** `available`: known to the depot, not downloaded. An unknown word is `running`. */
export interface Bundle {
  readonly id: string
  readonly state: BundleState
  /** VCF's own word (`downloadStatus`). */
  readonly word: string
  readonly sizeMB?: number
  readonly description?: string
  readonly component?: Component
  /** Version that it brings (`components[].toVersion`). */
  readonly version?: string
  readonly cumulative?: boolean
}

/** Where bundles come from (`GET /v1/system/settings/depot`). */
export interface Depot {
  /** `none`: no account and no offline depot is configured. */
  readonly kind: 'online' | 'offline' | 'none'
  readonly host?: string
  /** Whether its `status` says DEPOT_CONNECTION_SUCCESSFUL; undefined when it says nothing. */
  readonly connected?: boolean
  /** VCF's own word and sentence. */
  readonly word?: string
  readonly message?: string
}

/** How something long ended. An unknown word of VCF's is `running`: it obeys the deadline. */
export type WorkState = 'running' | 'succeeded' | 'succeeded with warnings' | 'failed' | 'cancelled'

export interface FailureText {
  readonly text: string
  readonly remediation?: string
  readonly reference?: string
}

export interface Task {
  readonly id: string
  readonly name: string
  readonly state: WorkState
  /** Finished leaves of subtasks and stages, of all, 0-100; absent without subtasks. */
  readonly percent?: number
  /** Name of the deepest running subtask or stage. */
  readonly current?: string
  /** From the deepest error of the task tree. */
  readonly failure?: FailureText
  readonly retryable: boolean
  readonly createdAt: number
  readonly resourceIds: readonly string[]
}

export interface Upgrade {
  readonly id: string
  readonly taskId: string
  readonly bundleId: string
  readonly resourceIds: readonly string[]
  readonly state: WorkState
  /** VCF's own word (`Upgrade.status`). SCHEDULED and DRAFT are `running` here. */
  readonly word: string
  readonly endedAt?: number
}

export interface Upgradable {
  readonly bundleId: string
  /** Undefined for a kind that we do not know. */
  readonly component?: Component
  /** VCF's names of what it is, for a person. */
  readonly names: readonly string[]
  readonly resourceId: string
  readonly resourceType: string
  /** Whether it can be requested now (`status` AVAILABLE). */
  readonly available: boolean
  /** Nothing is to be done with it: it is done, or not available at all. An unknown word is not that. */
  readonly over?: true
  readonly word: string
  readonly errors: readonly string[]
}

/** What an NSX upgrade with `bundleId` would touch (`GET /v1/upgradables/domains/{id}/nsxt`). */
export interface NsxPlan {
  readonly managerId?: string
  /** Several when the NSX is shared: one upgrade is for all of them (`GET /v1/nsxt-clusters`, `domains[]`). */
  readonly domainIds: readonly string[]
  /** `done` of `total` hosts are upgraded; both 0 where it is not told. */
  readonly hostClusters: readonly (NsxCluster & { readonly done: number; readonly total: number })[]
  readonly edgeClusters: readonly NsxCluster[]
}

/** A host cluster or edge cluster of an NSX. */
export interface NsxCluster {
  readonly id: string
  readonly name: string
  /** The lowest version in it (`version`); undefined where it is not told. */
  readonly version?: string
  /** VCF's own word (`upgradeStatus`), of which the API documents list none: for a person. */
  readonly word?: string
}

/** An image of vSphere Lifecycle Manager known to SDDC Manager. */
export interface Personality {
  readonly id: string
  readonly name: string
  /** `softwareInfo.baseImage.version`, e.g. `8.0.3-0.0.24280767`. */
  readonly baseVersion: string
  readonly addOnVendor?: string
}

export interface ReleaseValidation {
  readonly state: 'running' | 'passed' | 'passed with warnings' | 'failed'
  /** Failed (or warning) checks in VCF's words. */
  readonly texts: readonly string[]
}
