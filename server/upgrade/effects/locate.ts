import type { Run, Step } from '../../ports/facts.ts'
import type { Upgrade } from '../../ports/vcf-words.ts'
import { withLastStep } from '../facts.ts'
import { learned, notYet, stopped } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** How often a request without an answer is looked for before a person is asked. */
const looks = 2

/** Looks for a request whose answer never came. Found: it is ours. Not found after a second look: a person decides, we never send it twice on our own. */
export function findUpgrade({ vcf, now }: EffectDependencies): Effect {
  return async ({ run }) => {
    const step = run.steps.at(-1)!
    const found = (await vcf.upgrades(step.request.bundleId)).find((upgrade) => isOurs(upgrade, step, run))
    if (found) {
      const learn = (known: Run) =>
        withLastStep(known, (open) => ({ ...open, upgradeId: found.id, taskId: found.taskId, startedAt: open.requestedAt }))
      return learned(learn, [{ level: 'info', text: `${stepName(step)}: the request had arrived; following it` }])
    }
    if (step.confirmedLostBy) {
      const text = `${stepName(step)}: the request never arrived, confirmed by ${step.confirmedLostBy.name}; it is sent anew if SDDC Manager still offers it`
      return learned((known) => withLastStep(known, (open) => ({ ...open, outcome: 'lost', finishedAt: now() })), [{ level: 'info', text }])
    }
    const lookedFor = (step.lookedFor ?? 0) + 1
    const learn = (known: Run) => withLastStep(known, (open) => ({ ...open, lookedFor }))
    if (lookedFor < looks) {
      const text = `${stepName(step)}: no answer to the upgrade request; looking whether it arrived`
      return notYet('the upgrade request to appear in SDDC Manager', learn, lookedFor === 1 ? [{ level: 'warning', text }] : [])
    }
    return stopped(
      {
        kind: 'operator',
        of: 'request',
        reason: 'request not found',
        text: `${stepName(step)}: the upgrade was requested, no answer came, and SDDC Manager does not list it.`,
        remediation:
          'Look in SDDC Manager. If it does not run there, press Retry: that confirms it, and it is requested once more. If it does, wait until it is listed, then press Retry.',
      },
      now(),
      learn,
    )
  }
}

/** Of the same bundle and resource, not listed before we asked, and not one that an earlier attempt knows. */
function isOurs(upgrade: Upgrade, step: Step, run: Run): boolean {
  const known = run.steps.some(({ upgradeId, taskId }) => upgradeId === upgrade.id || taskId === upgrade.taskId)
  return !known && !step.before.includes(upgrade.id) && upgrade.resourceIds.includes(step.request.resource.id)
}
