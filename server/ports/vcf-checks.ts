/** What SDDC Manager's prechecks tell. */
import type { Finding } from '../../shared/upgrade.ts'

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
  /** Ids of what it checks; absent where VCF does not tell. */
  readonly resourceIds?: readonly string[]
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
