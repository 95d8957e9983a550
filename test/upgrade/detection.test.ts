import assert from 'node:assert/strict'
import test from 'node:test'
import type { Vcf } from '../../server/ports/vcf.ts'
import { type Asked, detect } from '../../server/upgrade/detection.ts'
import { toldVcf } from '../support/told-vcf.ts'

const m01 = { id: 'm', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const w01 = { id: 'w', name: 'vcf-w01', type: 'VI', sddcManager: 'sddc.lab' } as const
const next = { version: '5.2.1.0', applicable: true, reasons: [], otherProducts: [], managedElsewhere: [], bundleIds: ['b'] }
const release = { ...next, bom: { VCENTER: '8.0.3.00300' } }

function vcf(running: { readonly m?: string; readonly system?: Awaited<ReturnType<Vcf['system']>> } = {}): Vcf {
  return toldVcf({
    system: async () => running.system ?? { version: '5.2.0.0-24108943', dialect: '5.x' },
    currentRelease: async (id) => (id === 'm' ? (running.m ?? '5.2.0.0') : '5.2.0.0'),
    futureReleases: async () => [release],
    inventory: async () => ({ sddcManagers: [], nsx: [], clusters: [], vcenters: [{ id: 'v', name: 'vc01', version: '8.0.3.00100' }] }),
  })
}
const ask = (more: Partial<Asked>): Asked => ({ domain: w01, target: 'next', ...more })

test('the release on offer comes with what it is going to upgrade', async () => {
  const { next: offered, expected, current } = await detect(vcf(), ask({ domain: m01 }))

  assert.deepEqual([current, offered?.version, expected.map(({ resource }) => resource)], ['5.2.0.0', '5.2.1.0', ['vc01']])
})

for (const [title, management, m, expected] of [
  ['behind', { domain: m01 }, '5.2.0.0', undefined],
  ['at the release', { domain: m01 }, '5.2.1.0', '5.2.1.0'],
  ['on its way to the release, for the wait behind it', { domain: m01, upgradesTo: '5.2.1.0' }, '5.2.0.0', '5.2.1.0'],
  ['on its way to one below, for it is ahead of that already', { domain: m01, upgradesTo: '5.2.0.5' }, '5.2.1.0', '5.2.1.0'],
  ['not known', undefined, '5.2.1.0', undefined],
] as const) {
  test(`a workload domain whose management domain is ${title}: ${expected ?? 'nothing'} is offered`, async () => {
    const { next: offered, whyNot } = await detect(vcf({ m }), ask({ ...(management && { management }) }))

    assert.equal(offered?.version, expected)
    assert.equal(
      whyNot.some((text) => /comes first/.test(text)),
      expected === undefined,
    )
  })
}

for (const version of ['4.5.2.0', '5.1.0.0', '9.1.0.0', '10.0.0.0', '']) {
  test(`of SDDC Manager ${version || 'without a version'} nothing is taken, and it says why`, async () => {
    const found = await detect(vcf({ system: { version } }), ask({ domain: m01 }))

    assert.deepEqual([found.next, found.unknown, found.whyNot.length], [undefined, true, 1])
    assert.match(found.whyNot[0]!, /5\.2 to 9\.0/)
  })
}
