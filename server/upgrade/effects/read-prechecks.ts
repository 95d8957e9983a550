import type { Finding } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { Evaluation } from '../../ports/gate-facts.ts'
import type { CheckCounts, CheckResult } from '../../ports/vcf-checks.ts'
import type { LogEntry } from '../facts.ts'
import { blocks, gateCounts, needsAcknowledgement } from '../gate.ts'
import { learned, notYet, type Stop, stopped } from '../outcome.ts'
import { preflight } from '../preflight/preflight.ts'
import { count } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

const rank: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 }

/** Follows the check-set runs to their end. */
export function readPrechecks({ vcf, now }: EffectDependencies): Effect {
  return async ({ run }) => {
    const results = await Promise.all(run.precheck!.runIds.map((id) => vcf.checkResult(id)))
    const percent = Math.round(
      results.reduce((sum, result) => sum + (result.state === 'running' ? (result.percent ?? 0) : 100), 0) / results.length,
    )
    if (results.some(({ state }) => state === 'running')) return notYet('the prechecks in SDDC Manager', withPrecheck({ percent }))
    return learned(withPrecheck({ percent: 100, finishedAt: now() }))
  }
}

/** Judges what the prechecks and our own look beside them found. An incomplete result is never taken for a clean one. */
export function evaluatePrechecks({ vcf, now, digest }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const { runIds } = run.precheck!
    const results = await Promise.all(runIds.map((id) => vcf.checkResult(id)))
    const listed = merge(results)
    const own = await preflight(vcf, { domain, run })
    const findings = [...listed, ...own].sort((a, b) => rank[a.severity] - rank[b.severity])
    const link = vcf.precheckLink(domain, runIds[0]!)
    const counts = withOwn(countAll(results, listed), own)
    const evaluation: Evaluation = {
      at: now(),
      ...counts,
      findings,
      digest: digest(
        JSON.stringify([counts.errors, counts.warnings, counts.gaps, findings.map((finding) => JSON.stringify(finding)).sort()]),
      ),
      ...(link !== undefined && { link }),
    }
    const learn = withPrecheck({ evaluation })
    if (results.some(({ state }) => state !== 'completed')) return stopped(notCompleted, now(), learn)
    if (results.some((result) => result.counts === undefined)) return stopped(noSummary, now(), learn)
    return learned(learn, [summary(evaluation)])
  }
}

function withPrecheck(patch: Partial<NonNullable<Run['precheck']>>): (run: Run) => Run {
  return (run) => (run.precheck ? { ...run, precheck: { ...run.precheck, ...patch } } : run)
}

/** Counts as VCF gives them, but never fewer than the findings it lists. */
function countAll(results: readonly CheckResult[], findings: readonly Finding[]): CheckCounts {
  const sum = (key: keyof CheckCounts) => results.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0)
  const listed = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  const gaps = sum('gaps')
  return { errors: Math.max(sum('errors'), listed('error') - gaps), warnings: Math.max(sum('warnings'), listed('warning')), gaps }
}

function withOwn({ errors, warnings, gaps }: CheckCounts, own: readonly Finding[]): CheckCounts {
  const ours = (severity: Finding['severity']) => own.filter((finding) => finding.severity === severity).length
  return { errors: errors + ours('error'), warnings: warnings + ours('warning'), gaps }
}

function merge(results: readonly CheckResult[]): readonly Finding[] {
  const seen = new Map(results.flatMap(({ findings }) => findings).map((finding) => [JSON.stringify(finding), finding]))
  return [...seen.values()]
}

function summary(evaluation: Evaluation): LogEntry {
  if (!needsAcknowledgement(evaluation)) {
    const remarks = evaluation.findings.filter(({ severity }) => severity === 'info').length
    const beside = remarks === 0 ? '' : ` (${count(remarks, 'remark')} beside: what SDDC Manager cannot tell)`
    return { level: 'ok', text: `Prechecks passed without errors or warnings${beside}. The run goes on.` }
  }
  return {
    level: blocks(evaluation) ? 'error' : 'warning',
    text: `Prechecks finished: ${gateCounts(evaluation)}`,
    details: evaluation.findings.filter(({ severity }) => severity !== 'info').map(line),
    ...(evaluation.link !== undefined && { link: { label: 'Details in SDDC Manager', url: evaluation.link } }),
  }
}

function line({ severity, resources, text, remediation, source }: Finding): string {
  const where = resources.length > 0 ? `${resources.join(', ')}: ` : ''
  return `${severity === 'error' ? 'Error' : 'Warning'}: ${source ? `${source}: ` : ''}${where}${text}${remediation ? ` (${remediation})` : ''}`
}

const notCompleted: Stop = {
  kind: 'failed',
  of: 'prechecks',
  reason: 'prechecks failed',
  text: 'SDDC Manager reports that the prechecks themselves failed (COMPLETED_WITH_FAILURE).',
  remediation: 'Read the findings, mend what they name, then press Retry: the prechecks run again.',
}

const noSummary: Stop = {
  kind: 'failed',
  of: 'prechecks',
  reason: 'prechecks without a summary',
  text: 'The prechecks ended without a summary, so nothing is known about errors and warnings.',
  remediation: 'Press Retry: the prechecks run again.',
}
