import assert from 'node:assert/strict'
import test from 'node:test'
import { compareVersions, esxParts, hasReached } from '../../server/upgrade/versions.ts'

const ascending: readonly (readonly [string, string])[] = [
  ['5.2.0.0', '5.2.1.0'],
  ['5.2.0.0-24108943', '5.2.1.0-24307856'],
  ['8.0.3.00100-24091160', '8.0.3.00300-24305161'],
  ['4.2.0.0.0-24105817', '4.2.1.0.0-24304122'],
  ['9.0.1.0.24962180', '9.0.2.0.25148086'],
  ['9.0.0.0', '10.0.0.0'],
]

for (const [lower, higher] of ascending) {
  test(`${lower} comes before ${higher}`, () => {
    assert.ok(compareVersions(lower, higher)! < 0)
    assert.ok(compareVersions(higher, lower)! > 0)
    assert.equal(hasReached(lower, higher), false)
    assert.equal(hasReached(higher, lower), true)
  })
}

test('builds decide between equal releases, and only where both are known', () => {
  assert.ok(compareVersions('8.0.3-24022510', '8.0.3-24280767', esxParts)! < 0)
  assert.equal(compareVersions('8.0.3', '8.0.3-24280767', esxParts), 0)
})

test('a version without a build proves no build', () => {
  assert.equal(hasReached('8.0.3', '8.0.3-24280767', esxParts), false)
  assert.equal(hasReached('8.0.4', '8.0.3-24280767', esxParts), true)
  assert.equal(hasReached('8.0.3-24280767', '8.0.3', esxParts), true)
})

test('without builds the fifth part decides', () => {
  assert.equal(hasReached('4.2.1.0.0', '4.2.1.0.5'), false)
  assert.equal(hasReached('4.2.1.0.5', '4.2.1.0.5'), true)
})

test('an ESX image names the same version as its hosts, spelt differently', () => {
  assert.equal(compareVersions('8.0.3-0.0.24280767', '8.0.3-24280767', esxParts), 0)
  assert.notEqual(compareVersions('8.0.3-0.0.24022510', '8.0.3-24280767', esxParts), 0)
})

test('what is no version proves nothing', () => {
  for (const text of ['', 'unknown', '5.2.x', 'v5.2.1', '5..2']) {
    assert.equal(compareVersions(text, '5.2.1.0'), undefined, text)
    assert.equal(hasReached(text, '5.2.1.0'), false, text)
  }
})

test('digits without end are no version, and prove nothing', () => {
  for (const none of [`${'9'.repeat(400)}.0.0.0-99999999`, `8.0.3-${'9'.repeat(400)}`, '9'.repeat(400)]) {
    assert.equal(compareVersions(none, '8.0.3'), undefined)
    assert.equal(hasReached(none, '8.0.3-24280767', esxParts), false)
  }
})
