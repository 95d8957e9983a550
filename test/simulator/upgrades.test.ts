import assert from 'node:assert/strict'
import test from 'node:test'
import { after, offersOf } from './midway.ts'
import { rig } from './rig.ts'
import {
  baselineCluster,
  chooseTarget,
  download,
  esxBundle,
  esxUpgrade,
  imageCluster,
  management,
  nsxBundle,
  nsxUpgrade,
  target,
  targetImage,
  upgrade,
  vcenterUpgrade,
  wholeWay,
  workload,
} from './steps.ts'

test('step by step one thing is offered at a time, until both domains are at the target, in about half a day each', async () => {
  await using r = await rig()
  const began = r.clock.now()
  await chooseTarget(r)
  await download(r)

  const offered: string[][] = []
  for (const spec of wholeWay()) {
    offered.push(await offersOf(r))
    await upgrade(r, spec)
  }
  const hours = (r.clock.now() - began) / 3_600_000
  offered.push(await offersOf(r))
  const version = (await r.ask('GET', `/v1/releases?domainId=${management.id}`)).json.elements[0].version
  await chooseTarget(r, workload)
  for (const spec of [nsxUpgrade(workload), vcenterUpgrade(workload), esxUpgrade(workload.clusters[0]!)]) await upgrade(r, spec)

  const [sddc, nsx, vcenter, esx] = ['COMMON_SERVICES', 'NSX_T_MANAGER', 'VCENTER', 'HOST'].map((type) => [`${type} DOMAIN AVAILABLE`])
  assert.deepEqual(offered, [sddc, nsx, vcenter, esx, esx, []])
  assert.equal(version, target)
  assert.deepEqual(
    r.state().domains.map((domain) => domain.version),
    [target, target],
  )
  assert.ok(hours > 9 && hours < 12, `${hours} hours`)
})

test('ESX may be offered once per cluster instead', async () => {
  await using r = await rig({ ...after('SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'), esxOffer: 'cluster' })

  const before = await offersOf(r)
  await upgrade(r, esxUpgrade(baselineCluster))

  assert.deepEqual(before, ['HOST CLUSTER AVAILABLE', 'HOST CLUSTER AVAILABLE'])
  assert.deepEqual(await offersOf(r), ['HOST CLUSTER AVAILABLE'])
})

test('an upgrade goes from PENDING over INPROGRESS to success, found by the id that its task has too', async () => {
  await using r = await rig(after('SDDC_MANAGER'))
  const { id } = (await r.ask('POST', '/v1/upgrades', nsxUpgrade())).json
  const read = async () => [(await r.ask('GET', `/v1/upgrades/${id}`)).json.status, (await r.ask('GET', `/v1/tasks/${id}`)).json.status]

  const first = await read()
  await r.pass('50m')
  const second = await read()
  const domain = (await r.ask('GET', `/v1/domains/${management.id}`)).json.status
  const offered = await offersOf(r)
  await r.until(() => r.state().upgrades[0]?.state !== 'running')
  await r.signIn()
  const third = await read()

  assert.deepEqual(first, ['PENDING', 'Pending'])
  assert.deepEqual(second, ['INPROGRESS', 'In Progress'])
  assert.deepEqual(third, ['COMPLETED_WITH_SUCCESS', 'Successful'])
  assert.equal(domain, 'UPGRADING')
  assert.deepEqual(offered, ['NSX_T_MANAGER DOMAIN INPROGRESS'])
})

test('ESX goes host by host, and two clusters in parallel when asked to', async () => {
  await using r = await rig(after('SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'))
  const both = {
    bundleId: esxBundle,
    resourceType: 'CLUSTER',
    parallelUpgrade: true,
    resourceUpgradeSpecs: [
      { resourceId: baselineCluster.id, upgradeNow: true },
      { resourceId: imageCluster.id, upgradeNow: true, personalitySpec: { personalityId: targetImage.id } },
    ],
  }
  const begun = await r.ask('POST', '/v1/upgrades', both)
  const done = () =>
    Object.values(r.state().domains[0]!.hosts).map((versions) => versions.filter((version) => version.endsWith('24280767')).length)

  await r.pass('41m')
  const early = done()
  await r.signIn()
  const task = (await r.ask('GET', `/v1/tasks/${begun.json.id}`)).json
  await r.pass('80m')
  const late = done()
  await r.pass('40m')

  assert.equal(begun.status, 202)
  assert.deepEqual(
    [early, late, done()],
    [
      [1, 1],
      [3, 3],
      [4, 3],
    ],
  )
  assert.deepEqual(
    task.subTasks[0].stages.map(({ status }: { status: string }) => status),
    // Each host enters maintenance mode, then it is remediated.
    [...Array(3).fill('SUCCESSFUL'), 'IN_PROGRESS', ...Array(4).fill('PENDING')],
  )
})

test('inventory and offers follow the end of an upgrade after a moment', async () => {
  await using r = await rig(after('SDDC_MANAGER', 'NSX_T_MANAGER'))
  const { id } = (await r.ask('POST', '/v1/upgrades', vcenterUpgrade())).json
  const version = async () => (await r.ask('GET', `/v1/vcenters?domainId=${management.id}`)).json.elements[0].version

  await r.pass('75m')
  await r.signIn()
  const record = (await r.ask('GET', `/v1/upgrades/${id}`)).json.status
  const [versionAtOnce, offeredAtOnce] = [await version(), await offersOf(r)]
  await r.pass('1m')

  assert.equal(record, 'COMPLETED_WITH_SUCCESS')
  assert.deepEqual([versionAtOnce, offeredAtOnce], ['8.0.3.00100-24091160', []])
  assert.deepEqual([await version(), await offersOf(r)], ['8.0.3.00300-24305161', ['HOST DOMAIN AVAILABLE']])
})

test('an upgrade that runs is not retried and not cancelled, and lists can be filtered', async () => {
  await using r = await rig(after('SDDC_MANAGER'))
  const { id } = (await r.ask('POST', '/v1/upgrades', nsxUpgrade())).json
  await r.pass('5m')
  const count = async (path: string) => (await r.ask('GET', path)).json.elements.length

  assert.equal((await r.ask('PATCH', `/v1/tasks/${id}`)).status, 409)
  assert.equal((await r.ask('DELETE', `/v1/tasks/${id}`)).status, 409)
  assert.deepEqual([await count(`/v1/upgrades?bundleId=${nsxBundle}`), await count(`/v1/upgrades?bundleId=${esxBundle}`)], [1, 0])
  assert.deepEqual([await count('/v1/upgrades?status=INPROGRESS'), await count('/v1/upgrades?bundleType=SDDC_MANAGER')], [1, 0])
  assert.deepEqual([await count('/v1/tasks?taskStatus=IN_PROGRESS'), await count('/v1/tasks?taskType=BUNDLE_DOWNLOAD')], [1, 0])
  assert.deepEqual([await count(`/v1/tasks?resourceId=${management.id}`), await count('/v1/tasks?pageNumber=1&pageSize=1')], [1, 0])
})

test('the speed divides every duration', async () => {
  await using r = await rig(after('SDDC_MANAGER'), 600)
  await r.ask('POST', '/v1/upgrades', nsxUpgrade())

  await r.pass('17s')
  const before = r.state().upgrades[0]?.state
  await r.pass('2s')

  assert.deepEqual([before, r.state().upgrades[0]?.state], ['running', 'succeeded'])
})
