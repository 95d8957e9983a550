/**
 * What the upgrade needs from SDDC Manager, in the upgrade's own words. Wire shapes end in the adapter.
 *
 * Every method may throw a `VcfFailure` and nothing else. Reads (`GET`, and `POST …/queries`, which changes nothing) are retried
 * inside with short backoff before they throw `unreachable`; writes are sent once and never repeated by the adapter.
 * Times are milliseconds since the epoch. Texts are VCF's own, unescaped.
 */
import type { Component, DomainIdentity, Finding } from '../../shared/upgrade.ts'

/**
 * Why SDDC Manager did not do or say what was asked.
 * - `unreachable`: no answer, 401 after a fresh login, 408, 429, 5xx, an error page (on reads also 409). On a read: ask again later. On a write: it may have been done.
 * - `refused`: SDDC Manager understood and said no (any other 4xx; on writes 401, 403 and 409 too). Nothing was started.
 * - `missing`: 404: there is no such thing (any more).
 * - `unreadable`: it answered 2xx with something that is not what its API promises.
 * - `credentials`: user name or password were refused; no further try is made for a while, or until `signIn`.
 */
export type VcfFailureKind = 'unreachable' | 'refused' | 'missing' | 'unreadable' | 'credentials'

export interface VcfFailure extends Error {
  readonly name: 'VcfFailure'
  readonly kind: VcfFailureKind
  /** `GET /v1/upgrades/…` and the like: what was asked. */
  readonly request: string
  readonly status?: number
  /** VCF's `errorCode`. */
  readonly code?: string
  readonly remediation?: string
  /** VCF's `referenceToken`. */
  readonly reference?: string
  /** A write that surely never left: a read before it failed. */
  readonly nothingSent?: boolean
}

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
  readonly hosts: readonly Instance[]
}

/** What runs in one domain. `sddcManagers` is empty for a workload domain: SDDC Manager belongs to the management domain. */
export interface Inventory {
  readonly sddcManagers: readonly Instance[]
  readonly nsx: readonly Instance[]
  readonly vcenters: readonly Instance[]
  readonly clusters: readonly Cluster[]
}

export interface Release {
  readonly version: string
  readonly applicable: boolean
  /** Why it is not applicable, and warnings where it is (`reasonsNotApplicable[].message`, `warnings[].message`). */
  readonly reasons: readonly string[]
  /** Target version of each component that the domain has. */
  readonly bom: Readonly<Partial<Record<Component, string>>>
  /** Names in the bill of materials that we do not upgrade, e.g. Aria. */
  readonly otherProducts: readonly string[]
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
  readonly word: string
  readonly errors: readonly string[]
}

/** What an NSX upgrade with `bundleId` would touch (`GET /v1/upgradables/domains/{id}/nsxt`). */
export interface NsxPlan {
  readonly managerId?: string
  readonly hostClusters: readonly { readonly id: string; readonly name: string; readonly done: number; readonly total: number }[]
  readonly edgeClusters: readonly { readonly id: string; readonly name: string }[]
}

/** An image of vSphere Lifecycle Manager known to SDDC Manager. */
export interface Personality {
  readonly id: string
  readonly name: string
  /** `softwareInfo.baseImage.version`, e.g. `8.0.3-0.0.24280767`. */
  readonly baseVersion: string
  readonly addOnVendor?: string
}

/** One upgrade request, complete: everything `POST /v1/upgrades` needs to know. */
export interface UpgradeRequest {
  readonly component: Component
  readonly bundleId: string
  readonly resource: { readonly type: 'DOMAIN' | 'CLUSTER'; readonly id: string }
  /** NSX: all host clusters and edge clusters by id. */
  readonly nsx?: { readonly managerId?: string; readonly hostClusterIds: readonly string[]; readonly edgeClusterIds: readonly string[] }
  /** vCenter: those of the domain, upgraded in place. */
  readonly vcenterIds?: readonly string[]
  /** ESX, image-based cluster: the image to apply. */
  readonly personalityId?: string
}

export interface CheckResource {
  readonly type: string
  readonly id: string
  readonly name: string
  readonly domain: { readonly id: string; readonly name: string; readonly type: string }
  readonly checkSetIds: readonly string[]
}

/** `queryId` and what can be checked; a run must name both. */
export interface CheckQuery {
  readonly queryId: string
  readonly resources: readonly CheckResource[]
}

/** An earlier or running check-set run of a domain (`GET /v1/system/check-sets?domainId=`). */
export interface CheckRun {
  readonly id: string
  readonly startedAt: number
  readonly running: boolean
  readonly target?: string
}

export interface CheckCounts {
  /** Errors and internal errors, summed over all domains of the run. */
  readonly errors: number
  readonly warnings: number
  /** Critical gaps: they block like errors. */
  readonly gaps: number
}

export interface CheckResult {
  /** `failed` is COMPLETED_WITH_FAILURE: the run itself failed. */
  readonly state: 'running' | 'completed' | 'failed'
  readonly percent?: number
  /** Absent when the answer has no usable summary: then nothing is known. */
  readonly counts?: CheckCounts
  readonly findings: readonly Finding[]
}

export interface ReleaseValidation {
  readonly state: 'running' | 'passed' | 'passed with warnings' | 'failed'
  /** Failed (or warning) checks in VCF's words. */
  readonly texts: readonly string[]
}

export interface Vcf {
  /** All domains, whatever their status. `GET /v1/domains`, `GET /v1/sddc-managers`. */
  domains(): Promise<readonly VcfDomain[]>
  /** `GET /v1/sddc-managers`, `/v1/nsxt-clusters`, `/v1/vcenters`, `/v1/clusters`, `/v1/hosts`. */
  inventory(domainId: string): Promise<Inventory>
  /** `GET /v1/vcf-services`: names of services that are not UP; empty when all are. */
  servicesDown(): Promise<readonly string[]>

  /** The domain's current VCF version. `GET /v1/releases?domainId=`. */
  currentRelease(domainId: string): Promise<string>
  /** `GET /v1/releases/domains/{id}/future-releases`, in VCF's order. */
  futureReleases(domainId: string): Promise<readonly Release[]>
  /** The stored target; undefined when none is. `GET /v1/releases/domains/{id}`. */
  target(domainId: string): Promise<string | undefined>
  /** `PATCH /v1/releases/domains/{id}`. */
  setTarget(domainId: string, version: string): Promise<void>
  /** `DELETE /v1/releases/domains/{id}`. */
  clearTarget(domainId: string): Promise<void>

  /** `GET /v1/bundles/{id}`. */
  bundle(bundleId: string): Promise<Bundle>
  /** `PATCH /v1/bundles/{id}`; answers the id of the download task. `refused` with status 409 when a download is under way or done. */
  downloadBundle(bundleId: string): Promise<string>

  /** What can be checked; with `versions` the check sets for those target versions. Changes nothing. `POST /v1/system/check-sets/queries`. */
  queryChecks(
    domainId: string,
    versions?: readonly { readonly resourceType: string; readonly resourceId: string; readonly version: string }[],
  ): Promise<CheckQuery>
  /** Starts a run and answers its id. `POST /v1/system/check-sets`. */
  runChecks(query: CheckQuery, target: string): Promise<string>
  /** Last runs of the domain, newest first. */
  checkRuns(domainId: string): Promise<readonly CheckRun[]>
  /** `GET /v1/system/check-sets/{runId}`. */
  checkResult(runId: string): Promise<CheckResult>

  /** What VCF offers for the domain now: for the management domain its own list, else the system's. A management domain's list includes SDDC Manager's. */
  upgradables(domain: DomainIdentity, target: string): Promise<readonly Upgradable[]>
  /** `GET /v1/upgradables/domains/{id}/nsxt?bundleId=`. */
  nsxPlan(domainId: string, bundleId: string): Promise<NsxPlan>
  /** `GET /v1/personalities`. */
  personalities(): Promise<readonly Personality[]>
  /** All upgrades SDDC Manager knows, of one bundle when given. `GET /v1/upgrades`. */
  upgrades(bundleId?: string): Promise<readonly Upgrade[]>
  /** Accepts the id of the upgrade or of its task. `GET /v1/upgrades/{id}`, else the list. */
  upgrade(id: string): Promise<Upgrade>
  /** `GET /v1/tasks/{id}`. */
  task(id: string): Promise<Task>
  /**
   * `POST /v1/upgrades`, once. A read with the same token goes before it; when that read fails the failure says `nothingSent`.
   * Answers the id of the task. `unreachable` without `nothingSent`: nobody knows whether it was taken.
   */
  startUpgrade(request: UpgradeRequest): Promise<string>
  /** `PATCH /v1/tasks/{id}`: VCF repeats the failed part itself. */
  retryTask(taskId: string): Promise<void>

  /** `POST /v1/releases/domains/{id}/validations`; `already there` when VCF answers that the domain runs the target (400 SAME_SOURCE_AND_TARGET_…). */
  startValidation(domainId: string, target: string): Promise<{ readonly id: string } | 'already there'>
  /** `GET /v1/releases/domains/validations/{id}`. */
  validation(id: string): Promise<ReleaseValidation>

  /** Signs in anew at once, also after refused credentials. Throws what `POST /v1/tokens` answered. */
  signIn(): Promise<void>
  /** The page of a precheck run in SDDC Manager's user interface. */
  precheckLink(domain: DomainIdentity, runId: string): string | undefined
}
