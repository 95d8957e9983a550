import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { Run, Step } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Upgrade } from '../../ports/vcf-words.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { behind } from '../inventory.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { readFailure, readProgress } from './progress.ts'

/** Reads the upgrade that VCF runs for the open step: its progress, its end, and when it failed why. */
export function readUpgrade({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    const upgrade = await recordOf(vcf, domain, step)
    if (upgrade === 'gone') {
      const text = `${stepName(step)}: its record is gone from SDDC Manager, but version ${step.to} is there`
      return learned(succeeded(now()), [{ level: 'warning', text }])
    }
    if (upgrade.state === 'succeeded')
      return learned(succeeded(now()), [{ level: 'info', text: `${stepName(step)}: SDDC Manager reports success; checking versions` }])
    if (upgrade.state === 'succeeded with warnings') {
      return learned(succeeded(now()), [
        { level: 'warning', text: `${stepName(step)}: SDDC Manager reports success with warnings (${upgrade.word}); checking versions` },
      ])
    }
    const retriedJustNow = step.taskRetriedAt !== undefined && now() - step.taskRetriedAt < 2 * limits.pollEvery
    if (upgrade.state === 'running' || retriedJustNow) {
      const progress = await readProgress(vcf, domain, step, upgrade)
      return notYet(`SDDC Manager to finish ${stepName(step)}`, (known) => withLastStep(known, (open) => ({ ...open, ...progress })))
    }
    return failed(step, upgrade)
  }

  async function failed(step: Step, upgrade: Upgrade): Promise<Outcome> {
    const failure = await readFailure(vcf, upgrade)
    const what = upgrade.state === 'cancelled' ? 'was cancelled in SDDC Manager' : 'failed'
    return stopped(
      { kind: 'failed', of: 'step', reason: 'component upgrade failed', ...failure, text: `${stepName(step)} ${what}: ${failure.text}` },
      now(),
      (known) => withLastStep(known, (open) => ({ ...open, outcome: 'failed', finishedAt: now(), failure })),
    )
  }
}

function succeeded(at: number): (run: Run) => Run {
  return (run) => withLastStep(run, ({ detail: _, ...open }) => ({ ...open, succeededAt: at }))
}

/** SDDC Manager may lose its record while it upgrades itself; then only the version tells. For all others a lost record stops the run. */
async function recordOf(vcf: Vcf, domain: DomainIdentity, step: Step): Promise<Upgrade | 'gone'> {
  try {
    return await vcf.upgrade(step.upgradeId!)
  } catch (error) {
    if (step.component !== 'SDDC_MANAGER' || !isVcfFailure(error) || error.kind !== 'missing') throw error
    const { sddcManagers } = await vcf.inventory(domain.id)
    if (sddcManagers.length === 0 || behind(sddcManagers, step.to, 'SDDC_MANAGER').length > 0) throw error
    return 'gone'
  }
}
