/** Time limits are moments that were written down: a restart neither shortens nor prolongs one, and what passed meanwhile is the truth at once. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Phase } from '../../shared/upgrade.ts'
import { hour, minute, olga, type RehearsalOptions, rehearse } from '../support/rehearsal.ts'

type Scenario = Parameters<typeof rehearse>[0]
type Component = 'SDDC_MANAGER' | 'NSX_T_MANAGER' | 'VCENTER'

const all = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const

/** A management domain where these are at the target, with every bundle there. */
const done = (...components: Component[]) => ({ start: { atTarget: [{ domain: 'vcf-m01', components }], downloaded: all } })

const slowValidation = { durations: { validation: '5h' }, faults: [{ on: 'validation', do: 'pass' }] } as const

const cases: readonly [Phase, Scenario, RehearsalOptions['limits'], reads: RegExp][] = [
  ['downloading_bundles', 'happy', { downloadLimit: 20 * minute }, /bundle downloads/],
  ['running_prechecks', { ...done(), durations: { precheck: '2h' } }, { precheckLimit: 20 * minute }, /prechecks/],
  ['upgrading_sddc_manager', done(), { stepLimit: 9 * minute }, /finish SDDC Manager/],
  ['upgrading_nsx', done('SDDC_MANAGER'), { stepLimit: 20 * minute }, /finish NSX/],
  ['upgrading_vcenter', done('SDDC_MANAGER', 'NSX_T_MANAGER'), { stepLimit: 20 * minute }, /finish vCenter/],
  ['upgrading_esx', done('SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'), { stepLimit: 6 * minute }, /finish ESX/],
  ['final_validation', { ...done('SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'), ...slowValidation }, {}, /final validation/],
]

for (const [phase, scenario, limits, awaited] of cases) {
  test(`${phase}: its limit is kept over a restart, and one that passed while the server was away halts at the first look; reading goes on`, async (t) => {
    const r = await rehearse(scenario, { limits: { pollEvery: 4 * minute, ...limits } })
    t.after(() => r.close())

    await r.press('start', olga)
    const before = await r.until(phase)
    assert.match(before.awaits!.text, awaited)
    await r.away(minute)
    assert.deepEqual([r.view().phase, r.view().awaits?.until, r.view().awaits?.since], [phase, before.awaits!.until, before.awaits!.since])
    const writes = () =>
      r.simulator
        .requests()
        .filter(({ method, path }) => method !== 'GET' && !/tokens|queries/.test(path))
        .map(({ path }) => path)
    const sent = writes()
    await r.away(before.awaits!.until - r.clock.now() + 2 * minute)

    assert.equal(r.view().phase, 'failed')
    assert.match(r.view().halt!.text, /time limit passed while waiting for/)
    assert.ok(r.view().halt!.remediation)
    assert.equal(r.hub.told.at(-1)?.purpose, 'failed')
    const reads = r.simulator.requests().length
    await r.advance(10 * minute)
    if (phase !== 'final_validation') {
      assert.ok(r.view().overdueSince !== undefined)
      assert.ok(r.simulator.requests().length > reads + 1, 'it reads on')
    }
    // The last look at the downloads may ask for those that were not asked for yet.
    const more = writes().slice(sent.length)
    assert.deepEqual([r.view().phase, more.filter((path) => phase !== 'downloading_bundles' || sent.includes(path))], ['failed', []])
    await r.press('retry', olga)
    assert.ok(r.view().phase !== 'failed', 'Retry waits on')
  })
}

test('a proof that is late is said before its limit, and the limit is kept while nobody looks', async (t) => {
  const r = await rehearse('unchanged-version', { limits: { pollEvery: 4 * minute } })
  t.after(() => r.close())

  await r.press('start', olga)
  while (!/^Not proven yet/.test(r.log().at(-1) ?? '') && r.view().phase !== 'failed') await r.advance(2 * minute)
  const { awaits, phase } = r.view()
  assert.match(phase, /^upgrading_/)
  assert.match(awaits!.text, /reports success, but .* is not at/)
  await r.restart()
  await r.advance(8 * minute)
  assert.equal(r.log().filter((line) => /^Not proven yet/.test(line)).length, 1, 'once')
  await r.away(awaits!.until - r.clock.now() + minute)

  assert.equal(r.view().phase, 'failed')
  assert.match(r.view().halt!.text, /^The proof is missing/)
})

test('a component that stands still is told once, with what to do, also over a restart; when it moves again that is over', async (t) => {
  const r = await rehearse({
    ...done('SDDC_MANAGER'),
    faults: [{ on: 'upgrade', component: 'NSX_T_MANAGER', do: 'stall', percent: 40, lasts: '3h' }],
  })
  t.after(() => r.close())
  const stalls = () => r.hub.told.filter(({ purpose }) => purpose === 'stalled')

  await r.press('start', olga)
  await r.until('upgrading_nsx')
  for (let looks = 0; r.view().awaits?.stalledSince === undefined && looks < 300; looks++) await r.advance(2 * minute)
  const { stalledSince, remediation } = r.view().awaits!
  assert.ok(r.clock.now() - stalledSince! >= hour)
  assert.match(remediation!, /Look at its task in SDDC Manager/)
  assert.match(stalls()[0]!.message, /NSX .*no progress for 6\d min/)
  await r.restart()
  await r.advance(hour)
  assert.equal(r.view().awaits?.stalledSince, stalledSince)
  await r.until('upgrading_vcenter')

  assert.equal(stalls().length, 1)
  assert.equal(r.view().awaits?.stalledSince, undefined)
  assert.ok(!r.hub.notices().has(`${r.view().domain.id} stalled`))
  assert.equal(r.log().filter((line) => /no progress/.test(line)).length, 1)
})

test('SDDC Manager is left alone until the moment that was written down, whoever was away', async (t) => {
  const r = await rehearse(done(), { limits: { settle: hour } })
  t.after(() => r.close())

  await r.press('start', olga)
  while (!r.log().some((line) => /left alone for 60 min/.test(line))) await r.advance(2 * minute)
  await r.away(10 * minute)
  assert.equal(r.view().phase, 'upgrading_sddc_manager')
  await r.away(51 * minute)

  assert.equal(r.view().phase, 'upgrading_nsx')
})

for (const phase of ['waiting_for_image', 'waiting_for_alert_acknowledgement', 'waiting_for_operator'] as const) {
  const scenario = {
    waiting_for_image: 'no-image',
    waiting_for_alert_acknowledgement: 'warnings',
    waiting_for_operator: 'foreign-upgrade',
  }[phase]
  test(`${phase} waits for a person for as long as it takes, also when nobody runs`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    const { since } = await r.until(phase)
    await r.away(10 * 24 * hour)

    assert.deepEqual([r.view().phase, r.view().since], [phase, since])
  })
}

test('a result that was shown long enough while nobody ran is not shown again', async (t) => {
  const r = await rehearse('warnings')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('cancel', olga)
  await r.until('cancelled')
  await r.away(16 * minute)

  assert.equal(r.view().phase, 'waiting_for_initiation')
})
