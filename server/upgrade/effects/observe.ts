import type { Run, Step } from '../../ports/facts.ts'
import { isMissing, isSettled } from '../downloads/bundle-facts.ts'
import { seen } from '../downloads/seen.ts'
import { openStep, withLastStep } from '../facts.ts'
import { learned, type Outcome } from '../outcome.ts'
import { stepName } from '../words.ts'
import { attempt } from './attempt.ts'
import type { Effect, EffectDependencies, Subject } from './port.ts'
import { readProgress } from './progress.ts'

/** After a limit passed: keeps reading for the person who looks. Sends nothing and decides nothing. */
export function observe({ vcf, now }: EffectDependencies): Effect {
  return (subject) => {
    const step = openStep(subject.run)
    if (step?.upgradeId !== undefined) return observeStep(subject, step, step.upgradeId)
    // Downloads come again in the middle of a run, for a bundle that VCF offers and does not have yet.
    const awaitsBundles = !subject.run.precheck?.complete || subject.run.bundles.some(isMissing)
    return awaitsBundles ? observeDownloads(subject) : observePrechecks(subject)
  }

  async function observeStep({ domain }: Subject, step: Step, id: string): Promise<Outcome> {
    const upgrade = await vcf.upgrade(id)
    if (upgrade.state === 'running') {
      const progress = await readProgress(vcf, domain, step, upgrade)
      return learned((known) => withLastStep(known, (open) => ({ ...open, ...progress })))
    }
    const detail = `Meanwhile SDDC Manager reports ${upgrade.word}: press Retry to go on from there`
    const log = step.detail === detail ? [] : [{ level: 'info' as const, text: `${stepName(step)}: ${detail}` }]
    return learned((known) => withLastStep(known, (open) => ({ ...open, detail })), log)
  }

  async function observePrechecks({ run }: Subject): Promise<Outcome> {
    const results = await Promise.all(run.precheck!.runIds.map((id) => vcf.checkResult(id)))
    const ended = results.every(({ state }) => state !== 'running')
    const percent = ended ? 100 : Math.round(results.reduce((sum, result) => sum + (result.percent ?? 0), 0) / results.length)
    return learned(withPercent(percent), ended && run.precheck?.percent !== 100 ? meanwhile('the prechecks ended') : [])
  }

  async function observeDownloads({ run }: Subject): Promise<Outcome> {
    const bytes = await attempt(() => vcf.downloadedBytes())
    const bundles = await Promise.all(
      run.bundles.map(async (fact) => (isSettled(fact) ? fact : seen(fact, await vcf.bundle(fact.id), bytes?.[fact.id], now()).fact)),
    )
    const missed = (facts: Run['bundles']) => facts.some(isMissing)
    return learned(
      (known) => ({ ...known, bundles }),
      missed(run.bundles) && !missed(bundles) ? meanwhile('every bundle is downloaded') : [],
    )
  }
}

function withPercent(percent: number): (run: Run) => Run {
  return (run) => (run.precheck ? { ...run, precheck: { ...run.precheck, percent } } : run)
}

function meanwhile(what: string) {
  return [{ level: 'info' as const, text: `Meanwhile ${what}: press Retry to go on from there` }]
}
