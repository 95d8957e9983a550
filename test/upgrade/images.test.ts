import assert from 'node:assert/strict'
import test from 'node:test'
import type { Personality } from '../../server/ports/vcf-words.ts'
import { chooseImage } from '../../server/upgrade/images.ts'

const need = {
  step: { component: 'ESX_HOST', resource: 'cl01', resourceId: 'c1', from: '8.0.3-24022510', to: '8.0.3-24280767', hosts: 4 },
  domainName: 'vcf-m01',
  vcenters: [{ id: 'v', name: 'vc01.lab', version: '8.0.3.00300' }],
} as const
const image = (name: string, addOnVendor?: string, build = '24280767'): Personality => ({
  id: `id of ${name}`,
  name,
  baseVersion: `8.0.3-0.0.${build}`,
  ...(addOnVendor && { addOnVendor }),
})
const old = image('old', 'DEL', '24022510')

const choices: readonly {
  readonly why: string
  readonly there: readonly Personality[]
  readonly named?: string
  readonly vendor?: string
  readonly chosen?: string
  readonly text?: RegExp
}[] = [
  { why: 'the only one of the target', there: [old, image('new', 'DEL')], chosen: 'new' },
  { why: 'the only one of the same vendor', there: [image('hpe', 'HPE'), image('dell', 'DEL')], vendor: 'DEL', chosen: 'dell' },
  { why: 'vendors are told apart by letters, not by capitals', there: [image('dell', 'Dell')], vendor: 'DELL', chosen: 'dell' },
  { why: 'the one that the settings name, of several', there: [image('a'), image('b')], named: 'b', chosen: 'b' },
  { why: 'several, none named', there: [image('a'), image('b')], text: /Several images fit .*: a, b\./ },
  { why: 'none of the target', there: [old], text: /has none for ESX 8\.0\.3-24280767/ },
  {
    why: 'only one of another vendor',
    there: [image('hpe', 'HPE'), image('bare')],
    vendor: 'DEL',
    text: /an add-on of DEL\. Those of other vendors do not fit: hpe \(HPE\), bare \(no add-on\)/,
  },
  { why: 'the named one is of another release', there: [old, image('new')], named: 'old', text: /"old" .* is not for ESX/ },
  { why: 'the named one is not there', there: [image('new')], named: 'other', text: /"other" .* is not in SDDC Manager/ },
]

for (const { why, there, named, vendor, chosen, text } of choices) {
  test(`image for a cluster: ${why}`, () => {
    const choice = chooseImage({ ...need, ...(named && { named }), ...(vendor && { vendor }) }, there)

    if (chosen) assert.deepEqual('image' in choice && choice.image.name, chosen)
    else assert.match('missing' in choice ? choice.missing.text : 'chosen', text!)
  })
}

test('a missing image says which cluster, which build, and where to make and import it', () => {
  const choice = chooseImage({ ...need, vendor: 'DEL' }, [])

  const { cluster, remediation } = 'missing' in choice ? choice.missing : assert.fail()
  assert.equal(cluster, 'cl01')
  for (const words of ['vc01.lab', '8.0.3-24280767', 'add-on of DEL', 'Lifecycle Management, Image Management', 'goes on by itself']) {
    assert.ok(remediation.includes(words), words)
  }
})
