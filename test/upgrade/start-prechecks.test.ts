/** Which prechecks a run follows, and which it starts: only those that look at everything, and never those of before. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../server/ports/facts.ts'
import type { CheckRun } from '../../server/ports/vcf-checks.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { startPrechecks } from '../../server/upgrade/effects/start-prechecks.ts'
import { toldVcf } from '../support/told-vcf.ts'

const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const target = '5.2.1.0'
const resource = (id: string, type: string) => ({ id, type, name: id, domain, checkSetIds: ['s'] })
const all = [resource('sddc', 'SDDC_MANAGER'), resource('vc', 'VCENTER'), resource('nsx', 'NSX_T_MANAGER')]
const everything = all.map(({ id }) => id)
const run = (precheck: Partial<NonNullable<Run['precheck']>> = {}): Run => ({
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target, bundles: [], steps: [], percent: 0 },
  bom: { SDDC_MANAGER: '1', VCENTER: '1', NSX_T_MANAGER: '1' },
  precheck: { requestedAt: 1_000, runIds: [], ...precheck },
})
const listed = (id: string, more: Partial<CheckRun> = {}): CheckRun => ({
  ...{ id, target, running: false, resourceIds: everything, startedAt: 9_999_999_999_999 },
  ...more,
})

async function start(of: Run, runs: readonly CheckRun[], resources = all) {
  const begun: string[] = []
  const vcf = toldVcf({
    checkRuns: async () => runs,
    queryChecks: async () => ({ queryId: 'q', resources }),
    runChecks: async () => `new ${begun.push('one')}`,
  })
  const outcome = await startPrechecks({ vcf, now: () => 2_000 } as EffectDependencies)({ domain, run: of })
  return { begun: begun.length, precheck: outcome.learn(of).precheck!, waits: outcome.again, log: outcome.log.map(({ text }) => text) }
}

test('what VCF lists already is written down before anything is started', async () => {
  const { begun, precheck } = await start(run(), [listed('old')])

  assert.deepEqual([begun, precheck.knownRunIds, precheck.runIds], [0, ['old'], []])
})

test('a run of before is never taken for this one, however far ahead the clock of SDDC Manager is', async () => {
  const { begun, precheck } = await start(run({ knownRunIds: ['old'] }), [listed('old')])

  assert.deepEqual([begun, precheck.runIds], [1, ['new 1']])
})

test('one that began since and covers the same is ours whose answer was lost', async () => {
  const { begun, precheck } = await start(run({ knownRunIds: ['old'] }), [listed('old'), listed('lost')])

  assert.deepEqual([begun, precheck.runIds, precheck.complete], [0, ['lost'], true])
})

test('one that runs and covers the same is followed', async () => {
  const { begun, precheck, log } = await start(run({ knownRunIds: ['theirs'] }), [listed('theirs', { running: true })])

  assert.deepEqual([begun, precheck.runIds], [0, ['theirs']])
  assert.match(log[0]!, /this run follows them/)
})

for (const [what, resourceIds] of [
  ['vCenter alone', ['vc']],
  ['what nobody tells', undefined],
] as const) {
  test(`one that somebody started for ${what} is waited for while it runs, and never followed`, async () => {
    const theirs = listed('theirs', { ...(resourceIds ? { resourceIds } : {}), running: true })
    const partial = resourceIds ? theirs : (({ resourceIds: _, ...rest }) => rest)(theirs)

    const meanwhile = await start(run({ knownRunIds: [] }), [partial])
    const after = await start(run({ knownRunIds: [] }), [{ ...partial, running: false }])

    assert.deepEqual([meanwhile.begun, meanwhile.waits, meanwhile.precheck.runIds], [0, true, []])
    assert.deepEqual([after.begun, after.precheck.runIds], [1, ['new 1']])
  })
}

test('what is to be upgraded and is in no answer is remembered as not checked', async () => {
  const expected = [{ component: 'NSX_T_MANAGER', resource: 'nsx-m01', resourceId: 'd', from: '1', to: '2' }] as const
  const { precheck } = await start({ ...run({ knownRunIds: [] }), expected }, [], all.slice(0, 2))

  assert.deepEqual(precheck.unchecked, ['NSX nsx-m01'])
})
