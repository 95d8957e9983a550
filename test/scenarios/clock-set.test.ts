import assert from 'node:assert/strict'
import test from 'node:test'
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
