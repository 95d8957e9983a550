/** The words of an upgrade, as the server knows them and the card shows them. Pure: no Node, no DOM. */

/** What VCF upgrades, by the names of its bills of materials. */
export const components = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const
export type Component = (typeof components)[number]

/** What a person sees of a run, in the order in which a run passes them. */
export const phases = [
  'waiting_for_initiation',
  'update_process_started',
  'setting_new_vcf_version_target',
  'downloading_bundles',
  'initializing_prechecks',
  'running_prechecks',
  'evaluating_prechecks',
  'prechecks_done',
  'waiting_for_alert_acknowledgement',
  'alerts_were_acknowledged',
  'starting_upgrades',
  'upgrading_sddc_manager',
  'upgrading_nsx',
  'upgrading_vcenter',
  'upgrading_esx',
  'waiting_for_image',
  'waiting_for_operator',
  'final_validation',
  'successfully_completed',
  'failed',
  'cancelled',
] as const
export type Phase = (typeof phases)[number]

/** The phase in which each component is upgraded. */
export const upgradingPhase: Readonly<Record<Component, Phase>> = {
  SDDC_MANAGER: 'upgrading_sddc_manager',
  NSX_T_MANAGER: 'upgrading_nsx',
  VCENTER: 'upgrading_vcenter',
  ESX_HOST: 'upgrading_esx',
}

/** Phases in which nothing happens until a person acts. */
export const phasesThatWaitForAPerson: readonly Phase[] = [
  'waiting_for_alert_acknowledgement',
  'waiting_for_image',
  'waiting_for_operator',
  'failed',
]

export type DomainStatus = 'up_to_date' | 'update_available' | 'update_process_started' | 'unknown'
export type OverallStatus = 'ok' | 'updates_available' | 'upgrading' | 'needs_attention' | 'unreachable'
export type DomainType = 'MANAGEMENT' | 'VI'
export type StepState = 'pending' | 'requested' | 'running' | 'done' | 'failed' | 'skipped'
export type Severity = 'error' | 'warning' | 'info'
export type LogLevel = 'ok' | 'error' | 'warning' | 'info'
export type RunOutcome = 'successfully_completed' | 'cancelled' | 'downloaded'

/** One VCF domain. `sddcManager` is the FQDN of the SDDC Manager that manages it (a workload domain has that of its management domain). */
export interface DomainIdentity {
  readonly id: string
  readonly name: string
  readonly type: DomainType
  readonly sddcManager: string
}

/** One precheck finding. Identical ones of several resources are one finding with several `resources`. */
export interface Finding {
  readonly severity: Severity
  readonly resources: readonly string[]
  /** VCF's own words, plain text. */
  readonly text: string
  readonly remediation?: string
  /** Where it comes from when it is none of VCF's prechecks, e.g. `Pre-flight: credentials in SDDC Manager`. */
  readonly source?: string
}

/** One line of the log. `text` and `details` are plain text and may hold VCF's words: they are escaped where they become markdown. */
export interface LogLine {
  /** Of what happened several times: the last time. */
  readonly at: number
  readonly level: LogLevel
  readonly text: string
  readonly details?: readonly string[]
  readonly link?: { readonly label: string; readonly url: string }
  /** How often it happened; absent: once. */
  readonly times?: number
  /** When it happened first, where it was told again. */
  readonly since?: number
}

/** Why a run stands still and what a person can do. */
export interface HaltView {
  readonly reason: string
  readonly text: string
  readonly remediation?: string
  /** SDDC Manager's reference token; its support asks for it. */
  readonly reference?: string
  readonly retryable: boolean
}
