/** After a limit passed reading goes on, for the person who looks. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../server/ports/facts.ts'
import type { Bundle } from '../../server/ports/vcf-words.ts'
import { observe } from '../../server/upgrade/effects/observe.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { toldVcf } from '../support/told-vcf.ts'

const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: {}, percent: 40 },
  ...{ steps: [], begunAt: 5, bundles: [{ id: 'there', readyAt: 1 }, { id: 'awaited' }] },
  precheck: { requestedAt: 1, runIds: ['p'], complete: true, percent: 100, finishedAt: 2 },
} as Run

test('a bundle that is awaited in the middle of a run is read on, long after the prechecks', async () => {
  const bundle: Bundle = { id: 'awaited', state: 'downloaded', word: 'SUCCESSFUL' } as Bundle
  const vcf = toldVcf({ bundle: async () => bundle, downloadedBytes: async () => ({}) })

  const outcome = await observe({ vcf, now: () => 9 } as EffectDependencies)({ domain, run })

  assert.equal(outcome.learn(run).bundles[1]?.readyAt, 9)
  assert.deepEqual(
    outcome.log.map(({ text }) => text),
    ['Meanwhile every bundle is downloaded: press Retry to go on from there'],
  )
})
