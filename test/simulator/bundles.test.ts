import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from './rig.ts'
import { nsxBundle, vcenterBundle } from './steps.ts'

const now = { bundleDownloadSpec: { downloadNow: true } }

test('a bundle is downloaded in minutes, under a task of its own', async () => {
  await using r = await rig()

  const begun = await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  const early = await statusOf(r, nsxBundle)
  await r.pass('5m')
  const midway = await statusOf(r, nsxBundle)
  const task = await r.ask('GET', `/v1/tasks/${begun.json.id}`)
  await r.pass('10m')
  const late = await statusOf(r, nsxBundle)
  const done = await r.ask('GET', `/v1/tasks/${begun.json.id}`)

  assert.equal(begun.status, 202)
  assert.equal(begun.headers.location, `/v1/tasks/${begun.json.id}`)
  assert.deepEqual([early, midway, late], ['SCHEDULED', 'IN_PROGRESS', 'SUCCESSFUL'])
  assert.deepEqual([task.json.status, done.json.status], ['IN_PROGRESS', 'SUCCESSFUL'])
})

test('a download that runs or is done is a conflict, an unknown bundle is missing, a bare downloadNow is wrong', async () => {
  await using r = await rig()
  await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)

  const running = await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  await r.pass('20m')
  const done = await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  const unknown = await r.ask('PATCH', '/v1/bundles/nobody', now)
  const bare = await r.ask('PATCH', `/v1/bundles/${vcenterBundle}`, { downloadNow: true })

  assert.deepEqual([running.status, done.status, unknown.status, bare.status], [409, 409, 404, 400])
})

test('a download that failed says why in its task and works the second time', async () => {
  await using r = await rig('bundle-fails')
  const { id } = (await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)).json

  await r.pass('20m')
  const failed = await statusOf(r, nsxBundle)
  const task = (await r.ask('GET', `/v1/tasks/${id}`)).json
  await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, now)
  await r.pass('20m')

  assert.equal(failed, 'FAILED')
  assert.match(JSON.stringify(task.subTasks), /depot closed the connection.*DL0W5D/)
  assert.equal(await statusOf(r, nsxBundle), 'SUCCESSFUL')
})

test('a recalled bundle can never be downloaded', async () => {
  await using r = await rig('bundle-recalled')
  await r.ask('PATCH', `/v1/bundles/${vcenterBundle}`, now)

  await r.pass('20m')
  const again = await r.ask('PATCH', `/v1/bundles/${vcenterBundle}`, now)

  assert.equal(await statusOf(r, vcenterBundle), 'RECALLED')
  assert.deepEqual([again.status, again.json.errorCode], [400, 'BUNDLE_RECALLED'])
})

async function statusOf(r: Rig, id: string): Promise<string> {
  return (await r.ask('GET', `/v1/bundles/${id}`)).json.downloadStatus
}
