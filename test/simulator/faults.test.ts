import assert from 'node:assert/strict'
import test from 'node:test'
import { reached } from './midway.ts'
import { type Rig, rig } from './rig.ts'
import { baselineCluster, esxUpgrade, imageCluster, management, nsxUpgrade, sddcUpgrade, upgrade, vcenterUpgrade } from './steps.ts'

test('a component that fails says why deep in its task, is offered as failed, and a retry of the task finishes it', async () => {
  await using r = await reached('component-fails', sddcUpgrade())

  const { id } = (await upgrade(r, nsxUpgrade())).json
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json
  const offer = (await r.ask('GET', '/v1/system/upgradables')).json.elements[0]
  const posted = await r.ask('POST', '/v1/upgrades', nsxUpgrade())
  const retried = await r.ask('PATCH', `/v1/tasks/${id}`)
  const running = (await r.ask('GET', `/v1/upgrades/${id}`)).json.status
  await r.until(() => r.state().upgrades[1]?.state === 'succeeded')
  await r.pass('1m')

  assert.deepEqual([task.status, task.isRetryable, task.errors[0].errorCode], ['Failed', true, 'TASK_FAILED'])
  const failed = task.subTasks
    .flatMap(({ stages }: { stages: { errors: object[] }[] }) => stages)
    .filter(({ errors }: { errors: object[] }) => errors.length > 0)
  assert.deepEqual(
    failed.map(({ errors }: { errors: { referenceToken: string; remediationMessage: string }[] }) => errors[0]!.referenceToken),
    ['K7Q2MD'],
  )
  assert.match(failed[0].errors[0].remediationMessage, /maintenance mode/)
  assert.equal(offer.status, 'FAILED')
  assert.deepEqual([posted.status, retried.status, running], [403, 200, 'INPROGRESS'])
  assert.match(r.state().domains[0]!.components.NSX_T_MANAGER!, /^4\.2\.1/)
})

test('a component that fails for good cannot be retried, but is offered again and works', async () => {
  await using r = await reached('component-fails-for-good', sddcUpgrade())

  const { id } = (await upgrade(r, nsxUpgrade())).json
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json
  const retried = await r.ask('PATCH', `/v1/tasks/${id}`)
  const offer = (await r.ask('GET', '/v1/system/upgradables')).json.elements[0]
  const second = await upgrade(r, nsxUpgrade())

  assert.deepEqual([task.isRetryable, retried.status, offer.status, second.status], [false, 409, 'AVAILABLE', 202])
  assert.deepEqual(
    r.state().upgrades.map(({ state }) => state),
    ['succeeded', 'failed', 'succeeded'],
  )
})

test('an answer that is lost belongs to an upgrade that runs', async () => {
  await using r = await reached('lost-answer', sddcUpgrade())

  await assert.rejects(r.ask('POST', '/v1/upgrades', nsxUpgrade()), { code: 'UND_ERR_SOCKET' })

  assert.deepEqual(
    (await r.ask('GET', '/v1/upgrades')).json.elements.map(({ status }: { status: string }) => status),
    ['COMPLETED_WITH_SUCCESS', 'PENDING'],
  )
  const last = r.simulator.requests().findLast(({ method }) => method === 'POST')
  assert.deepEqual([last?.status, last?.lost], [202, 'answer'])
})

test('a request that is lost starts nothing, and the next one works', async () => {
  await using r = await reached('lost-request', sddcUpgrade())

  await assert.rejects(r.ask('POST', '/v1/upgrades', nsxUpgrade()), { code: 'UND_ERR_SOCKET' })
  const known = (await r.ask('GET', '/v1/upgrades')).json.elements.length
  const second = await r.ask('POST', '/v1/upgrades', nsxUpgrade())

  assert.deepEqual([known, second.status], [1, 202])
  const lost = r.simulator.requests().find((request) => request.lost)
  assert.deepEqual([lost?.status, lost?.lost, lost?.upgrade?.component], [undefined, 'request', 'NSX_T_MANAGER'])
})

test('a request may be refused once', async () => {
  await using r = await reached('refused-request', sddcUpgrade(), nsxUpgrade())

  const first = await r.ask('POST', '/v1/upgrades', vcenterUpgrade())
  const second = await r.ask('POST', '/v1/upgrades', vcenterUpgrade())

  assert.deepEqual([first.status, first.json.errorCode, first.json.referenceToken], [403, 'OPERATION_LOCKED', 'LCK401'])
  assert.equal(second.status, 202)
})

test('somebody else may have begun: their NSX upgrade runs from the start and ends after a while', async () => {
  await using r = await rig('foreign-upgrade')

  const [running] = (await r.ask('GET', '/v1/upgrades')).json.elements
  const target = (await r.ask('GET', `/v1/releases/domains/${management.id}`)).json.targetVersion
  const mine = await r.ask('POST', '/v1/upgrades', nsxUpgrade())
  await r.pass('1h')
  const percent = r.state().upgrades[0]!.percent
  await r.until(() => r.state().upgrades[0]?.state === 'succeeded')
  await r.pass('1m')

  assert.deepEqual([running.status, target, mine.status], ['INPROGRESS', '5.2.1.0', 403])
  assert.ok(percent > 60 && percent < 70, `${percent} %`)
  assert.match(r.state().domains[0]!.components.NSX_T_MANAGER!, /^4\.2\.1/)
})

test('without an image of the target there is none to name until somebody imports one; with two there are two', async () => {
  await using none = await reached('no-image', sddcUpgrade(), nsxUpgrade(), vcenterUpgrade())
  await using two = await rig('two-images')
  const images = async (r: Rig) => (await r.ask('GET', '/v1/personalities?baseOSVersion=8.0.3-0.0.24280767')).json.elements.length

  const before = await images(none)
  await upgrade(none, esxUpgrade(baselineCluster))
  const early = await none.ask('POST', '/v1/upgrades', esxUpgrade(imageCluster))
  await none.pass('2h')
  await none.signIn()
  const late = await none.ask('POST', '/v1/upgrades', esxUpgrade(imageCluster))

  assert.deepEqual([before, early.json.errorCode, await images(none), late.status], [0, 'PERSONALITY_NOT_FOUND', 1, 202])
  assert.equal(await images(two), 2)
})

test('a workload domain alone begins with the management domain at the target', async () => {
  await using r = await rig('workload-only')

  const versions = r.state().domains.map(({ name, version }) => `${name} ${version}`)

  assert.deepEqual(versions, ['vcf-m01 5.2.1.0', 'vcf-w01 5.2.0.0'])
})
