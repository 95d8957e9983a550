import type { Run, Step } from '../../ports/facts.ts'
import type { Upgrade } from '../../ports/vcf-words.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { isAtItsTarget } from '../inventory.ts'
import { learned, type Outcome } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { taskOf } from './progress.ts'

/**
 * A person pressed Retry on a failed step: look first. What VCF runs or has finished since is followed, what is at its target by version is not run
 * again, a task that it calls retryable is retried there, and only else the step is planned anew.
 */
export function reviewFailedStep({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    if (step.upgradeId === undefined) return planAnew(step)
    const upgrade = await readAgain(step.upgradeId)
    if (!upgrade) return planAnew(step)
    if (upgrade.state === 'running') return follow(step, `${stepName(step)}: SDDC Manager is running it again; following it`)
    if (upgrade.state === 'succeeded' || upgrade.state === 'succeeded with warnings') {
      return follow(step, `${stepName(step)}: SDDC Manager finished it since; going on from there`)
    }
    if (isAtItsTarget(await vcf.inventory(domain.id), step)) {
      const text = `${stepName(step)}: SDDC Manager calls it failed, but every version is ${step.to}; it is not run again`
      return follow(step, text, { succeededAt: now() })
    }
    const task = await taskOf(vcf, upgrade)
    if (!task?.retryable) return planAnew(step)
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

/** A new attempt that follows the same upgrade in VCF; the failed one stays as it was. */
function follow(step: Step, text: string, found: Pick<Step, 'taskRetriedAt' | 'succeededAt'> = {}): Outcome {
  const { component, resource, resourceId, from, to, hosts, drift, request, before, attempt, requestedAt, upgradeId, taskId, startedAt } =
    step
  const next: Step = {
    ...{ component, resource, resourceId, from, to, request, before, attempt: attempt + 1, requestedAt, upgradeId, startedAt },
    ...(hosts !== undefined && { hosts }),
    ...(drift && { drift }),
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
