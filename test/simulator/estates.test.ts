import assert from 'node:assert/strict'
import test from 'node:test'
import { isPatch, takesMechanism } from '../../server/simulator/world/vcenter-mechanism.ts'
import { rig } from './rig.ts'
import { chooseTarget, domainUpgrade, download, management, upgrade, wholeWayOf, workload } from './steps.ts'

test('an NSX that two domains share is listed once, and is upgraded for both at once with all their clusters', async () => {
  await using r = await rig({ nsx: 'shared' })
  await chooseTarget(r)
  await download(r)
  await r.signIn()
  const [sddc, nsx] = wholeWayOf(r) as [object, { bundleId: string }]

  await upgrade(r, sddc)
  const plan = await r.ask('GET', `/v1/upgradables/domains/${management.id}/nsxt?bundleId=${nsx.bundleId}`)
  const [shared, ...more] = (await r.ask('GET', '/v1/nsxt-clusters')).json.elements
  await upgrade(r, nsx)

  assert.deepEqual(more, [])
  assert.equal(shared.isShared, true)
  assert.deepEqual(
    shared.domains.map(({ id }: { id: string }) => id),
    [management.id, workload.id],
  )
  assert.deepEqual(
    plan.json.nsxtHostClusters.map(({ domainId }: { domainId: string }) => domainId),
    [management.id, management.id, workload.id],
  )
  const [first, second] = r.state().domains
  assert.equal(first?.components.NSX_T_MANAGER, '4.2.1.0.0-24304122')
  assert.equal(second?.components.NSX_T_MANAGER, '4.2.1.0.0-24304122')
  assert.equal(second?.components.VCENTER, '8.0.3.00100-24091160')
})

test('with a cluster of the other domain left out a shared NSX stays half done', async () => {
  await using r = await rig({
    nsx: 'shared',
    start: { downloaded: ['NSX_T_MANAGER'], targeted: ['vcf-m01'], atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER'] }] },
  })
  const { bundleId } = wholeWayOf(r)[1] as { bundleId: string }
  const specs = management.clusters.map(({ id }) => ({ hostClusterId: id }))

  await upgrade(r, domainUpgrade(bundleId, management, { nsxtUpgradeUserInputSpecs: [{ nsxtHostClusterUpgradeSpecs: specs }] }))

  assert.equal(r.state().domains[0]?.components.NSX_T_MANAGER, '4.2.0.0.0-24105817')
})

for (const [vcf, releases, far] of [
  ['5.2.1', ['5.2.1.0', '5.2.2.0', '9.0.0.0'], '5.2.2.0'],
  ['9.0.2', ['9.0.1.0', '9.0.2.0', '9.1.0.0'], '9.0.2.0'],
] as const) {
  test(`${vcf}: of three newer releases two can be chosen; to the second one at once SDDC Manager needs its cumulative bundle`, async () => {
    await using r = await rig({ release: 'two' }, undefined, vcf)
    const future = (await r.ask('GET', `/v1/releases/domains/${management.id}/future-releases`)).json.elements
    const chosen = await r.ask('PATCH', `/v1/releases/domains/${management.id}`, { targetVersion: far })
    const [cumulative] = (await r.ask('GET', `/v1/bundles/domains/${management.id}`)).json.elements
    const [offered] = (await r.ask('GET', '/v1/system/upgradables')).json.elements
    await download(r)
    await r.signIn()
    for (const spec of wholeWayOf(r, 'vcf-m01', 1)) assert.equal((await upgrade(r, spec)).status, 202)

    assert.deepEqual(
      future.map(({ version }: { version: string }) => version),
      releases,
    )
    assert.deepEqual(
      future.map(({ applicabilityStatus }: { applicabilityStatus: string }) => applicabilityStatus),
      ['APPLICABLE', 'APPLICABLE', 'NOT_APPLICABLE'],
    )
    assert.ok(future[2].reasonsNotApplicable.length > 0)
    assert.equal(chosen.status, 200)
    assert.equal(offered.bundleId, cumulative.id)
    const usual = future[1].patchBundles.filter(({ bundleType }: { bundleType: string }) => bundleType === 'SDDC_MANAGER')
    assert.ok(!usual.some(({ bundleId }: { bundleId: string }) => bundleId === cumulative.id))
    assert.equal(usual[0].cumulativeFromVcfVersion, releases[0])
    assert.equal(r.state().domains[0]?.version, far)
  })
}

test('a domain that stops at the first of two releases can go on to the second', async () => {
  await using r = await rig({ release: 'two', start: { atTarget: [{ domain: 'vcf-m01' }], targeted: ['vcf-m01'] } })

  const future = (await r.ask('GET', `/v1/releases/domains/${management.id}/future-releases`)).json.elements
  const chosen = await r.ask('PATCH', `/v1/releases/domains/${management.id}`, { targetVersion: '5.2.2.0' })
  const [offered] = (await r.ask('GET', '/v1/system/upgradables')).json.elements

  assert.equal(r.state().domains[0]?.version, '5.2.1.0')
  assert.equal(future[0].version, '5.2.2.0')
  assert.equal(chosen.status, 200)
  assert.equal(offered.bundleId, future[0].patchBundles[0].bundleId)
})

for (const vcf of ['5.2.1', '9.0.2'] as const) {
  test(`${vcf}: a vCenter of another major release takes no mechanism, and is migrated with a temporary network`, async () => {
    const start = {
      downloaded: ['VCENTER' as const],
      targeted: ['vcf-m01'],
      atTarget: [{ domain: 'vcf-m01', components: ['NSX_T_MANAGER' as const] }],
    }
    await using r = await rig({ release: 'migration', start }, undefined, vcf)
    const vcenter = r.simulator.world.estate.domains[0]!.vcenters[0]!
    const { bundleId } = wholeWayOf(r)[1] as { bundleId: string }
    const ask = (input: object) =>
      upgrade(r, domainUpgrade(bundleId, management, { vcenterUpgradeUserInputSpecs: [{ resourceId: vcenter.id, ...input }] }))
    const temporaryNetwork = { networkMode: 'AUTOMATIC' }

    const named = [
      await ask({ upgradeMechanism: 'InPlace' }),
      await ask({ upgradeMechanism: 'ReducedDowntimeMigration', temporaryNetwork }),
    ]
    const without = await ask({})
    const taken = await ask({ temporaryNetwork })

    for (const { status, json } of named) assert.deepEqual([status, json.errorCode], [400, 'VCENTER_MECHANISM_NOT_SUPPORTED'])
    assert.deepEqual([without.status, without.json.errorCode], [400, 'VCENTER_INPUT_MISSING'])
    assert.equal(taken.status, 202)
    assert.equal(vcenter.version, r.simulator.world.catalogue.next.bom.VCENTER)
  })
}

test('after SDDC Manager its configuration drift bundle is offered, once, and changes no version', async () => {
  await using r = await rig({ configDrift: true })
  await chooseTarget(r)
  await download(r)
  await r.signIn()
  const [sddc] = wholeWayOf(r)
  const offered = async () => (await r.ask('GET', '/v1/system/upgradables')).json.elements[0]

  await upgrade(r, sddc!)
  const drift = await offered()
  const version = r.state().domains[0]?.components.SDDC_MANAGER
  const begun = await upgrade(r, domainUpgrade(drift.bundleId))
  const then = await offered()

  assert.equal(drift.bundleType, 'SDDC_MANAGER')
  assert.notEqual(drift.bundleId, (sddc as { bundleId: string }).bundleId)
  assert.equal(begun.status, 202)
  assert.equal(r.state().domains[0]?.components.SDDC_MANAGER, version)
  assert.equal(then.softwareComponents[0].type, 'NSX_T_MANAGER')
})

test('no mechanism is named for a patch before 8.0 Update 3b, and none for what is no patch', () => {
  const cases = [
    ['8.0.3.00100-24091160', '8.0.3.00300-24305161'],
    ['8.0.2.00200-23319993', '8.0.3.00100-24091160'],
    ['7.0.3.01500-21784236', '8.0.3.00300-24305161'],
  ] as const

  assert.deepEqual(
    cases.map(([from, to]) => [isPatch(from, to), takesMechanism(from, to)]),
    [
      [true, true],
      [true, false],
      [false, false],
    ],
  )
})
