import type { DomainRecord, Run, Step, UpgradeFacts } from '../../server/ports/facts.ts'
import { recordOf } from '../store/records.ts'

export const noon = Date.UTC(2026, 0, 1, 12)
export const minute = 60_000
export const hour = 60 * minute
const olga = { id: 'u1', name: 'Olga' }

/** A step of a component with all that a finished one has. */
export function stepOf(step: Partial<Step> = {}): Step {
  return {
    ...{ component: 'VCENTER', resource: 'vc.example.test', resourceId: 'r1', from: '8.0.2', to: '8.0.3', before: [], attempt: 1 },
    request: { component: 'VCENTER', bundleId: 'b1', resource: { type: 'DOMAIN', id: 'd1' } },
    ...{ requestedAt: noon + hour, upgradeId: 'up-1', startedAt: noon + hour + minute },
    ...step,
  }
}

/** The stations of a run from start to end, each as the record that was saved there. */
export function stations(id: string, runId = 'run-1', start = noon): readonly DomainRecord[] {
  const shift = start - noon
  const base: Run = { ...recordOf(id).facts.run!, id: runId, startedAt: start, steps: [], percent: 0 }
  const at = (run: Run, facts: Partial<UpgradeFacts> = {}): DomainRecord => {
    const { ignoreAlerts: _, ...rest } = recordOf(id).facts
    return { domain: recordOf(id).domain, facts: { ...rest, phase: { name: 'upgrading_vcenter', since: start }, run, ...facts } }
  }
  const evaluation = { at: start + 20 * minute, errors: 1, warnings: 2, gaps: 0, findings: [], digest: 'd1' }
  const checked: Run = { ...base, precheck: { requestedAt: start + 10 * minute, runIds: ['c1'], evaluation } }
  const passed: Run = { ...checked, acknowledgement: { by: olga, at: start + 30 * minute, digest: 'd1', how: 'overridden' } }
  const begun: Run = { ...passed, begunAt: start + 31 * minute }
  const moved = (step: Partial<Step>) => stepOf({ requestedAt: start + hour, startedAt: start + hour + minute, ...step })
  const asked: Run = { ...begun, steps: [moved({})] }
  const failure = { text: 'The disk is "full" ✅ <b>', reference: 'ABC123' }
  const failed: Run = { ...begun, steps: [moved({ outcome: 'failed', finishedAt: noon + shift + 2 * hour, failure })] }
  const halt = { kind: 'failed', of: 'step', reason: 'failed', text: failure.text, at: start + 2 * hour } as const
  const retried = { by: olga, at: start + 3 * hour }
  const again: Run = {
    ...failed,
    retried,
    steps: [...failed.steps, moved({ attempt: 2, upgradeId: 'up-2', requestedAt: start + 3.1 * hour, startedAt: start + 3.1 * hour })],
  }
  const done: Run = {
    ...again,
    steps: [again.steps[0]!, { ...again.steps[1]!, outcome: 'done', finishedAt: start + 4 * hour }],
  }
  const finished: Run = { ...done, percent: 100, finished: { at: start + 5 * hour, outcome: 'successfully_completed' } }
  return [base, checked, passed, begun, asked, { ...failed, halt }, again, done, finished].map((run) => at(run))
}
