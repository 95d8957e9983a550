/** The components of an upgrade as they are shown, one row each. */
import { components } from '../../shared/upgrade.ts'
import type { StepView } from '../../shared/view.ts'
import type { ExpectedStep, Forgotten, Run, Step } from '../ports/facts.ts'
import type { Detection } from './detection.ts'
import { wasRequested } from './forgotten.ts'
import { isSameWork } from './inventory.ts'
import { resourceName } from './words.ts'

const notStartedHere = 'Not started here'
const ofForgotten = 'Requested by the forgotten run'
const reachedElsewhere = 'At its version, by other means than this run'

/** The expected steps in VCF's order, each with its newest attempt; those that nobody expected (configuration drift) after their component. */
export function stepsOf(run: Run, forgotten?: Forgotten): readonly StepView[] {
  const expected = run.expected ?? []
  const newest = run.steps.filter((step, at) => !run.steps.slice(at + 1).some((later) => isSameWork(later, step)))
  const rest = newest.filter((step) => !expected.some((one) => isSameWork(one, step)))
  return [...expected.map((one) => newest.find((step) => isSameWork(step, one)) ?? one), ...rest]
    .sort((a, b) => components.indexOf(a.component) - components.indexOf(b.component))
    .map((step) => stepView(step, run, whose(forgotten, step)))
}

/** What an upgrade would bring; and what of it somebody has begun without it. */
export function stepsAhead({ expected = [], underWay = [] }: Partial<Detection> = {}, forgotten?: Forgotten): readonly StepView[] {
  return expected.map((step) => {
    const begun = underWay.some((one) => isSameWork(one, step))
    return begun ? { ...waiting(step, 'running'), detail: `${whose(forgotten, step)}. Start follows it to its end` } : waiting(step)
  })
}

/** What is told of work that this run did not request. */
function whose(forgotten: Forgotten | undefined, step: ExpectedStep): string {
  return wasRequested(forgotten, [step]) ? ofForgotten : notStartedHere
}

function waiting(step: ExpectedStep, state: 'pending' | 'running' | 'skipped' = 'pending'): StepView {
  const { component, from, to, hosts } = step
  return {
    component,
    resource: resourceName(step),
    from,
    to,
    state,
    ...(component === 'ESX_HOST' && hosts !== undefined && { done: 0, total: hosts }),
  }
}

function stepView(step: Step | ExpectedStep, { noStepLeftAt }: Run, origin: string): StepView {
  const isRequested = 'request' in step
  if (noStepLeftAt !== undefined && !(isRequested && step.outcome === 'done'))
    return { ...waiting(step, 'skipped'), detail: reachedElsewhere }
  if (!isRequested) return waiting(step)
  const { component, from, to, percent, done, total, startedAt, finishedAt, failure } = step
  const told = failure?.text ?? step.detail
  const detail = step.foreign ? [origin, told].filter(Boolean).join(': ') : told
  return {
    ...{ component, resource: resourceName(step), from, to, state: stateOf(step) },
    ...(percent !== undefined && { percent }),
    ...(done !== undefined && { done }),
    ...(total !== undefined && { total }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    ...(detail !== undefined && { detail }),
  }
}

function stateOf(step: Step): StepView['state'] {
  if (step.outcome) return step.outcome === 'done' ? 'done' : 'failed'
  return step.upgradeId === undefined ? 'requested' : 'running'
}
