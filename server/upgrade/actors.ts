import { fromPromise } from 'xstate'
import { ensureDownloads } from './effects/downloads.ts'
import { ensureValidation, proveDomain } from './effects/finish.ts'
import { findUpgrade } from './effects/locate.ts'
import { observe } from './effects/observe.ts'
import { planNextStep } from './effects/plan.ts'
import type { Effect, EffectDependencies, Subject } from './effects/port.ts'
import { proveStep } from './effects/prove-step.ts'
import { evaluatePrechecks, readPrechecks } from './effects/read-prechecks.ts'
import { startUpgrade } from './effects/request.ts'
import { reviewFailedStep } from './effects/review.ts'
import { startPrechecks } from './effects/start-prechecks.ts'
import { survey } from './effects/survey.ts'
import { changeTarget, clearTarget, readTarget, readTargetToTakeBack } from './effects/target.ts'
import { readUpgrade } from './effects/watch.ts'

const effects = {
  survey,
  'read target': readTarget,
  'change target': changeTarget,
  'ensure downloads': ensureDownloads,
  'start prechecks': startPrechecks,
  'read prechecks': readPrechecks,
  'evaluate prechecks': evaluatePrechecks,
  'plan next step': planNextStep,
  'start upgrade': startUpgrade,
  'find upgrade': findUpgrade,
  'read upgrade': readUpgrade,
  'prove step': proveStep,
  'review failed step': reviewFailedStep,
  observe,
  'ensure validation': ensureValidation,
  'prove domain': proveDomain,
  'read target to take back': readTargetToTakeBack,
  'clear target': clearTarget,
} as const satisfies Record<string, (dependencies: EffectDependencies) => Effect>

export type EffectName = keyof typeof effects

const actor = (effect: Effect) => fromPromise(({ input }: { input: Subject }) => effect(input))

/** The chart's actors: one call each, never a loop. */
export function createActors(dependencies: EffectDependencies): Record<EffectName, ReturnType<typeof actor>> {
  const named = Object.entries(effects).map(([name, create]) => [name, actor(create(dependencies))] as const)
  return Object.fromEntries(named) as Record<EffectName, ReturnType<typeof actor>>
}
