import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run, Step, UpgradeFacts } from '../../server/ports/facts.ts'
import type { Upgradable } from '../../server/ports/vcf-words.ts'
import { questions } from '../../server/upgrade/guards.ts'
import { offersAtEnd } from '../../server/upgrade/offers-at-end.ts'
import { afterRetry } from '../../server/upgrade/retry.ts'

const olga = { id: 'o', name: 'Olga' }
const done: Step = {
  ...{ component: 'ESX_HOST', resource: 'cl01', resourceId: 'c', from: '1', to: '2', before: [], attempt: 1, outcome: 'done' },
  request: { component: 'ESX_HOST', bundleId: 'esx', resource: { type: 'CLUSTER', id: 'c' } },
}
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: olga, from: '5.2.0.0', target: '5.2.1.0', bom: {}, bundles: [], percent: 99 },
  ...{ steps: [done], expected: [], noStepLeftAt: 5, validation: { id: 'v', outcome: 'passed' } },
}
const offer = (more: Partial<Upgradable>): Upgradable => ({
  ...{ bundleId: 'b', names: [], resourceId: 'd', resourceType: 'DOMAIN', available: true, word: 'AVAILABLE', errors: [] },
  ...more,
})

for (const [what, one, blocking, others] of [
  ['a component that is done', offer({ component: 'ESX_HOST', available: false, over: true, word: 'COMPLETED' }), [], []],
  [
    'a component in an unknown state',
    offer({ component: 'VCENTER', available: false, word: 'MUSING' }),
    ['still offered: vCenter MUSING'],
    [],
  ],
  ['a component that waits', offer({ component: 'VCENTER', available: false, word: 'PENDING' }), ['still offered: vCenter PENDING'], []],
  [
    'what this run has done already',
    offer({ component: 'ESX_HOST', bundleId: 'esx' }),
    ['still offered and not requested again: ESX AVAILABLE'],
    [],
  ],
  [
    'a product that is not upgraded here',
    offer({ names: ['VCF_VRSLCM_UPGRADE', 'VMWARE_SOFTWARE'] }),
    [],
    ['Also offered, and not upgraded here: Aria Suite Lifecycle AVAILABLE'],
  ],
  ['the same where it cannot be had', offer({ names: ['VRSLCM'], available: false, over: true, word: 'NOT_AVAILABLE' }), [], []],
  ['a kind that nobody knows', offer({ names: ['QUANTUM_BRIDGE'] }), ['still offered: QUANTUM_BRIDGE AVAILABLE'], []],
] as const) {
  test(`at the end ${what} is ${blocking.length > 0 ? 'against it' : 'not against it'}`, () => {
    const found = offersAtEnd([one], run)

    assert.deepEqual([found.blocking, found.others], [blocking, others])
  })
}

const halted = (more: Partial<Run>): UpgradeFacts => ({
  phase: { name: 'failed', since: 0 },
  run: { ...run, halt: { kind: 'failed', of: 'limit', reason: 'proof is missing', text: 'x', at: 1 }, ...more },
  log: [],
})
const mayHaveAStepLeft = (facts: UpgradeFacts) => questions['may have a step left'](facts)

test('something new that is offered at the end is told as what Retry goes on with, and Retry looks for it', () => {
  assert.match(offersAtEnd([offer({ component: 'SDDC_MANAGER' })], run).remedy!, /Retry goes on with it/)

  const after = afterRetry(halted({}), olga, 9)

  assert.ok(mayHaveAStepLeft(after))
  assert.equal(after.run!.validation, undefined, 'validated again')
})

test('what was offered before and is done is nothing for Retry, and a validation under way is waited for as it is', () => {
  assert.equal(offersAtEnd([offer({ component: 'ESX_HOST', bundleId: 'esx' })], run).remedy, undefined)

  const after = afterRetry(halted({ validation: { id: 'v' } }), olga, 9)

  assert.ok(!mayHaveAStepLeft(after))
  assert.deepEqual(after.run!.validation, { id: 'v' })
})
