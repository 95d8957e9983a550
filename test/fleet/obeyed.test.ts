import assert from 'node:assert/strict'
import test from 'node:test'
import { wasObeyed } from '../../server/fleet/obeyed.ts'
import type { Run, UpgradeFacts } from '../../server/ports/facts.ts'
import type { Press } from '../../server/ports/hub.ts'
import { olga as admin, rehearse } from '../support/rehearsal.ts'

const minute = 60_000
const at = Date.UTC(2026, 0, 1)
const olga = { id: 'o', name: 'Olga' }
const run: Run = {
  ...{ id: 'r', startedAt: at - 9 * minute, startedBy: olga, from: '5.2.0.0', target: '5.2.1.0', bom: {}, bundles: [], steps: [] },
  percent: 0,
}
const of = (more: Partial<Run>): UpgradeFacts => ({ phase: { name: 'upgrading_nsx', since: 0 }, log: [], run: { ...run, ...more } })
const press = (control: Press['control'], more: Partial<Press> = {}): Press => ({
  ...{ control, at: at - 10_000, by: { ...olga, admin: true }, missed: true },
  ...more,
})
const told = { by: olga, at }

const obeyed: readonly (readonly [UpgradeFacts, Press])[] = [
  [of({ startedAt: at }), press('start')],
  [of({ startedAt: at, only: 'download' }), press('download')],
  [of({ retried: told }), press('retry')],
  [{ ...of({}), forgotten: { ...told, requested: [] } }, press('retry')],
  [of({ ending: { what: 'cancel', ...told } }), press('cancel')],
  [of({ finished: { at, outcome: 'cancelled', by: olga } }), press('cancel')],
  [of({ ending: { what: 'pause', ...told } }), press('pause')],
  [of({ pauseTakenBack: told }), press('pause')],
  [of({ acknowledgement: { ...told, digest: 'd', how: 'overridden' } }), press('acknowledge')],
  [{ ...of({}), ignoreAlerts: { on: true, ...told } }, press('ignore_alerts', { on: true })],
]

for (const [facts, one] of obeyed) {
  test(`a ${one.control} of which the facts tell was obeyed; by somebody else, at another time or of other facts it was not`, () => {
    assert.equal(wasObeyed(facts, one), true)
    assert.equal(wasObeyed(facts, { ...one, by: { id: 'n', name: 'Nora', admin: true } }), false)
    assert.equal(wasObeyed(facts, { ...one, at: at - 3 * minute }), false)
    assert.equal(wasObeyed(of({}), one), false)
  })
}

test('a press that an earlier life of the server obeyed is not called unobeyed by the next one', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', admin)

  await r.restart()
  await r.press('start', admin, { missed: true })
  await r.press('pause', admin, { missed: true })

  const log = r.log().join('\n')
  assert.doesNotMatch(log, /Start upgrade while this server was away/)
  assert.match(log, /pressed Pause while this server was away; that is not obeyed/)
})
