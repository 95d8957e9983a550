import type { Run, Step } from '../../ports/facts.ts'
import type { Inventory, Upgrade } from '../../ports/vcf-words.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { behind, type Found, isAtItsTarget } from '../inventory.ts'
import { unprovenParts } from '../nsx-parts.ts'
import { learned, type Outcome } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { taskOf } from './progress.ts'
import { wholeInventory } from './whole-inventory.ts'

/**
 * A person pressed Retry on a failed step: look first. What VCF runs or has finished since is followed, what is at its target by version is not run
 * again, a task that it calls retryable is retried there, and only else the step is planned anew.
 */
export function reviewFailedStep({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    const upgrade = step.upgradeId === undefined ? undefined : await readAgain(step.upgradeId)
    if (upgrade?.state === 'running') return follow(step, `${stepName(step)}: SDDC Manager is running it again; following it`)
    if (upgrade?.state === 'succeeded' || upgrade?.state === 'succeeded with warnings') {
      return follow(step, `${stepName(step)}: SDDC Manager finished it since; going on from there`)
    }
    const found = await wholeInventory(vcf, domain, run)
    if (isAtItsTarget(found, step)) return mended(step, found, upgrade, now())
    const task = upgrade && (await taskOf(vcf, upgrade))
    if (!task?.retryable) return isMendedSddcManager(found, step) ? mended(step, found, upgrade, now()) : planAnew(step)
    await vcf.retryTask(task.id)
    return follow(step, `${stepName(step)}: SDDC Manager was asked to retry its failed task`, { taskRetriedAt: now() })
  }

  async function readAgain(id: string): Promise<Upgrade | undefined> {
    try {
      return await vcf.upgrade(id)
    } catch (error) {
      if (isVcfFailure(error) && error.kind === 'missing') return undefined
      throw error
    }
  }
}

/** SDDC Manager's version may be new while services of it are not: what VCF wants to repeat itself comes first, and its proof looks at both. */
function isMendedSddcManager({ sddcManagers }: Inventory, { component, drift, to }: Step): boolean {
  return component === 'SDDC_MANAGER' && !drift && sddcManagers.length > 0 && behind(sddcManagers, to, component).length === 0
}

/** Somebody may have seen to it by hand: the proof by versions follows. */
function mended(step: Step, { nsxParts }: Found, upgrade: Upgrade | undefined, at: number): Outcome {
  const gap = step.component === 'NSX_T_MANAGER' ? unprovenParts(nsxParts) : undefined
  const there = gap ? `its managers are at ${step.to} (${gap})` : `every version is ${step.to}`
  const says = upgrade
    ? `SDDC Manager calls it ${upgrade.state}`
    : step.upgradeId === undefined
      ? 'it was refused'
      : 'its record is gone from SDDC Manager'
  return follow(step, `${stepName(step)}: ${says}, but ${there}; it is not run again`, { succeededAt: at })
}

/** A new attempt that follows the same upgrade in VCF; the failed one stays as it was. */
function follow(step: Step, text: string, found: Pick<Step, 'taskRetriedAt' | 'succeededAt'> = {}): Outcome {
  const { component, resource, resourceId, from, to, hosts, drift, request, before, attempt, foreign } = step
  const { requestedAt, upgradeId, taskId, startedAt } = step
  const next: Step = {
    ...{ component, resource, resourceId, from, to, request, before, attempt: attempt + 1, requestedAt, upgradeId, startedAt },
    ...(hosts !== undefined && { hosts }),
    ...(drift && { drift }),
    ...(foreign && { foreign }),
    ...(taskId !== undefined && { taskId }),
    ...found,
  }
  return learned((known) => ({ ...reviewed(known), steps: [...reviewed(known).steps, next] }), [{ level: 'info', text }])
}

function planAnew(step: Step): Outcome {
  return learned(reviewed, [{ level: 'info', text: `${stepName(step)}: asking SDDC Manager whether it offers it again` }])
}

function reviewed(run: Run): Run {
  return withLastStep(run, ({ reviewBy: _, ...step }) => step)
}
