import { learned, notYet } from '../outcome.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** Sets the target release and reads it back: without a stored target VCF offers nothing. */
export function ensureTarget({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const stored = await vcf.target(domain.id)
    if (stored === run.target) {
      return learned(
        (known) => ({ ...known, targetSetAt: now() }),
        [{ level: 'info', text: `Target release ${run.target} set and read back` }],
      )
    }
    await vcf.setTarget(domain.id, run.target)
    const replaced =
      stored === undefined ? [] : [{ level: 'warning' as const, text: `The target release ${stored} stored in SDDC Manager is replaced` }]
    const readBack = await vcf.target(domain.id)
    if (readBack !== run.target) return notYet(`SDDC Manager to store the target release ${run.target}`, undefined, replaced)
    return learned(
      (known) => ({ ...known, targetSetAt: now() }),
      [...replaced, { level: 'info', text: `Target release ${run.target} set and read back` }],
    )
  }
}

/** After a cancelled run: takes the target back where it is still ours. */
export function takeTargetBack({ vcf }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const stored = await vcf.target(domain.id)
    if (stored === run.target) await vcf.clearTarget(domain.id)
    const text = stored === run.target ? `Target release ${run.target} taken back` : `No target of this run is stored in SDDC Manager`
    return learned((known) => ({ ...known, targetTakenBack: 'yes' }), [{ level: 'info', text }])
  }
}
