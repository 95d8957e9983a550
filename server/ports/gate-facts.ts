/** What has happened at the gate: prechecks, their evaluation, and who let the run pass. Part of the record of a domain. */
import type { Finding } from '../../shared/upgrade.ts'

/** A person as Home Assistant knows them. */
export interface Person {
  readonly id: string
  readonly name: string
}

export interface PrecheckFact {
  /** Written before the run is requested. */
  readonly requestedAt: number
  /** Ids of the check-set runs (a second one holds what the first could not take). */
  readonly runIds: readonly string[]
  readonly complete?: true
  readonly percent?: number
  readonly finishedAt?: number
  readonly evaluation?: Evaluation
  /** Check-set runs that VCF listed before this one was requested: none of them is the one whose answer got lost. */
  readonly knownRunIds?: readonly string[]
  /** What SDDC Manager has no prechecks for, by name. */
  readonly unchecked?: readonly string[]
  /** Keys (text and resources) of the findings of the run before, to mark what is new. */
  readonly before?: readonly string[]
}

export interface Evaluation {
  readonly at: number
  readonly errors: number
  readonly warnings: number
  readonly gaps: number
  readonly findings: readonly Finding[]
  /** Over findings and counts, not the run. */
  readonly digest: string
  readonly link?: string
}

/** Who let the run pass which findings. */
export interface Acknowledgement {
  readonly by: Person
  readonly at: number
  readonly digest: string
  /** Warnings by a press, warnings by the ignore-alerts switch, or errors by two presses. */
  readonly how: 'pressed' | 'switch' | 'overridden'
}
