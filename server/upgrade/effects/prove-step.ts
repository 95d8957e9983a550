import type { Step } from '../../ports/facts.ts'
import { withLastStep } from '../facts.ts'
import { type Found, instancesOfStep, lateOfStep, versionWords } from '../inventory.ts'
import { unprovenParts } from '../nsx-parts.ts'
import { learned, type Outcome, unproven } from '../outcome.ts'
import { componentNames, duration, named, stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { unitsOf } from './progress.ts'
import { wholeInventory } from './whole-inventory.ts'

/** How many times in a row SDDC Manager must be found ready after its own upgrade: it flaps while it comes back. */
const readyInARow = 3

/** A component is done when its version says so, not when VCF's record does. */
export function proveStep({ vcf, now, limits }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const step = run.steps.at(-1)!
    const found = step.component === 'NSX_T_MANAGER' ? await wholeInventory(vcf, domain, run) : await vcf.inventory(domain.id)
    if (instancesOfStep(found, step).length === 0) return unproven(`${stepName(step)}: SDDC Manager lists no such component`, notReady)
    const late = lateOfStep(found, step)
    if (late.length > 0) {
      const versions = named(late.map(versionWords))
      return unproven(`SDDC Manager reports success, but ${componentNames[step.component]} is not at ${step.to}: ${versions}`, (known) =>
        withLastStep(notReady(known), (open) => ({ ...open, ...unitsOf(found, open) })),
      )
    }
    if (step.component !== 'SDDC_MANAGER') return done(step, found, now())
    const down = await vcf.servicesDown()
    if (down.length > 0) return unproven(`these services of SDDC Manager to be up: ${named(down)}`, notReady)
    await vcf.upgradables(domain, run.target)
    const readyChecks = (step.readyChecks ?? 0) + 1
    if (readyChecks < readyInARow)
      return unproven('SDDC Manager to stay ready', (known) => withLastStep(known, (open) => ({ ...open, readyChecks })))
    return done(step, found, now(), limits.settle)
  }
}

const notReady = (run: Parameters<typeof withLastStep>[0]) => withLastStep(run, ({ readyChecks: _, ...open }) => open)

/** @param settle how long it is left alone afterwards */
function done(step: Step, found: Found, at: number, settle = 0): Outcome {
  const gap = step.component === 'NSX_T_MANAGER' ? unprovenParts(found.nsxParts) : undefined
  return learned(
    (known) =>
      withLastStep(known, ({ detail: _, done: __, total: ___, ...open }) => ({
        ...open,
        ...unitsOf(found, open),
        outcome: 'done',
        finishedAt: at,
        percent: 100,
        ...(gap !== undefined && { detail: `Only the managers are proven: ${gap}` }),
        ...(settle > 0 && { settledAt: at + settle }),
      })),
    [
      { level: 'ok', text: doneText(step, gap) },
      ...(settle > 0 ? [{ level: 'info' as const, text: `SDDC Manager is left alone for ${duration(settle)} before it goes on` }] : []),
    ],
  )
}

function doneText(step: Step, gap: string | undefined): string {
  if (step.drift) return `${stepName(step)} is applied, and SDDC Manager is ready`
  return gap === undefined
    ? `${stepName(step)} is at ${step.to}, proven by version`
    : `${stepName(step)}: its managers are at ${step.to}, proven by version. More is not proven: ${gap}`
}
