import assert from 'node:assert/strict'
import test from 'node:test'
import { initialTransition, transition } from 'xstate'
import type { Run, Step, UpgradeFacts } from '../../server/ports/facts.ts'
import { noFacts } from '../../server/upgrade/facts.ts'
import type { MachineDependencies } from '../../server/upgrade/implementation.ts'
import { createUpgradeMachine } from '../../server/upgrade/machine.ts'
import type { Phase } from '../../shared/upgrade.ts'

const now = 1_000_000
const limits = { precheckFresh: 1, resultShown: 1 }
const machine = createUpgradeMachine({ now: () => now, limits, save() {}, show() {}, archive() {} } as unknown as MachineDependencies)
const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const by = { id: 'olga', name: 'Olga' }
const done: Step = {
  ...{ component: 'NSX_T_MANAGER', resource: 'nsx', resourceId: 'd', from: '4.2.0', to: '4.2.1', before: [], attempt: 1, outcome: 'done' },
  request: { component: 'NSX_T_MANAGER', bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' } },
}
const begun: Run = {
  ...{ id: 'r', startedAt: now, startedBy: by, from: '5.2.0.0', target: '5.2.1.0', bom: {}, bundles: [], expected: [], percent: 0 },
  ...{ targetSetAt: now, begunAt: now, steps: [done] },
  precheck: {
    ...{ requestedAt: now, runIds: ['p'], complete: true, finishedAt: now },
    evaluation: { at: now, errors: 0, warnings: 0, gaps: 0, findings: [], digest: '00' },
  },
}

function afterRetry(run: Run, phase: Phase): { state: string; phase: Phase } {
  const halt = { kind: 'failed', of: 'plan', reason: 'x', text: 'x', at: now } as const
  const facts: UpgradeFacts = { ...noFacts(now), phase: { name: phase, since: now }, run: { ...run, halt } }
  const [cold] = initialTransition(machine, { domain, facts })
  const [halted] = transition(machine, cold, { type: 'resume' })
  const [next] = transition(machine, halted, { type: 'retry', by })
  return { state: String(next.value), phase: next.context.facts.phase.name }
}

test('whoever pressed Retry reads of the work that goes on, no longer that it failed', () => {
  assert.deepEqual(afterRetry(begun, 'failed'), { state: 'planning', phase: 'upgrading_nsx' })
  assert.deepEqual(afterRetry(begun, 'waiting_for_operator'), { state: 'planning', phase: 'upgrading_nsx' })
})

test('before the first component that is the start of the upgrades', () => {
  assert.deepEqual(afterRetry({ ...begun, steps: [] }, 'failed'), { state: 'planning', phase: 'starting_upgrades' })
})
