import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import { unknownNames } from '../../server/upgrade/named-in-settings.ts'

const inventory = {
  ...{ sddcManagers: [], nsx: [], vcenters: [] },
  clusters: [{ id: 'c1', name: 'cl01', imageBased: true, hosts: [] }],
}
const personalities = [{ id: 'p', name: 'gold', baseVersion: '8.0.3-0.0.24280767' }]
const names = (esx: { order?: string[]; images?: Record<string, string> }) =>
  unknownNames('vcf-m01', { ...defaultDomainSettings, esx: { ...defaultDomainSettings.esx, ...esx } }, inventory, personalities)

test('names that the data centre knows are not spoken of', () => {
  assert.deepEqual(names({ order: ['cl01'], images: { cl01: 'gold' } }), [])
})

for (const [what, esx, words] of [
  ['a cluster in the order', { order: ['cl1'] }, /"cl1" \(domains\.vcf-m01\.esx\.order\)/],
  ['a cluster with an image', { images: { cl1: 'gold' } }, /"cl1" \(domains\.vcf-m01\.esx\.images\)/],
  ['an image', { images: { cl01: 'silver' } }, /"silver" for cluster cl01/],
] as const) {
  test(`${what} that does not exist is said once, with its key`, () => {
    const said = names(esx as never)

    assert.equal(said.length, 1)
    assert.match(said[0]!, words)
  })
}
