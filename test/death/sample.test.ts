import assert from 'node:assert/strict'
import test from 'node:test'
import { type Sweep, sweep } from './sweep.ts'

/** Where death hurts most: around whatever changes something in SDDC Manager. The full count is `npm run test:death`. */
const writes = /(POST \/v1\/upgrades|PATCH \/v1\/(tasks|releases))/

const samples: readonly Omit<Sweep, 'vcf' | 'every'>[] = [
  { scenario: 'happy', loses: 0, at: writes, most: 6 },
  { scenario: 'errors', loses: 4, at: writes, most: 3 },
  { scenario: 'component-fails', loses: 0, at: writes, most: 3 },
  { scenario: 'lost-answer', loses: 5, at: writes, most: 3 },
  { scenario: 'record-gone', loses: 7, most: 3 },
  { scenario: 'host-behind', loses: 3, most: 3 },
]

for (const one of samples) {
  const lost = one.loses === 0 ? 'no message lost' : `one message in ${one.loses} lost`
  test(`${one.scenario}, ${lost}: dead on the way, it asks for nothing twice, loses nothing and claims nothing`, async (t) => {
    const { deaths, points, ends, complaints } = await sweep({ ...one, vcf: '5.2.1', every: 1 })

    assert.deepEqual(complaints, [])
    assert.ok(deaths > 0, 'it did die')
    t.diagnostic(`${deaths} deaths at some of ${points} points: ${JSON.stringify(ends)}`)
  })
}
