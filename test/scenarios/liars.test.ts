import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, olga, rehearse } from '../support/rehearsal.ts'

const liars = [
  ['unchanged-version', 'failed', /reports success, but vCenter is not at/],
  ['nothing-offered', 'failed', /offers nothing.*not at target: vCenter/],
  ['failed-after-outage', 'failed', /^SDDC Manager .* failed/],
  ['validation-fails', 'failed', /final validation failed/],
  ['host-behind', 'failed', /reports success, but ESX is not at/],
  ['nsx-host-behind', 'failed', /reports success, but NSX is not at .*: vcf-m01-cl02 \S+ \(2 of 3 hosts/],
  ['unknown-component', 'waiting_for_operator', /a kind that this server does not know/],
] as const

for (const [scenario, phase, says] of liars) {
  test(`${scenario} never ends in success`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    const halted = await r.until(phase)
    assert.match(halted.halt!.text, says)
    const sent = r.posts().length
    await r.advance(10 * hour)

    assert.equal(r.view().phase, phase)
    assert.ok(r.view().percent! < 100)
    assert.equal(r.posts().length, sent, 'nothing is sent while a person is waited for')
    assert.ok(!r.phases().includes('successfully_completed'))
  })
}
