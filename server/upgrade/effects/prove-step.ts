import type { Step } from '../../ports/facts.ts'
import { withLastStep } from '../facts.ts'
import { behind, instancesOfStep } from '../inventory.ts'
import { learned, type Outcome, unproven } from '../outcome.ts'
import { componentNames, duration, stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** How many times in a row SDDC Manager must be found ready after its own upgrade: it flaps while it comes back. */
const readyInARow = 3

/** A component is done when its version says so, not when VCF's record does. */
export function proveStep({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    const instances = instancesOfStep(await vcf.inventory(domain.id), step)
    const late = behind(instances, step.to, step.component)
    if (instances.length === 0) return unproven(`${stepName(step)}: SDDC Manager lists no such component`, notReady)
    if (late.length > 0) {
      const versions = late.map(({ name, version }) => `${name} ${version}`).join(', ')
      return unproven(`SDDC Manager reports success, but ${componentNames[step.component]} is not at ${step.to}: ${versions}`, notReady)
    }
    if (step.component !== 'SDDC_MANAGER') return done(step, now())
    const down = await vcf.servicesDown()
    if (down.length > 0) return unproven(`these services of SDDC Manager to be up: ${down.join(', ')}`, notReady)
    await vcf.upgradables(domain, run.target)
    const readyChecks = (step.readyChecks ?? 0) + 1
    if (readyChecks < readyInARow)
      return unproven('SDDC Manager to stay ready', (known) => withLastStep(known, (open) => ({ ...open, readyChecks })))
    return done(step, now(), limits.settle)
  }
}

const notReady = (run: Parameters<typeof withLastStep>[0]) => withLastStep(run, ({ readyChecks: _, ...open }) => open)

/** @param settle how long it is left alone afterwards */
function done(step: Step, at: number, settle = 0): Outcome {
  return learned(
    (known) =>
      withLastStep(known, ({ detail: _, ...open }) => ({
        ...open,
        outcome: 'done',
        finishedAt: at,
        percent: 100,
        ...(open.total !== undefined && { done: open.total }),
        ...(settle > 0 && { settledAt: at + settle }),
      })),
    [
      {
        level: 'ok',
        text: step.drift
          ? `${stepName(step)} is applied, and SDDC Manager is ready`
          : `${stepName(step)} is at ${step.to}, proven by version`,
      },
      ...(settle > 0 ? [{ level: 'info' as const, text: `SDDC Manager is left alone for ${duration(settle)} before it goes on` }] : []),
    ],
  )
}
