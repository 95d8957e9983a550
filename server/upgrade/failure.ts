import type { DomainIdentity } from '../../shared/upgrade.ts'
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

/** Single sign-on lives on the management vCenter: while that is upgraded a refused sign-in says nothing about the password (`api-facts.md` §11). */
export function signInMayBeAway({ type }: DomainIdentity, run: Run): boolean {
  const step = openStep(run)
  return step?.upgradeId !== undefined && (step.component === 'SDDC_MANAGER' || (step.component === 'VCENTER' && type === 'MANAGEMENT'))
}

export const signInIsAway =
  'SDDC Manager refuses to sign anybody in while single sign-on is away: it lives on what is being upgraded. That is expected; it is tried again every 2 minutes.'

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
    ...(error.kind === 'missing' ? missing : error.kind === 'unreadable' ? unreadable : refused),
    text: `${doing[of]} stopped: ${error.message}`,
    ...(error.remediation && { remediation: error.remediation }),
    ...(error.reference && { reference: error.reference }),
  }
}

/** What the run was at, for a message that does not say it. */
const doing: Readonly<Record<Stop['of'], string>> = {
  survey: 'The look at what is to be upgraded',
  target: 'Setting the target release',
  downloads: 'The download of bundles',
  prechecks: 'The prechecks',
  plan: 'The search for the next upgrade',
  step: 'Following the upgrade',
  request: 'The search for the upgrade that was requested',
  validation: 'The final validation',
  pause: 'The pause',
  limit: 'Waiting for SDDC Manager',
  ours: 'This server',
}

/** Where VCF gives no remedy of its own. */
const missing = {
  reason: 'not found in VCF',
  remediation: 'Look in SDDC Manager what became of it, then press Retry: it looks again before anything is sent.',
} as const
const unreadable = {
  reason: 'answer not understood',
  remediation:
    'Press Retry to ask again. If it comes back, this server may not know this version of SDDC Manager: report it with the log of the server.',
} as const
const refused = {
  reason: 'refused by VCF',
  remediation:
    'Look in SDDC Manager whether the account of this server may do that and what stands against it, then press Retry: it looks again before anything is sent.',
} as const
