import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from './rig.ts'
import { chooseTarget, management, target, workload } from './steps.ts'

test('a newer release is applicable with its bill of materials and bundles, a later one is not and says why', async () => {
  await using r = await rig()

  const [next, later] = (await r.ask('GET', `/v1/releases/domains/${management.id}/future-releases`)).json.elements

  assert.deepEqual([next.version, next.applicabilityStatus], ['5.2.1.0', 'APPLICABLE'])
  assert.deepEqual(
    next.bom.map(({ name }: { name: string }) => name),
    ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'HOST'],
  )
  assert.equal(new Set(next.patchBundles.map(({ bundleId }: { bundleId: string }) => bundleId)).size, 4)
  assert.ok(next.patchBundles.length > 4, 'several entries name one bundle')
  assert.equal(later.applicabilityStatus, 'NOT_APPLICABLE')
  assert.match(later.reasonsNotApplicable.map(({ message }: { message: string }) => message).join(' '), /not upgradable.*baselines/)
})

test('what a workload domain does not have is left out of its release', async () => {
  await using r = await rig()

  const [next] = (await r.ask('GET', `/v1/releases/domains/${workload.id}/future-releases`)).json.elements

  assert.equal(next.bom.length, 3)
  assert.ok(!next.patchBundles.some(({ bundleType }: { bundleType: string }) => bundleType === 'SDDC_MANAGER'))
})

test('where nothing is newer, nothing is offered', async () => {
  await using r = await rig('no-update')

  const future = await r.ask('GET', `/v1/releases/domains/${management.id}/future-releases`)
  const bundles = await r.ask('GET', '/v1/bundles')
  const domain = await r.ask('GET', `/v1/domains/${management.id}`)

  assert.deepEqual([future.json.elements, bundles.json.elements], [[], []])
  assert.equal(domain.json.upgradeStatus.status, 'UP_TO_DATE')
})

test('a target is taken with an answer that is empty and no JSON, kept, and taken back', async () => {
  await using r = await rig()
  const path = `/v1/releases/domains/${management.id}`

  const none = await r.ask('GET', path)
  const chosen = await chooseTarget(r)
  const kept = await r.ask('GET', path)
  const cleared = await r.ask('DELETE', path)
  const again = await r.ask('GET', path)

  assert.deepEqual([chosen.status, chosen.text, chosen.contentType], [200, '', undefined])
  assert.deepEqual([kept.json.domainId, kept.json.targetVersion], [management.id, target])
  assert.deepEqual([none.status, cleared.status, again.status], [404, 200, 404])
})

test('a target is refused as SDDC Manager does: the same version, an unknown one, one out of reach, empty members, a workload domain ahead', async () => {
  await using r = await rig()
  const patch = async (domainId: string, body: object) => {
    const { status, json } = await r.ask('PATCH', `/v1/releases/domains/${domainId}`, body)
    return [status, json.errorCode]
  }

  assert.deepEqual(await patch(management.id, { targetVersion: '5.2.0.0' }), [400, 'SAME_SOURCE_AND_TARGET_VCF_VERSION'])
  assert.deepEqual(await patch(management.id, { targetVersion: '5.9.9.9' }), [500, 'VCF_RUNTIME_ERROR'])
  assert.deepEqual(await patch(management.id, { targetVersion: '9.0.0.0' }), [400, 'TARGET_RELEASE_NOT_APPLICABLE'])
  assert.deepEqual(await patch(management.id, { targetVersion: target, targetVxRailVersion: '' }), [400, 'BAD_REQUEST'])
  assert.deepEqual(await patch(workload.id, { targetVersion: target }), [400, 'MANAGEMENT_DOMAIN_NOT_UPGRADED'])
  assert.deepEqual(await patch('nobody', { targetVersion: target }), [404, 'DOMAIN_NOT_FOUND'])
})

test('a validation runs for minutes and passes; at the target it is refused instead', async () => {
  await using r = await rig('workload-only')
  const validate = (domainId: string) => r.ask('POST', `/v1/releases/domains/${domainId}/validations`, { targetVersion: target })

  const started = await validate(workload.id)
  await r.pass('4m')
  const ended = await r.ask('GET', `/v1/releases/domains/validations/${started.json.id}`)
  const done = await validate(management.id)

  assert.deepEqual([started.status, started.json.executionStatus], [202, 'IN_PROGRESS'])
  assert.deepEqual([ended.json.executionStatus, ended.json.resultStatus], ['COMPLETED', 'SUCCEEDED'])
  assert.deepEqual([done.status, done.json.errorCode], [400, 'SAME_SOURCE_AND_TARGET_VCF_VERSION_BUT_NO_PATCHLIST'])
})
