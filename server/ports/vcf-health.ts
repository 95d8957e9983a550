/** What SDDC Manager tells of its own health, for the checks that we make beside its prechecks. Texts are VCF's own, unescaped. */

/** `GET /v1/system/backup-configuration`. */
export interface BackupConfiguration {
  /** Both a location and a passphrase are set (`isConfigured`). */
  readonly configured: boolean
  /** A schedule takes backups of SDDC Manager. */
  readonly scheduled: boolean
}

/** `GET /v1/credentials`; passwords end in the adapter's parser. */
export interface Credential {
  readonly userName: string
  readonly resource: string
  /** ESXI, VCENTER, NSXT_MANAGER, NSXT_EDGE, BACKUP, … */
  readonly resourceType: string
  readonly domainNames: readonly string[]
  readonly expiry: 'active' | 'expiring' | 'expired' | 'unknown'
  readonly expiresAt?: number
  readonly connected: 'yes' | 'no' | 'unknown'
}

/** A workflow of SDDC Manager that runs, or that failed and nobody resolved (`GET /v1/tasks`, `/v1/credentials/tasks`). */
export interface Workflow {
  readonly id: string
  readonly name: string
  readonly state: 'running' | 'failed'
  readonly startedAt: number
  readonly resourceIds: readonly string[]
}

/** A part of the domain that is not as it should be, by its own status or by a warning (`/v1/domains`, `/v1/clusters`, `/v1/hosts`, `/v1/resource-warnings`). */
export interface ResourceTrouble {
  readonly resource: string
  readonly type: 'DOMAIN' | 'CLUSTER' | 'HOST'
  readonly severity: 'error' | 'warning'
  /** VCF's status word, or the text of the warning. */
  readonly text: string
  readonly remediation?: string
}

/** `POST /v1/nsxt-clusters/queries`, which changes nothing. `word`: STABLE, DEGRADED, UNSTABLE, UNAVAILABLE, … */
export interface NsxHealth {
  readonly name: string
  readonly word: string
}

/** A cluster's use and its hosts' size (`/v1/clusters`, `/v1/hosts`): MHz and MB. */
export interface ClusterRoom {
  readonly cluster: string
  /** Some of the numbers are missing in VCF's answer: nothing can be said. */
  readonly unknown?: true
  readonly hosts: readonly { readonly name: string; readonly cpuMhz: number; readonly memoryMB: number }[]
  readonly usedCpuMhz: number
  readonly usedMemoryMB: number
}

/** Every method throws a `VcfFailure`: `refused` where the account may not read it, `missing` where this SDDC Manager does not have it. */
export interface VcfHealth {
  backupConfiguration(): Promise<BackupConfiguration>
  credentials(): Promise<readonly Credential[]>
  workflows(): Promise<readonly Workflow[]>
  troubles(domainId: string): Promise<readonly ResourceTrouble[]>
  nsxHealth(domainId: string): Promise<readonly NsxHealth[]>
  rooms(domainId: string): Promise<readonly ClusterRoom[]>
  /** How far SDDC Manager's clock is ahead of this machine's, in milliseconds, from the `Date` of an answer (exact to a second); undefined when it names none. */
  clockAhead(): Promise<number | undefined>
}
