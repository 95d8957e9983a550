import assert from 'node:assert/strict'
import test from 'node:test'
import { reached } from './midway.ts'
import { type Rig, rig } from './rig.ts'
import { baselineCluster, esxUpgrade, management, nsxUpgrade, sddcUpgrade, target, upgrade, vcenterUpgrade } from './steps.ts'

test('unchanged-version: vCenter is recorded as successful, its version stays and it is offered again', async () => {
  await using r = await reached('unchanged-version', sddcUpgrade(), nsxUpgrade())

  const { id } = (await upgrade(r, vcenterUpgrade())).json

  assert.equal(await recordOf(r, id), 'COMPLETED_WITH_SUCCESS')
  assert.equal(r.state().domains[0]!.components.VCENTER, '8.0.3.00100-24091160')
  assert.deepEqual(r.state().domains[0]!.offered, ['VCENTER AVAILABLE'])
})

test('nothing-offered: after NSX nothing is offered, although vCenter and ESX are behind', async () => {
  await using r = await reached('nothing-offered', sddcUpgrade(), nsxUpgrade())

  const offered = (await r.ask('GET', '/v1/system/upgradables')).json.elements

  assert.deepEqual(offered, [])
  assert.equal(r.state().domains[0]!.version, '5.2.0.0')
  assert.equal((await r.ask('POST', '/v1/upgrades', vcenterUpgrade())).status, 403)
})

test('failed-after-outage: the API is back, the upgrade has failed, the version is the old one', async () => {
  await using r = await reached('failed-after-outage')

  const { id } = (await upgrade(r, sddcUpgrade())).json
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json

  assert.equal(await recordOf(r, id), 'COMPLETED_WITH_FAILURE')
  assert.match((await r.ask('GET', '/v1/sddc-managers')).json.elements[0].version, /^5\.2\.0\.0/)
  assert.match(JSON.stringify(task.subTasks), /vcf-operations-manager.*RPM3XC/)
  assert.equal((await r.ask('GET', '/v1/domains')).status, 200)
})

test('validation-fails: it completes with the result FAILED, every time, also at the target', async () => {
  await using r = await rig({
    name: 'x',
    start: { atTarget: [{ domain: 'vcf-m01' }] },
    faults: [{ on: 'validation', do: 'fail', times: 'always' }],
  })
  await using shipped = await rig('validation-fails')

  for (const one of [r, r, shipped]) {
    const { json, status } = await one.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
    await one.pass('4m')
    const ended = (await one.ask('GET', `/v1/releases/domains/validations/${json.id}`)).json

    assert.deepEqual([status, ended.executionStatus, ended.resultStatus], [202, 'COMPLETED', 'FAILED'])
    assert.ok(ended.validationChecks.some(({ resultStatus }: { resultStatus: string }) => resultStatus === 'FAILED'))
  }
})

test('host-behind: one host keeps its version although the record says success', async () => {
  await using r = await reached('host-behind', sddcUpgrade(), nsxUpgrade(), vcenterUpgrade())

  const { id } = (await upgrade(r, esxUpgrade(baselineCluster))).json

  assert.equal(await recordOf(r, id), 'COMPLETED_WITH_SUCCESS')
  assert.deepEqual(r.state().domains[0]!.hosts[baselineCluster.name], [...Array(3).fill('8.0.3-24280767'), '8.0.3-24022510'])
})

test('unknown-component: after NSX something is offered that nobody knows, and nothing else', async () => {
  await using r = await reached('unknown-component', sddcUpgrade(), nsxUpgrade())

  const offered = (await r.ask('GET', '/v1/system/upgradables')).json.elements
  const bundle = await r.ask('GET', `/v1/bundles/${offered[0].bundleId}`)

  assert.deepEqual(
    offered.map(({ softwareComponents, status }: { softwareComponents: { type: string }[]; status: string }) => [
      softwareComponents[0]!.type,
      status,
    ]),
    [['HCX_CONNECTOR', 'AVAILABLE']],
  )
  assert.deepEqual([bundle.status, bundle.json.downloadStatus], [200, 'SUCCESSFUL'])
})

test('record-gone: SDDC Manager is at its new version, the record of its upgrade is gone', async () => {
  await using r = await reached('record-gone')

  const { id } = (await upgrade(r, sddcUpgrade())).json

  assert.equal((await r.ask('GET', `/v1/upgrades/${id}`)).status, 404)
  assert.equal((await r.ask('GET', `/v1/tasks/${id}`)).status, 404)
  assert.match((await r.ask('GET', '/v1/sddc-managers')).json.elements[0].version, /^5\.2\.1\.0/)
})

async function recordOf(r: Rig, id: string): Promise<string> {
  return (await r.ask('GET', `/v1/upgrades/${id}`)).json.status
}
