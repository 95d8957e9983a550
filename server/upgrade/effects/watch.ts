import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { Run, Step } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { FailureText, Upgrade } from '../../ports/vcf-words.ts'
import { isWithin } from '../clock-jump.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { remediationAfterFailure } from '../guidance.ts'
import { behind, type Found, isAtItsTarget } from '../inventory.ts'
import { progressed } from '../long-wait.ts'
import { unprovenParts } from '../nsx-parts.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { attempt, readFailure, readProgress, unitsOf } from './progress.ts'
import { wholeInventory } from './whole-inventory.ts'

/** Reads the upgrade that VCF runs for the open step: its progress, its end, and when it failed why. */
export function readUpgrade({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    const upgrade = await recordOf(vcf, domain, run, step)
    if (upgrade instanceof Error) return lost(step, upgrade)
    if (upgrade === 'gone') {
      const there = step.drift ? 'it is not offered any more' : `version ${step.to} is there`
      const text = `${stepName(step)}: its record is gone from SDDC Manager, but ${there}`
      return learned(succeeded(now()), [{ level: 'warning', text }])
    }
    if (upgrade.state === 'succeeded')
      return learned(succeeded(now()), [{ level: 'info', text: `${stepName(step)}: SDDC Manager reports success; checking versions` }])
    if (upgrade.state === 'succeeded with warnings') {
      return learned(succeeded(now()), [
        { level: 'warning', text: `${stepName(step)}: SDDC Manager reports success with warnings (${upgrade.word}); checking versions` },
      ])
    }
    const retriedJustNow = step.taskRetriedAt !== undefined && isWithin(step.taskRetriedAt, now(), 2 * limits.pollEvery)
    if (upgrade.state === 'running' || retriedJustNow) {
      const { moved, log } = progressed(step, await readProgress(vcf, domain, step, upgrade), run.unreachableSince !== undefined, now())
      return notYet(`SDDC Manager to finish ${stepName(step)}`, (known) => withLastStep(known, (open) => ({ ...open, ...moved })), log)
    }
    return failed(domain, run, step, upgrade)
  }

  /** The id that VCF gave means nothing to it any more. Its end is judged by versions when a person says so. */
  function lost(step: Step, error: Error): Outcome {
    const failure = { text: `SDDC Manager does not know the upgrade any more: ${error.message}` }
    const remediation =
      'Look in SDDC Manager what became of it, then press Retry: what is at its version by then is not run again; else Retry confirms that it is gone, and it is requested once more if SDDC Manager offers it.'
    return stopped(
      { kind: 'failed', of: 'step', reason: 'not found in VCF', text: `${stepName(step)}: ${failure.text}`, remediation },
      now(),
      (known) => withLastStep(known, (open) => ({ ...open, outcome: 'lost', finishedAt: now(), failure })),
    )
  }

  async function failed(domain: DomainIdentity, run: Run, step: Step, upgrade: Upgrade): Promise<Outcome> {
    const failure = await readFailure(vcf, upgrade)
    const found = await attempt(() => wholeInventory(vcf, domain, run))
    const what = upgrade.state === 'cancelled' ? 'was cancelled in SDDC Manager' : 'failed'
    const text = `${stepName(step)} ${what}: ${failure.text}`
    const stop =
      found && isAtItsTarget(found, step)
        ? { reason: 'failed but at its target', ...failedAtTarget(step, text, failure, found) }
        : { reason: 'component upgrade failed', ...failure, text, remediation: remediationAfterFailure(step, failure) }
    return stopped({ kind: 'failed', of: 'step', ...stop }, now(), (known) =>
      withLastStep(known, (open) => ({ ...open, ...(found && unitsOf(found, open)), outcome: 'failed', finishedAt: now(), failure })),
    )
  }
}

/** Not to be run again: it is there, though VCF's record says otherwise (`api-facts.md` §12, 8). */
function failedAtTarget(step: Step, text: string, failure: FailureText, found: Found): FailureText {
  const gap = step.component === 'NSX_T_MANAGER' ? unprovenParts(found.nsxParts) : undefined
  const remediation = [
    failure.remediation,
    gap && 'Look in NSX whether its hosts and edges have that version too.',
    'It is not run again. Wait until SDDC Manager has read its inventory anew, then press Retry: it looks again and goes on with what is offered next.',
  ]
  return {
    ...failure,
    text: `${text}${/[.!?]$/.test(text) ? '' : '.'} Yet ${gap ? `its managers are at ${step.to}, as they should be; ${gap}` : `every version of it is ${step.to}, as it should be`}.`,
    remediation: remediation.filter(Boolean).join(' '),
  }
}

function succeeded(at: number): (run: Run) => Run {
  return (run) => withLastStep(run, ({ detail: _, ...open }) => ({ ...open, succeededAt: at }))
}

/**
 * SDDC Manager may lose its record while it upgrades itself; then only the version tells, and of the configuration drift, which has none, that it is
 * not offered any more. For all others a lost record stops the run.
 */
async function recordOf(vcf: Vcf, domain: DomainIdentity, run: Run, step: Step): Promise<Upgrade | 'gone' | Error> {
  try {
    return await vcf.upgrade(step.upgradeId!)
  } catch (error) {
    if (!isVcfFailure(error) || error.kind !== 'missing') throw error
    if (step.component !== 'SDDC_MANAGER') return error
    const { sddcManagers } = await vcf.inventory(domain.id)
    if (sddcManagers.length === 0 || behind(sddcManagers, step.to, 'SDDC_MANAGER').length > 0) throw error
    if (!step.drift) return 'gone'
    const offers = await vcf.upgradables(domain, run.target)
    if (offers.some(({ bundleId }) => bundleId === step.request.bundleId)) throw error
    return 'gone'
  }
}
