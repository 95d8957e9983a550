/**
 * What the upgrade needs from SDDC Manager, in the upgrade's own words. Wire shapes end in the adapter.
 *
 * Every method may throw a `VcfFailure` and nothing else. Reads (`GET`, and `POST …/queries`, which changes nothing) are retried
 * inside with short backoff before they throw `unreachable`; writes are sent once and never repeated by the adapter.
 * Times are milliseconds since the epoch. Texts are VCF's own, unescaped.
 */
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { FailedGuardrail, UpgradeRequest } from './upgrade-request.ts'
import type { CheckQuery, CheckResult, CheckRun } from './vcf-checks.ts'
import type { VcfHealth } from './vcf-health.ts'
import type { VcfResources } from './vcf-resources.ts'
import type {
  Bundle,
  Depot,
  Inventory,
  NsxPlan,
  Personality,
  Release,
  ReleaseValidation,
  SddcManagerSystem,
  Task,
  Upgradable,
  Upgrade,
  VcfDomain,
} from './vcf-words.ts'

/**
 * Why SDDC Manager did not do or say what was asked.
 * - `unreachable`: no answer, 401 after a fresh login, 408, 429, 5xx, an error page (on reads also 409). On a read: ask again later. On a write: it may have been done.
 * - `refused`: SDDC Manager understood and said no (any other 4xx; on writes 401, 403 and 409 too). Nothing was started. Of `startUpgrade` only with an
 *   `Error` of its API as the answer: a proxy's 4xx says nothing about SDDC Manager.
 *   With status 410 it names in `remediation` where this moved: never weather, also as a web page.
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
  /** VCF's own `errorCode`; the code of a network error is in `cause`. */
  readonly code?: string
  readonly remediation?: string
  /** VCF's `referenceToken`. */
  readonly reference?: string
  /** A write that surely never left: what had to be done before it (signing in, a read with the same token) failed. */
  readonly nothingSent?: boolean
  /** Not even tried, because this other server is in charge. */
  readonly held?: string
  /** `unreachable` because the certificate of SDDC Manager is not trusted. */
  readonly untrusted?: boolean
}

export interface Vcf extends VcfHealth, VcfResources {
  /** Which SDDC Manager this is; read anew each time, for it upgrades itself. `GET /v1/sddc-managers`. */
  system(): Promise<SddcManagerSystem>
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
  /** Cumulative bundles of the domain beside those of its release, for skip-level upgrades (9.x: SDDC Manager's only); empty where there are none. `GET /v1/bundles/domains/{id}`. */
  cumulativeBundles(domainId: string): Promise<readonly Bundle[]>
  /**
   * Bytes that have arrived, by bundle id, of downloads under way where VCF counts them. 9.x: `GET /v1/bundles/download-status`;
   * 5.x: SDDC Manager's own bundle only (`GET /v1/sddc-manager/upgradables`).
   */
  downloadedBytes(): Promise<Readonly<Record<string, number>>>
  /** `GET /v1/system/settings/depot`. */
  depot(): Promise<Depot>

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

  /** What VCF offers for the domain now: for the management domain its own list, else (also when that is empty) the system's. A management domain's list includes SDDC Manager's. */
  upgradables(domain: DomainIdentity, target: string): Promise<readonly Upgradable[]>
  /** `GET /v1/upgradables/domains/{id}/nsxt?bundleId=`. */
  nsxPlan(domainId: string, bundleId: string): Promise<NsxPlan>
  /** `GET /v1/personalities`. */
  personalities(): Promise<readonly Personality[]>
  /** Vendor of the add-on in the present image of each image-based cluster that has one, by the cluster's id. `GET /v1/upgradables/domains/{id}/clusters`. */
  imageVendors(domainId: string): Promise<Readonly<Record<string, string>>>
  /** What stands against an upgrade with this bundle; empty when nothing does. `GET /v1/upgrades/preview` (9.x); undefined where it does not exist. */
  failedGuardrails(domainId: string, bundleId: string): Promise<readonly FailedGuardrail[] | undefined>
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
  /** The page of a precheck run in SDDC Manager's user interface; undefined where its address is not known for sure (9.x). */
  precheckLink(domain: DomainIdentity, runId: string): string | undefined
}
