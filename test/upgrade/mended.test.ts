/** A failed step that somebody mended by hand: Retry looks, proves by version and goes on; it sends nothing for what is there. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run, Step } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { Inventory, Upgrade, WorkState } from '../../server/ports/vcf-words.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { reviewFailedStep } from '../../server/upgrade/effects/review.ts'
import { readUpgrade } from '../../server/upgrade/effects/watch.ts'
import { stepsOf } from '../../server/upgrade/steps-shown.ts'
import type { Component } from '../../shared/upgrade.ts'
import { toldVcf, vcfFailure } from '../support/told-vcf.ts'

const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const by = { id: 'o', name: 'Olga' }
const old = '1.0.0.0'
const to = '2.0.0.0'

const step = (component: Component, more: Partial<Step> = {}): Step => ({
  ...{ component, resource: 'r', resourceId: component === 'ESX_HOST' ? 'c' : 'd', from: old, to, before: [], attempt: 1 },
  request: { component, bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' } },
  ...{ requestedAt: 1, upgradeId: 'u', taskId: 't', outcome: 'failed', finishedAt: 2, reviewBy: by },
  ...more,
})
const runOf = (last: Step): Run => ({
  ...{ id: 'r', startedAt: 0, startedBy: by, from: old, target: to, bom: { NSX_T_MANAGER: to }, bundles: [], percent: 0 },
  steps: [last],
})
function inventory(version: string): Inventory {
  const one = [{ id: 'i', name: 'n', version }]
  return { sddcManagers: one, nsx: one, vcenters: one, clusters: [{ id: 'c', name: 'cl', imageBased: false, hosts: one }] }
}
const upgrade = (state: WorkState): Upgrade => ({
  id: 'u',
  taskId: 't',
  bundleId: 'b',
  resourceIds: ['d'],
  state,
  word: state.toUpperCase(),
})
const gone = () => Promise.reject(vcfFailure('missing', '404'))

async function review(last: Step, answers: Partial<Vcf>) {
  const edge = { id: 'e', name: 'edge', version: to }
  const nsxPlan = async () => ({ domainIds: ['d'], hostClusters: [], edgeClusters: [edge] })
  const vcf = toldVcf({ task: gone, nsxPlan, ...answers })
  const outcome = await reviewFailedStep({ vcf, now: () => 9 } as EffectDependencies)({ domain, run: runOf(last) })
  return { after: outcome.learn(runOf(last)), said: outcome.log.map(({ text }) => text).join() }
}

for (const component of ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const) {
  for (const [how, last, answers, says] of [
    ['which VCF still calls failed', {}, { upgrade: async () => upgrade('failed') }, /calls it failed, but every version/],
    ['whose record is gone', { outcome: 'lost' }, { upgrade: gone }, /record is gone.*but every version/],
    ['whose request was refused', { upgradeId: undefined }, {}, /it was refused, but every version/],
  ] as const) {
    test(`${component} ${how}, mended by hand: to be proven, and not run again`, async () => {
      const { after, said } = await review(step(component, last), { ...answers, inventory: async () => inventory(to) })

      assert.deepEqual([after.steps.length, after.steps.at(-1)?.succeededAt, after.steps.at(-1)?.outcome], [2, 9, undefined])
      assert.match(said, says)
    })

    test(`${component} ${how}, not mended: asked for whether it is offered again`, async () => {
      const { after } = await review(step(component, last), { ...answers, inventory: async () => inventory(old) })

      assert.deepEqual([after.steps.length, after.steps[0]?.reviewBy], [1, undefined])
    })
  }
}

for (const state of ['running', 'succeeded', 'succeeded with warnings'] as const) {
  test(`a failed step that is ${state} in SDDC Manager since is followed`, async () => {
    const { after } = await review(step('VCENTER', { foreign: true }), { upgrade: async () => upgrade(state) })

    assert.deepEqual([after.steps.length, after.steps.at(-1)?.outcome, after.steps.at(-1)?.foreign], [2, undefined, true])
  })
}

test('SDDC Manager with a new version and a task that it wants to repeat: the task is repeated, for its version alone proves no service', async () => {
  const asked: string[] = []
  const task = { id: 't', name: 'Upgrade', state: 'failed', retryable: true, createdAt: 0, resourceIds: [] } as const
  await review(step('SDDC_MANAGER'), {
    ...{ upgrade: async () => upgrade('failed'), inventory: async () => inventory(to), task: async () => task },
    retryTask: async (id) => void asked.push(id),
  })

  assert.deepEqual(asked, ['t'])
})

test('an upgrade that SDDC Manager does not know any more stops the run; Retry is told what it confirms', async () => {
  const { outcome: _, finishedAt: __, reviewBy: ___, ...open } = step('NSX_T_MANAGER')
  const outcome = await readUpgrade({ vcf: toldVcf({ upgrade: gone }), now: () => 9 } as EffectDependencies)({ domain, run: runOf(open) })

  const { halt, steps } = outcome.learn(runOf(open))
  assert.deepEqual([halt?.kind, halt?.of, steps[0]?.outcome], ['failed', 'step', 'lost'])
  assert.match(halt!.remediation!, /not run again; else Retry confirms that it is gone/)
})

test('what reached its version by other means is shown so in the end, neither failed nor waiting', () => {
  const run = {
    ...runOf(step('VCENTER')),
    expected: [step('NSX_T_MANAGER')].map(({ component, resource, resourceId, from }) => ({ component, resource, resourceId, from, to })),
  }
  const states = (shown: Run) => stepsOf(shown).map(({ state, detail }) => [state, detail])

  assert.deepEqual(states(run), [
    ['pending', undefined],
    ['failed', undefined],
  ])
  assert.deepEqual(states({ ...run, noStepLeftAt: 9 }), Array(2).fill(['skipped', 'At its version, by other means than this run']))
})
