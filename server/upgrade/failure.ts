import type { Run } from '../ports/facts.ts'
import type { VcfFailure } from '../ports/vcf.ts'
import { openStep } from './facts.ts'
import type { Stop } from './outcome.ts'

/** Adapters throw their own class; the core knows it by its name only. */
export function isVcfFailure(error: unknown): error is VcfFailure {
  return error instanceof Error && error.name === 'VcfFailure'
}

/** SDDC Manager is upgrading itself: whatever it says or does not say is to be expected. */
export function sddcManagerUpgradesItself(run: Run): boolean {
  const step = openStep(run)
  return step?.component === 'SDDC_MANAGER' && step.upgradeId !== undefined
}

/** How often in a row an answer may be unreadable (cut off on its way) before it counts as one that never parses. */
const unreadableInARow = 3

/** Trouble in reading that ends by itself: ask again, never fail a run for it before its limit. `misses`: looks before this one in a row without an answer. */
export function isWeather(error: unknown, run: Run, misses: number): boolean {
  if (!isVcfFailure(error)) return false
  if (error.kind === 'unreachable' || error.kind === 'credentials' || sddcManagerUpgradesItself(run)) return true
  return error.kind === 'unreadable' && misses + 1 < unreadableInARow
}

/** What stops the run when an effect threw something that is no weather. */
export function stopOf(error: unknown, of: Stop['of']): Stop {
  if (!isVcfFailure(error)) {
    return {
      kind: 'failed',
      of: 'ours',
      reason: 'error of this server',
      text: `An error in this server stopped the run: ${error instanceof Error ? error.message : String(error)}`,
      remediation: 'Press Retry. If it comes back, report it with the log of the server.',
    }
  }
  return {
    kind: 'failed',
    of,
    reason: error.kind === 'missing' ? 'not found in VCF' : error.kind === 'unreadable' ? 'answer not understood' : 'refused by VCF',
    text: error.message,
    ...(error.remediation && { remediation: error.remediation }),
    ...(error.reference && { reference: error.reference }),
  }
}
