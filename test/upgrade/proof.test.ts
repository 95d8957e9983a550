import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../server/ports/facts.ts'
import type { Inventory } from '../../server/ports/vcf-words.ts'
import { expectedSteps } from '../../server/upgrade/inventory.ts'
import { census, missingProof } from '../../server/upgrade/proof.ts'

const vi = { type: 'VI' } as const
const bom: Run['bom'] = { VCENTER: '8.0.3.00300-24305161', ESX_HOST: '8.0.3-24280767' }

function domain(vcenter: string, hosts: readonly string[]): Inventory {
  return {
    sddcManagers: [],
    nsx: [],
    vcenters: [{ id: 'v', name: 'vc01', version: vcenter }],
    clusters: [{ id: 'c', name: 'cl01', imageBased: false, hosts: hosts.map((version, i) => ({ id: `h${i}`, name: `esx${i}`, version })) }],
  }
}

const before = domain('8.0.3.00100-24091160', ['8.0.3-24022510', '8.0.3-24022510'])
const after = domain('8.0.3.00300-24305161', ['8.0.3-24280767', '8.0.3-24280767'])
const run = { bom, census: census(before), expected: expectedSteps(before, bom, 'd') }
const texts = (inventory: Inventory) => missingProof(inventory, run, vi).map(({ text }) => text)

test('every version at its target is the proof', () => {
  assert.deepEqual(texts(after), [])
})

test('what is behind is named with its version', () => {
  assert.deepEqual(texts({ ...after, vcenters: before.vcenters }), ['vCenter (target 8.0.3.00300-24305161): vc01 8.0.3.00100-24091160'])
})

test('empty lists prove nothing', () => {
  assert.deepEqual(texts({ sddcManagers: [], nsx: [], vcenters: [], clusters: [] }), [
    'vCenter (target 8.0.3.00300-24305161): vc01 is not listed',
    'ESX (target 8.0.3-24280767): cl01 lists 0 of 2 hosts',
  ])
})

test('a host that is not listed any more is missed', () => {
  assert.deepEqual(texts(domain('8.0.3.00300-24305161', ['8.0.3-24280767'])), ['ESX (target 8.0.3-24280767): cl01 lists 1 of 2 hosts'])
})

test('what was at its target already has to be listed still', () => {
  const nothingToDo = { bom, census: census(after), expected: [] }

  assert.deepEqual(
    missingProof({ ...after, vcenters: [] }, nothingToDo, vi).map(({ text }) => text),
    ['vCenter (target 8.0.3.00300-24305161): 0 of 1 listed'],
  )
})

test('a cluster that never listed a host is no proof, and neither is a domain without clusters or vCenter', () => {
  const start = domain('8.0.3.00300-24305161', [])
  const neverCounted = { bom, census: census(start), expected: [] }
  const gaps = (inventory: Inventory) => missingProof(inventory, neverCounted, vi).map(({ text, listed }) => [text, listed])

  assert.deepEqual(gaps(start), [['ESX (target 8.0.3-24280767): cl01 lists no hosts', false]])
  assert.deepEqual(gaps({ ...start, vcenters: [], clusters: [] }), [
    ['vCenter (target 8.0.3.00300-24305161): 0 of 1 listed', false],
    ['ESX (target 8.0.3-24280767): none is listed', false],
  ])
})

test('SDDC Manager has to be listed for its own domain; a domain without NSX is one that was imported', () => {
  const empty = { bom: { SDDC_MANAGER: '5.2.1.0', NSX_T_MANAGER: '4.2.1.0' }, census: {}, expected: [] }

  assert.deepEqual(missingProof(after, empty, vi), [])
  assert.deepEqual(
    missingProof(after, empty, { type: 'MANAGEMENT' }).map(({ text }) => text),
    ['SDDC Manager (target 5.2.1.0): none is listed'],
  )
})
