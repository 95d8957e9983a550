import assert from 'node:assert/strict'
import test from 'node:test'
import { notUpgradedHere, productName, unknownOffer } from '../../server/upgrade/other-products.ts'

const offer = (...names: string[]) => ({
  ...{ bundleId: 'b1', component: undefined, names, resourceId: 'd', resourceType: 'DOMAIN' },
  ...{ available: true, word: 'AVAILABLE', errors: [] },
})

const known: readonly (readonly [vcf: string, person: string, where5: RegExp, where9: RegExp])[] = [
  ['VCF_VRSLCM_UPGRADE', 'Aria Suite Lifecycle', /SDDC Manager upgrades it/, /VCF Operations/],
  ['VRSLCM', 'Aria Suite Lifecycle', /SDDC Manager upgrades it/, /VCF Operations/],
  ['VCF_VRA_UPGRADE', 'Aria Automation', /Aria Suite Lifecycle/, /VCF Operations/],
  ['VCF_VRLI_UPGRADE', 'Aria Operations for Logs', /Aria Suite Lifecycle/, /VCF Operations/],
  ['VCF_VROPS_UPGRADE', 'Aria Operations', /Aria Suite Lifecycle/, /VCF Operations/],
  ['NSX_ALB', 'Avi Load Balancer (NSX Advanced Load Balancer)', /own controller/, /own controller/],
  ['AVI', 'Avi Load Balancer (NSX Advanced Load Balancer)', /own controller/, /own controller/],
  ['PSC', 'Platform Services Controller', /with vCenter/, /with vCenter/],
]

for (const [vcf, person, where5, where9] of known) {
  test(`${vcf} is ${person}: said where it is upgraded, on 5.x and on 9.x`, () => {
    assert.equal(productName(vcf), person)
    const stop = unknownOffer(offer(vcf, 'VMWARE_SOFTWARE'), '5.x')
    assert.deepEqual([stop.kind, stop.of], ['operator', 'plan'])
    assert.ok(stop.text.includes(person) && stop.text.includes(vcf), stop.text)
    assert.match(stop.remediation!, where5)
    assert.match(stop.remediation!, /press Retry/)
    assert.match(unknownOffer(offer(vcf), '9.x').remediation!, where9)
  })
}

for (const name of ['HCX_CONNECTOR', 'NSX_T_MANAGER', 'VCENTER', 'TRAVIS_AVIATION']) {
  test(`${name} is none of them and stays as it is`, () => assert.equal(productName(name), name))
}

test('a kind that nobody knows is named by all its names', () => {
  const { reason, text } = unknownOffer(offer('HCX_CONNECTOR', 'HCX Update Bundle'), '5.x')

  assert.equal(reason, 'unknown component')
  assert.match(text, /HCX_CONNECTOR, HCX Update Bundle, bundle b1, AVAILABLE/)
})

test('what the release has beside: fleet management’s apart from the rest, each once', () => {
  const lines = notUpgradedHere(['VRSLCM', 'VCF_VROPS_UPGRADE', 'VROPS', 'NSX_ALB'], ['VCF_VROPS_UPGRADE', 'VROPS'])

  assert.equal(lines.length, 2)
  assert.match(lines[0]!, /fleet management in VCF Operations, not in this run: Aria Operations\.$/)
  assert.match(lines[1]!, /by its own means, not in this run: Aria Suite Lifecycle and Avi Load Balancer/)
  assert.deepEqual(notUpgradedHere([], []), [])
})
