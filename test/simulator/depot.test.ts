import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from './rig.ts'
import { esxBundle, nsxBundle, vcenterBundle } from './steps.ts'

const now = { bundleDownloadSpec: { downloadNow: true } }

test('the depot is an online one that is connected; its password is masked', async () => {
  await using r = await rig()

  const { vmwareAccount, depotConfiguration } = (await r.ask('GET', '/v1/system/settings/depot')).json

  assert.equal(vmwareAccount.status, 'DEPOT_CONNECTION_SUCCESSFUL')
  assert.match(vmwareAccount.password, /^\*+$/)
  assert.equal(depotConfiguration.isOfflineDepot, false)
})

test('a depot that refuses its token lets every download fail at once with the reason, until somebody puts it right', async () => {
  await using r = await rig('depot-unauthorized')

  const { vmwareAccount } = (await r.ask('GET', '/v1/system/settings/depot')).json
  const { id } = (await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)).json
  await r.pass('1m')
  const failed = await statusOf(r, nsxBundle)
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json
  await r.pass('4h')
  await r.signIn()
  await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  await r.pass('20m')

  assert.equal(vmwareAccount.status, 'DEPOT_INVALID_CREDENTIAL')
  assert.match(vmwareAccount.message, /403/)
  assert.deepEqual([failed, task.status], ['FAILED', 'FAILED'])
  assert.match(JSON.stringify(task.subTasks), /DEPOT_UNAUTHORIZED.*DP4U03/)
  assert.equal(await statusOf(r, nsxBundle), 'SUCCESSFUL')
  assert.equal((await r.ask('GET', '/v1/system/settings/depot')).json.vmwareAccount.status, 'DEPOT_CONNECTION_SUCCESSFUL')
})

test('a depot that cannot be reached says so, and so do downloads', async () => {
  await using r = await rig('depot-unreachable')

  const { id } = (await r.ask('PATCH', `/v1/bundles/${esxBundle}`, now)).json
  await r.pass('1m')
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json

  assert.equal((await r.ask('GET', '/v1/system/settings/depot')).json.vmwareAccount.status, 'DEPOT_NOT_AVAILABLE')
  assert.match(JSON.stringify(task.subTasks), /DEPOT_NOT_AVAILABLE.*does not answer/)
})

test('what is not in an offline depot cannot be downloaded, the rest can', async () => {
  await using r = await rig('depot-offline')

  const { offlineAccount, depotConfiguration } = (await r.ask('GET', '/v1/system/settings/depot')).json
  const missing = await r.ask('PATCH', `/v1/bundles/${vcenterBundle}`, now)
  const there = await r.ask('PATCH', `/v1/bundles/${esxBundle}`, now)

  assert.deepEqual([offlineAccount.status, depotConfiguration.isOfflineDepot], ['DEPOT_CONNECTION_SUCCESSFUL', true])
  assert.deepEqual([missing.status, missing.json.errorCode, there.status], [400, 'BUNDLE_NOT_IN_DEPOT', 202])
  assert.equal(await statusOf(r, vcenterBundle), 'PENDING')
})

test('without any depot its settings are empty and nothing can be downloaded', async () => {
  await using r = await rig({ depot: { kind: 'none' } })

  const settings = await r.ask('GET', '/v1/system/settings/depot')
  const asked = await r.ask('PATCH', `/v1/bundles/${esxBundle}`, now)

  assert.deepEqual([settings.status, settings.json], [200, {}])
  assert.deepEqual([asked.status, asked.json.errorCode], [400, 'DEPOT_USER_NOT_SET'])
})

test('a download may stand still, for a while or for ever', async () => {
  await using r = await rig('download-stalls')
  await using forEver = await rig({ faults: [{ on: 'download', do: 'stall', percent: 50 }] })
  const percent = (one: Rig, id: string) => Math.round(one.simulator.world.tasks.named(id).work.fraction() * 100)

  const { id } = (await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)).json
  await r.pass('30m')
  const early = percent(r, id)
  await r.pass('2h')
  await r.signIn()
  const late = [percent(r, id), await statusOf(r, nsxBundle), (await r.ask('GET', `/v1/tasks/${id}`)).json.status]
  await r.pass('1h')
  await r.signIn()
  const again = await forEver.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  await forEver.pass('48h')
  await forEver.signIn()

  assert.equal(early, 35)
  assert.deepEqual(late, [35, 'IN_PROGRESS', 'IN_PROGRESS'])
  assert.equal(await statusOf(r, nsxBundle), 'SUCCESSFUL')
  assert.deepEqual([percent(forEver, again.json.id), await statusOf(forEver, nsxBundle)], [50, 'IN_PROGRESS'])
})

async function statusOf(r: Rig, id: string): Promise<string> {
  return (await r.ask('GET', `/v1/bundles/${id}`)).json.downloadStatus
}
