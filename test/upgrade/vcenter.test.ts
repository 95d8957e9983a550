import assert from 'node:assert/strict'
import test from 'node:test'
import { networkMissing, vcenterInputs, type WayOfVcenter, wayOf } from '../../server/upgrade/vcenter.ts'

const mechanisms: readonly (readonly [from: string, to: string, expected: WayOfVcenter, why: string])[] = [
  ['8.0.3.00100-24091160', '8.0.3.00300-24305161', 'named patch', 'a patch to 8.0 U3c'],
  ['8.0.3.00100-24091160', '8.0.3.00200-24262322', 'named patch', 'a patch to 8.0 U3b itself'],
  ['8.0.2.00300-23929136', '8.0.3.00400-24322831', 'named patch', 'from an older update of the same 8.0'],
  ['9.0.1.0.24957454', '9.0.2.0.25148086', 'named patch', 'a patch within 9.0'],
  ['8.0.2.00300-23929136', '8.0.3.00100-24091160', 'plain patch', 'a target before 8.0 U3b'],
  ['8.0.3.00300-24305161', '9.0.0.0-24755230', 'migration', 'a major upgrade'],
  ['9.0.2.0.25148086', '9.1.0.0.26000000', 'migration', 'a minor upgrade'],
  ['7.0.3.01700-22357613', '8.0.3.00300-24305161', 'migration', 'a major upgrade to a late 8.0'],
  ['', '8.0.3.00300-24305161', 'migration', 'a version that is not known'],
]

for (const [from, to, expected, why] of mechanisms) {
  test(`vCenter ${from || '(unknown)'} to ${to}: ${expected}, ${why}`, () => assert.equal(wayOf(from, to), expected))
}

const vcenter = (id: string, version: string) => ({ id, name: `${id}.lab`, version })
const network = { mode: 'STATIC', ipAddress: '10.0.0.9', subnetMask: '255.255.255.0', gateway: '10.0.0.1' } as const

test('every vCenter of the domain is named, and none gets a network that is patched in place', () => {
  const inputs = vcenterInputs([vcenter('a', '8.0.3.00100'), vcenter('b', '8.0.3.00100')], '8.0.3.00300', network)

  assert.deepEqual(inputs, [
    { id: 'a', mechanism: 'InPlace' },
    { id: 'b', mechanism: 'InPlace' },
  ])
})

test('a migration takes the network of the settings, of whichever kind', () => {
  for (const temporaryNetwork of [network, { mode: 'AUTOMATIC' } as const]) {
    const inputs = vcenterInputs([vcenter('a', '8.0.3.00300')], '9.0.2.0', temporaryNetwork)

    assert.deepEqual(inputs, [{ id: 'a', temporaryNetwork }])
  }
})

test('one migration without a network is no request at all; the person reads which keys to write', () => {
  const vcenters = [vcenter('a', '9.0.1.0'), vcenter('b', '8.0.3.00300')]

  assert.equal(vcenterInputs(vcenters, '9.0.2.0', undefined), undefined)
  const { kind, of, text, remediation } = networkMissing('vcf-m01', vcenters, '9.0.2.0')
  assert.deepEqual([kind, of], ['operator', 'plan'])
  assert.match(text, /b\.lab .*Nothing was requested/)
  assert.doesNotMatch(text, /a\.lab/)
  for (const key of ['"vcf-m01"', '"vcenter_network"', '"STATIC"', '"ip_address"', '"subnet_mask"', '"gateway"', '"AUTOMATIC"', 'Retry']) {
    assert.ok(remediation!.includes(key), key)
  }
})

test('a patch before 8.0 U3b names no mechanism and needs no network', () => {
  assert.deepEqual(vcenterInputs([vcenter('a', '8.0.2.00300')], '8.0.3.00100', undefined), [{ id: 'a' }])
})
