import type { Run } from '../../ports/facts.ts'
import type { VcfFailure } from '../../ports/vcf.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { handsOff, remediationAfterRefusal } from '../guidance.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

/**
 * Sends the one request that cannot be repeated. It was recorded before. Accepted: the id is learnt. Refused: the attempt has failed.
 * No answer: thrown on, and the chart looks for it.
 */
export function startUpgrade({ vcf, now, otherInCharge }: EffectDependencies): Effect {
  return async ({ run }) => {
    const step = run.steps.at(-1)!
    const what = step.drift ? 'configuration drift bundle' : `upgrade from ${step.from} to ${step.to}`
    const accepted = `${stepName(step)}: ${what} requested and accepted`
    const other = await otherInCharge()
    if (other !== undefined) return held(other)
    // Whoever was in charge meanwhile may have asked for the same: what is to be done is read anew.
    if (run.heldBy !== undefined) return learned((known) => ({ ...known, steps: known.steps.slice(0, -1) }))
    try {
      const upgradeId = await vcf.startUpgrade(step.request)
      const learn = (known: Run) => withLastStep(known, (open) => ({ ...open, upgradeId, startedAt: now() }))
      const warning = handsOff(step)
      return learned(learn, [{ level: 'info', text: accepted, ...(warning !== undefined && { details: [warning] }) }])
    } catch (error) {
      if (isVcfFailure(error) && error.nothingSent) return notSent(error)
      if (isVcfFailure(error) && (error.kind === 'refused' || error.kind === 'missing')) return refused(error)
      throw error
    }

    function held(other: string): Outcome {
      const learn = (known: Run) => withLastStep(known, ({ requestedAt: _, ...open }) => open)
      return { ...notYet(`the other server (${other}) to stop`, learn), held: other }
    }

    /** The read before it failed: the record of the request is taken back, for nothing left. */
    function notSent(error: Error): Outcome {
      return {
        learn: (known) => withLastStep(known, ({ requestedAt: _, ...open }) => open),
        log: [{ level: 'warning', text: `${stepName(step)}: not requested yet, SDDC Manager could not be read: ${error.message}` }],
        again: true,
        waitsFor: 'SDDC Manager to answer before the upgrade is requested',
      }
    }

    function refused(error: VcfFailure): Outcome {
      const failure = {
        text: error.message,
        ...(error.remediation && { remediation: error.remediation }),
        ...(error.reference && { reference: error.reference }),
      }
      return stopped(
        {
          kind: 'failed',
          of: 'step',
          reason: 'refused by VCF',
          ...failure,
          text: `${stepName(step)}: SDDC Manager refused the upgrade: ${error.message}`,
          remediation: remediationAfterRefusal(error.status, error.remediation),
        },
        now(),
        (known) => withLastStep(known, (open) => ({ ...open, outcome: 'failed', finishedAt: now(), failure })),
      )
    }
  }
}
