/** The gate between prechecks and components: who may let which findings pass, and how. */
import { overrideWindow } from '../../shared/commands.ts'
import { errorsShown, fitFindings } from '../../shared/findings.ts'
import type { UpgradeFacts } from '../ports/facts.ts'
import type { Acknowledgement, Evaluation, Person } from '../ports/gate-facts.ts'
import { count, sentenceList } from './words.ts'

/** A first press on findings with errors. Kept in memory only: it lapses with a restart. */
export interface FirstPress {
  readonly by: Person
  /** Home Assistant's clock. */
  readonly at: number
  readonly digest: string
}

export type Verdict =
  | { readonly passes: true; readonly how: Acknowledgement['how'] }
  | { readonly passes: false; readonly because: 'other findings' | 'first press' | 'too quick' | 'errors were not shown' }

/** A press on Acknowledge. */
export interface GatePress {
  readonly by: Person
  /** Home Assistant's clock. */
  readonly at: number
  /** Digest of the findings that were shown then; undefined: none, as far as is known. */
  readonly shown: string | undefined
}

/** `3 errors, 1 critical gap and 4 warnings`: the same words wherever the gate is spoken of. */
export function gateCounts(evaluation: Pick<Evaluation, 'errors' | 'gaps' | 'warnings'>): string {
  return sentenceList([...blocking(evaluation), count(evaluation.warnings, 'warning')])
}

/** `3 errors and 1 critical gap`: what an override overrides. */
export function blockingCounts(evaluation: Pick<Evaluation, 'errors' | 'gaps'>): string {
  return sentenceList(blocking(evaluation))
}

function blocking({ errors, gaps }: Pick<Evaluation, 'errors' | 'gaps'>): readonly string[] {
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...(gaps > 0 ? [count(gaps, 'critical gap')] : [])]
}

export function blocks(evaluation: Evaluation): boolean {
  return evaluation.errors > 0 || evaluation.gaps > 0
}

export function needsAcknowledgement(evaluation: Evaluation): boolean {
  return blocks(evaluation) || evaluation.warnings > 0
}

/** The findings as they stand were let pass. Another digest asks again. */
export function isAcknowledged(facts: UpgradeFacts): boolean {
  const evaluation = facts.run?.precheck?.evaluation
  if (!evaluation) return false
  return !needsAcknowledgement(evaluation) || facts.run?.acknowledgement?.digest === evaluation.digest
}

/** Only warnings, and ignore-alerts is on. The switch never passes errors. */
export function switchLetsPass(facts: UpgradeFacts): boolean {
  const evaluation = facts.run?.precheck?.evaluation
  return evaluation !== undefined && facts.ignoreAlerts?.on === true && !blocks(evaluation)
}

/** Errors that the person could not read in Home Assistant cannot be overridden there: neither those that did not fit nor those that VCF only counts. */
export function errorsWereHidden(evaluation: Evaluation): boolean {
  if (!blocks(evaluation)) return false
  const { shown, hiddenErrors } = fitFindings(evaluation.findings)
  return hiddenErrors > 0 || errorsShown(shown) < evaluation.errors + evaluation.gaps
}

/** What a press on Acknowledge means: it belongs to the findings that its person was shown. */
export function judge(evaluation: Evaluation, press: GatePress, first: FirstPress | undefined): Verdict {
  if (press.shown !== evaluation.digest) return { passes: false, because: 'other findings' }
  if (!blocks(evaluation)) return { passes: true, how: 'pressed' }
  if (errorsWereHidden(evaluation)) return { passes: false, because: 'errors were not shown' }
  const between = first ? press.at - first.at : Number.POSITIVE_INFINITY
  const sameHand =
    first !== undefined && first.by.id === press.by.id && first.digest === evaluation.digest && between <= overrideWindow.atMost
  if (!sameHand) return { passes: false, because: 'first press' }
  if (between < overrideWindow.atLeast) return { passes: false, because: 'too quick' }
  return { passes: true, how: 'overridden' }
}
