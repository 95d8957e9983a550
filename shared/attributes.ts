/** What entity attributes look like on Home Assistant's side: the contract between the server and any card, script or automation. */
import type { Command, Control, Ending } from './commands.ts'
import type { Component, DomainType, Phase, RunOutcome, Severity, StepState } from './upgrade.ts'

/** Raised when a card must know of a change. The server says it in `sensor.vcf_server`; a card that knows less or more says so instead of guessing. */
export const contractVersion = 1

/** Each entity's attributes are at most this many bytes as UTF-8 JSON: Home Assistant's recorder drops more than 16,384. */
export const attributeBudget = 12_000

/** Seconds between two writes of `sensor.vcf_server`; three missed beats mean that the server is silent. */
export const beatSeconds = 60
export const beatsUntilSilent = 3

/** Attributes of `sensor.<p>_upgrade_status`; times are ISO 8601 with zone; absent when there is nothing to say. */
export interface StatusAttributes {
  friendly_name: string
  device_class: 'enum'
  options: string[]
  icon: string
  /** `instance`: name of its SDDC Manager in the settings, where there are several. */
  domain: { id: string; name: string; type: DomainType; sddc_manager: string; instance?: string }
  from?: string
  target?: string
  since: string
  run?: { id: string; started_at: string; started_by: string; finished_at?: string; outcome?: RunOutcome; only?: 'download' }
  percent?: number
  steps?: StepAttributes[]
  downloads?: { done: number; total: number; failed: number; bytes_done?: number; bytes_total?: number }
  precheck?: {
    percent?: number
    errors?: number
    warnings?: number
    gaps?: number
    link?: string
    digest?: string
    override?: { by: string; until: string }
  }
  /** What is awaited from VCF; `stalled_since`: nothing new was told for long. */
  awaits?: { text: string; since: string; until: string; stalled_since?: string; remediation?: string }
  halt?: { reason: string; text: string; remediation?: string; reference?: string; retryable: boolean }
  /** `behind`: names of the domains ahead, the one under way first; `phase`: that one's. */
  queue?: { place: number; behind: string[]; phase?: Phase }
  ending?: { what: Ending; by: string; at: string }
  unreachable_since?: string
  overdue_since?: string
  expected_outage?: { since: string; usual_minutes: number }
  /** Before the start: minutes that the components took in past runs (median), and in how many runs. */
  usual?: { minutes: number; runs: number }
  accepts: Command[]
  may_control: 'admins' | 'everyone' | string[]
  controls: Record<Control, string>
  /** Ids in this installation, whatever a person renamed: of the domain's own, of those that it shares with others, and where its use is told. */
  entities: Record<NamedEntity, string>
}

export type NamedEntity =
  | 'server'
  | 'logs'
  | 'findings'
  | 'history'
  | 'status'
  | 'attention'
  | 'cpu'
  | 'memory'
  | 'storage'
  | 'connection'
  | 'active_domains'
  | 'check_for_updates'
  | 'refresh_token'

export interface StepAttributes {
  component: Component
  resource: string
  from: string
  to: string
  state: StepState
  percent?: number
  done?: number
  total?: number
  started_at?: string
  finished_at?: string
  detail?: string
  /** While it runs: minutes in past runs, from shortest to longest, and in how many runs. */
  usual?: { low: number; high: number; runs: number }
}

/** One of `runs` of `sensor.<p>_upgrade_history`, newest first. `errors` counts critical gaps too; `minutes` are those of finished components. */
export interface RunAttributes {
  id: string
  started_at: string
  started_by: string
  from: string
  to: string
  only?: 'download'
  finished_at?: string
  outcome?: string
  ended_by?: string
  errors?: number
  warnings?: number
  acknowledged_by?: string
  /** `pressed`, `switch` or `overridden`. */
  how?: string
  halts?: number
  retries?: number
  minutes?: Partial<Record<Component, number>>
}

/** One of `findings` of `sensor.<p>_precheck_findings`: errors first; `text` at most 300 characters, `source` (of what is none of VCF's prechecks) at most 120. */
export interface FindingAttributes {
  severity: Severity
  resources: string[]
  text: string
  remediation?: string
  source?: string
  new?: true
}
