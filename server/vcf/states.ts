/** VCF's status words in the port's. Most are undocumented or spelled in several ways; an unknown one is `running`: it obeys the deadline. */
import type { CheckResult } from '../ports/vcf-checks.ts'
import type { BundleState, ReleaseValidation, WorkState } from '../ports/vcf-words.ts'

/** `Upgrade.status`, `Task.status` (api-facts §8.3, §2). */
export function workState(word: string | undefined): WorkState {
  const letters = lettersOf(word)
  // On its way to be cancelled, or past a failure, it still runs.
  if (letters.includes('INPROGRESS')) return 'running'
  if (/^COMPLETED(WITHSUCCESS)?$|^SUCCESS(FUL)?$|^SUCCEEDED$/.test(letters)) return 'succeeded'
  if (/^COMPLETEDWITHWARNINGS?$|^SKIPPED$/.test(letters)) return 'succeeded with warnings'
  if (letters.includes('FAIL')) return 'failed'
  return letters.includes('CANCEL') ? 'cancelled' : 'running'
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
  return /^CANCELL?ED$|FAIL/.test(letters) && !letters.includes('INPROGRESS') ? 'failed' : 'running'
}

/** `Upgradable.status` (api-facts §8.1): every other word is for a person to read. */
export function isAvailable(word: string | undefined): boolean {
  return lettersOf(word) === 'AVAILABLE'
}

/** `Upgradable.status` (api-facts §8.1): done, or nothing that could be done. */
export function isOfferOver(word: string | undefined): boolean {
  return lettersOf(word) === 'NOTAVAILABLE' || workState(word).startsWith('succeeded')
}

/** `DomainFutureRelease.applicabilityStatus` (api-facts §5); undefined when it says nothing. */
export function isApplicable(word: string | undefined): boolean | undefined {
  return word ? lettersOf(word) === 'APPLICABLE' : undefined
}

/** `AssessmentOutput.status`, `AssessmentTaskInfo.state`; empty on the first polls (api-facts §7). A cancelled or skipped run proves nothing: it failed. */
export function checkState(word: string | undefined): CheckResult['state'] {
  const state = workState(word)
  if (state === 'running') return 'running'
  if (lettersOf(word) === 'SKIPPED') return 'failed'
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

/** `ValidationCheck.resultStatus` (api-facts §9): whether a person should read it. */
export function isObjection(word: string | undefined): boolean {
  return /FAIL|CANCELLED|WARN/.test(lettersOf(word))
}

/** `UpgradeGuardrailResult.status`, `UpgradeEligibilityResult.status` (9.x; api-facts §8.4): what was skipped or not looked at objects to nothing. */
export function isBarred(word: string | undefined): boolean {
  return /^(FAILED|NOTELIGIBLE)$/.test(lettersOf(word))
}

/** Case, blanks and underscores vary between paths and releases. */
export function lettersOf(word: string | undefined): string {
  return (word ?? '').replace(/[^a-z]/gi, '').toUpperCase()
}
