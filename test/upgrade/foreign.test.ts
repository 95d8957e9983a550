import assert from 'node:assert/strict'
import test from 'node:test'
import type { Upgrade } from '../../server/ports/vcf-words.ts'
import { foreignStop, foreignUpgrade } from '../../server/upgrade/effects/foreign.ts'

const upgrade = (word: string, more: Partial<Upgrade> = {}): Upgrade => ({
  ...{ id: `id of ${word}`, taskId: 't', bundleId: 'b', resourceIds: [], state: 'running', word },
  ...more,
})
const none = { steps: [] }

test('what has an end is over, whatever word nobody knows stands beside it', () => {
  assert.equal(foreignUpgrade(none, [upgrade('TERMINATED', { endedAt: 1 })]), undefined)
  assert.equal(foreignUpgrade(none, [upgrade('TERMINATED')])?.word, 'TERMINATED')
})

test('what runs is named before what is only planned', () => {
  assert.equal(foreignUpgrade(none, [upgrade('DRAFT'), upgrade('SCHEDULED'), upgrade('INPROGRESS')])?.word, 'INPROGRESS')
})

for (const [word, text, remedy, passes] of [
  ['DRAFT', /keeps the draft of an upgrade/, /Remove the draft .* Retry goes on and leaves the draft alone/, true],
  ['SCHEDULED', /in its schedule .* in the middle of this run/, /Cancel its schedule in SDDC Manager/, false],
  ['WOBBLING', /status WOBBLING, which this server does not know/, /When it has ended, press Retry: that confirms it/, true],
  ['INPROGRESS', /is running an upgrade that was not started here/, /Wait in SDDC Manager until it has ended/, false],
] as const) {
  test(`${word} of another domain: said as what it is, and ${passes ? 'a person may go on beside it' : 'nobody goes on beside it'}`, () => {
    const foreign = upgrade(word)
    const stop = foreignStop(foreign, [], 'plan')
    const after = { steps: [], ...(stop.confirms !== undefined && { confirmed: [stop.confirms] }) }

    assert.match(stop.text, text)
    assert.match(stop.remediation!, remedy)
    assert.equal(foreignUpgrade(after, [foreign]) === undefined, passes)
  })
}
