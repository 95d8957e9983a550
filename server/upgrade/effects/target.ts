import { isWithin } from '../clock-jump.ts'
import { isVcfFailure } from '../failure.ts'
import { learned, notYet, type Outcome, stopped, toBeWritten } from '../outcome.ts'
import { duration } from '../words.ts'
import type { Effect, EffectDependencies, Subject } from './port.ts'

/** Reads the stored target: without one VCF offers nothing. Says what another one is replaced by before it is. */
export function readTarget({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run, targetChangedAt }) => {
    const stored = await vcf.target(domain.id)
    if (stored === run.target) return standing(run.target, now(), (targetChangedAt ?? Number.NEGATIVE_INFINITY) < run.startedAt)
    const rest = restOfPause(targetChangedAt, now(), limits)
    const awaited = `SDDC Manager to store the target release ${run.target}`
    if (rest > 0) {
      const waits = `${duration(limits.targetPause)} to pass between two changes of the target`
      const text = `The target was changed a moment ago; the next change waits ${duration(rest)}, because SDDC Manager fails on two quick ones`
      return notYet(waits, undefined, run.limit?.waitsFor === waits ? [] : [{ level: 'info', text }])
    }
    if (stored === undefined || run.limit?.waitsFor === awaited) return toBeWritten(awaited)
    const text = `SDDC Manager has ${stored} stored as the target release; it is replaced by ${run.target}`
    return toBeWritten(awaited, [{ level: 'warning', text }])
  }
}

/** Sets the target and reads it back. The transport sends it once; whatever comes of it is read before it is sent again. */
export function changeTarget({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    try {
      await vcf.setTarget(domain.id, run.target)
    } catch (error) {
      const outcome = refusedOrLost(error, run.target, now())
      if (outcome) return outcome
      throw error
    }
    if ((await vcf.target(domain.id)) === run.target) return standing(run.target, now())
    return notYet(`SDDC Manager to store the target release ${run.target}`)
  }
}

/** After a cancelled run: looks whether the target is still ours, when the last change is old enough to be seen and to be followed by another. */
export function readTargetToTakeBack({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run, targetChangedAt }) => {
    if (run.targetStoodBefore)
      return takenBack(`Target release ${run.target} stays in SDDC Manager: it was stored there before this run`, 'no')
    // Recorded before it is changed: what stands there without that is somebody else's.
    if (run.targetSetAt === undefined && (targetChangedAt ?? Number.NEGATIVE_INFINITY) < run.startedAt)
      return takenBack('No target release was set by this run')
    if (restOfPause(targetChangedAt, now(), limits) > 0) return notYet('the last change of the target')
    if ((await vcf.target(domain.id)) === run.target) return toBeWritten('SDDC Manager to take the target back')
    return takenBack('No target of this run is stored in SDDC Manager')
  }
}

export function clearTarget({ vcf }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    await vcf.clearTarget(domain.id)
    return takenBack(`Target release ${run.target} taken back`)
  }
}

/** Milliseconds until the target may be changed again; 0 or less: now. Never more than the pause: the clock may have been set back since. */
export function restOfPause(changedAt: Subject['targetChangedAt'], now: number, { targetPause }: EffectDependencies['limits']): number {
  return changedAt === undefined || !isWithin(changedAt, now, targetPause) ? 0 : Math.min(targetPause, changedAt + targetPause - now)
}

function standing(target: string, now: number, before = false): Outcome {
  const text = before ? `Target release ${target} was stored in SDDC Manager already` : `Target release ${target} set and read back`
  return learned((run) => ({ ...run, targetSetAt: now, ...(before && { targetStoodBefore: true }) }), [{ level: 'info', text }])
}

function takenBack(text: string, how: 'yes' | 'no' = 'yes'): Outcome {
  return learned((run) => ({ ...run, targetTakenBack: how }), [{ level: 'info', text }])
}

/** A refusal stops with VCF's words; a request without an answer may have been taken, so it is read and then sent again. Undefined: neither. */
function refusedOrLost(error: unknown, target: string, now: number): Outcome | undefined {
  if (!isVcfFailure(error)) return undefined
  const { kind, message, remediation, reference } = error
  if (kind === 'unreachable' && !error.nothingSent) {
    const text = `SDDC Manager did not say whether it took the target release ${target}: ${message}. It is read, and set again where it is missing`
    return notYet(`SDDC Manager to store the target release ${target}`, undefined, [{ level: 'warning', text }])
  }
  if (kind !== 'refused' && kind !== 'missing') return undefined
  return stopped(
    {
      kind: 'failed',
      of: 'target',
      reason: 'target refused by VCF',
      text: `SDDC Manager refused ${target} as the target release: ${message}`,
      remediation: remediation ?? 'Mend what it names in SDDC Manager, then press Retry. Cancel ends the run.',
      ...(reference && { reference }),
    },
    now,
  )
}
