import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import type { Phase } from '../../shared/upgrade.ts'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

const jumps: readonly (readonly [name: string, jump: (r: Rehearsal, nth: number) => number])[] = [
  ['forward by hours', () => 7 * hour],
  ['back by hours', () => -7 * hour],
  ['to before 1970 and back again', (r, nth) => (nth % 2 === 0 ? -r.clock.now() - hour : Date.UTC(2026, 0, 1) - r.clock.now())],
]
/** Everything that is waited for, each with a limit or a rest of its own. */
const waits: readonly Phase[] = [
  ...(['downloading_bundles', 'running_prechecks', 'waiting_for_alert_acknowledgement', 'upgrading_sddc_manager'] as const),
  ...(['upgrading_nsx', 'upgrading_vcenter', 'upgrading_esx', 'successfully_completed'] as const),
]

for (const [name, jump] of jumps) {
  test(`a clock that is set ${name} in every wait halts nothing, makes nothing wait for the difference, and is told`, async (t) => {
    const r = await rehearse('warnings')
    t.after(() => r.close())
    const begun = r.clock.elsewhere.now()
    await r.press('start', olga)
    let nth = 0

    for (const phase of waits) {
      await r.until(phase, { within: 12 * hour })
      await r.advance(5 * minute)
      r.clock.jump(jump(r, nth++))
      await r.advance(5 * minute)
      if (phase === 'waiting_for_alert_acknowledgement') await r.press('acknowledge', olga)
    }
    const result = r.view()
    for (let waited = 0; r.view().phase !== 'waiting_for_initiation' && waited < 12; waited++) await r.advance(5 * minute)

    assert.equal(result.run?.outcome, 'successfully_completed')
    assert.equal(r.view().phase, 'waiting_for_initiation', 'the result was not shown for the difference')
    assert.ok(r.clock.elsewhere.now() - begun < 24 * hour, 'it took as long as it takes')
    assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
    assert.ok(!r.phases().includes('failed'), r.phases().join(' '))
    assert.match(
      result.log.map(({ text }) => text).join('\n'),
      /The clock of this server was set (back|forward) by [0-9]+ h.*time limits moved along/,
    )
  })
}

/** NSX stands still for three hours. */
const standing: ScenarioInput = {
  name: 'stands',
  faults: [{ on: 'upgrade', component: 'NSX_T_MANAGER', do: 'stall', percent: 40, lasts: '3h' }],
}

/** A run whose NSX stands still since a while. */
async function standingStill(t: TestContext): Promise<Rehearsal> {
  const r = await rehearse(standing)
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  const percent = () => r.view().steps.find(({ component }) => component === 'NSX_T_MANAGER')?.percent ?? 0
  for (let looks = 0; percent() < 33 && looks < 100; looks++) await r.advance(2 * minute)
  await r.advance(12 * minute)
  return r
}

test('a start with a clock that is behind says so, and leaves limits where they were written when it is set right', async (t) => {
  const r = await standingStill(t)
  const before = r.view().awaits!

  r.clock.jump(-240 * hour)
  await r.restart()
  await r.advance(5 * minute)
  const behind = r.log().at(-1)!
  r.clock.jump(240 * hour)
  await r.advance(25 * minute)

  assert.match(
    behind,
    /^The clock of this server is 23\d h .*before the moment at which its time limit was written: it is wrong now, or was then/,
  )
  assert.deepEqual(r.view().awaits, before)
  assert.match(r.log().at(-1)!, /set forward by 240 h.*; what was written before stays as it is/)
  assert.ok(!r.hub.told.some(({ purpose }) => purpose === 'stalled'))
})

test('a limit that began while the clock was behind moves along when it is set right, and one from before does not', async (t) => {
  const r = await standingStill(t)
  r.clock.jump(-240 * hour)
  await r.restart()

  await r.until('upgrading_vcenter')
  await r.advance(20 * minute)
  r.clock.jump(240 * hour)
  await r.advance(10 * minute)

  const { until } = r.view().awaits!
  assert.ok(until > r.clock.now() && until < r.clock.now() + 3 * hour, new Date(until).toISOString())
  await r.until('successfully_completed')
})

test('a machine that slept raises no alarm about progress, and SDDC Manager was not away for that long', async (t) => {
  const r = await standingStill(t)

  r.clock.jump(20 * hour)
  await r.advance(12 * minute)

  assert.equal(r.view().awaits!.stalledSince, undefined)
  assert.ok(!r.hub.told.some(({ purpose }) => purpose === 'stalled'))
})

test('a clock that is set while SDDC Manager is away does not count as its absence', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  while (r.view().unreachableSince === undefined) await r.advance(2 * minute)

  r.clock.jump(20 * hour)
  await r.until('upgrading_nsx')

  assert.match(r.log().join('\n'), /SDDC Manager answers again after \d+ min/)
})

test('a limit that moved along still passes', async (t) => {
  const r = await rehearse('happy', { limits: { stepLimit: 30 * minute } })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  await r.advance(10 * minute)
  const begun = r.clock.elsewhere.now()
  r.clock.jump(-9 * hour)

  const halted = await r.until('failed', { within: 24 * hour })

  assert.match(halted.halt!.text, /The time limit passed while waiting for SDDC Manager/)
  assert.ok(r.clock.elsewhere.now() - begun < hour)
})
