/** VCF's status words in the port's. Most are undocumented or spelled in several ways; an unknown one is `running`: it obeys the deadline. */
import type { CheckResult } from '../ports/vcf-checks.ts'
import type { Credential, ResourceTrouble } from '../ports/vcf-health.ts'
import type { BundleState, ReleaseValidation, WorkState } from '../ports/vcf-words.ts'

/** `Upgrade.status`, `Task.status` (api-facts §8.3, §2). */
export function workState(word: string | undefined): WorkState {
  const letters = lettersOf(word)
  if (/^COMPLETED(WITHSUCCESS)?$|^SUCCESS(FUL)?$|^SUCCEEDED$/.test(letters)) return 'succeeded'
  if (/^COMPLETEDWITHWARNINGS?$|^SKIPPED$/.test(letters)) return 'succeeded with warnings'
  if (letters.includes('FAIL')) return 'failed'
  // On its way to be cancelled it still runs.
  if (letters.includes('CANCEL') && !letters.includes('INPROGRESS')) return 'cancelled'
  return 'running'
}

/** `SubTask.status`, `Stage.status`: whether nothing more will come of it. */
export function isOver(word: string | undefined): boolean {
  return workState(word) !== 'running' || lettersOf(word) === 'NOTAPPLICABLE'
}

/** `SubTask.status`, `Stage.status`: whether it is being worked on, as opposed to not begun. */
export function isUnderWay(word: string | undefined): boolean {
  return /^(INPROGRESS|RUNNING)$/.test(lettersOf(word))
}

/** `Bundle.downloadStatus`, with the words of the SDDC Manager variant (api-facts §6). */
export function bundleState(word: string): BundleState {
  const letters = lettersOf(word)
  if (/^(PENDING|AVAILABLE)$/.test(letters)) return 'available'
  if (/^SUCCESS(FUL)?$/.test(letters)) return 'downloaded'
  if (letters === 'RECALLED') return 'recalled'
  if (letters.includes('FAIL') || letters.includes('CANCELLED')) return 'failed'
  return 'running'
}

/** `AssessmentOutput.status`, `AssessmentTaskInfo.state`; empty on the first polls (api-facts §7). A cancelled run proves nothing: it failed. */
export function checkState(word: string | undefined): CheckResult['state'] {
  const state = workState(word)
  if (state === 'running') return 'running'
  return state === 'succeeded' || state === 'succeeded with warnings' ? 'completed' : 'failed'
}

/** `Validation.executionStatus` and `.resultStatus` together (api-facts §9): completed alone may have failed. */
export function validationState(execution: string, result: string | undefined): ReleaseValidation['state'] {
  const ended = lettersOf(execution)
  if (/^(FAILED|CANCELLED|SKIPPED)$/.test(ended)) return 'failed'
  if (ended !== 'COMPLETED') return 'running'
  const outcome = lettersOf(result)
  if (/^(SUCCEEDED|SUCCESS(FUL)?)$/.test(outcome)) return 'passed'
  if (/^(FAILEDWITH)?WARNINGS?$/.test(outcome)) return 'passed with warnings'
  return outcome.includes('FAIL') || outcome === 'CANCELLED' ? 'failed' : 'running'
}

/** `CredentialsTask.status` (api-facts §10): INCONSISTENT, some passwords were changed and some not, blocks like a failure. */
export function credentialTaskState(word: string | undefined): WorkState {
  return lettersOf(word) === 'INCONSISTENT' ? 'failed' : workState(word)
}

/** `DepotAccount.status` (api-facts §6). */
export function depotState(word: string | undefined): 'connected' | 'no account' | 'not connected' {
  const letters = lettersOf(word)
  if (letters === 'DEPOTCONNECTIONSUCCESSFUL') return 'connected'
  return letters === 'DEPOTUSERNOTSET' ? 'no account' : 'not connected'
}

/** `ExpirationDetails.status` of a credential (api-facts §10). */
export function expiryState(word: string | undefined): Credential['expiry'] {
  const known = { ACTIVE: 'active', EXPIRING: 'expiring', EXPIRED: 'expired' } as const
  return known[lettersOf(word) as keyof typeof known] ?? 'unknown'
}

/** `ExpirationDetails.connectivityStatus` of a credential (api-facts §10). */
export function connectivityState(word: string | undefined): Credential['connected'] {
  const letters = lettersOf(word)
  return letters === 'ACTIVE' ? 'yes' : letters === 'ERROR' ? 'no' : 'unknown'
}

/**
 * `Domain.status`, `Cluster.status`, `Host.configurationStatus` before an upgrade (api-facts §4): in error or activating it may not begin (§12 row 20);
 * of any other change, and of a word that nobody knows, a person decides. Undefined when all is well.
 */
export function severityOfStatus(word: string | undefined): ResourceTrouble['severity'] | undefined {
  const letters = lettersOf(word)
  if (/^(ERROR|ACTIVATING)$/.test(letters)) return 'error'
  return /^(ACTIVE|UPGRADING|)$/.test(letters) ? undefined : 'warning'
}

/** Case, blanks and underscores vary between paths and releases. */
function lettersOf(word: string | undefined): string {
  return (word ?? '').replace(/[^a-z]/gi, '').toUpperCase()
}
