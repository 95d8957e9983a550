import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from './rig.ts'
import {
  baselineCluster,
  chooseTarget,
  download,
  esxBundle,
  esxUpgrade,
  imageCluster,
  management,
  nsxUpgrade,
  sddcUpgrade,
  upgrade,
  vcenterBundle,
  vcenterUpgrade,
  workload,
} from './steps.ts'

const ready = { start: { downloaded: ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'], targeted: ['vcf-m01'] } } as const

test('an upgrade is refused without a target, without its bundle, and before its turn', async () => {
  await using r = await rig()

  const untargeted = await refused(r, sddcUpgrade())
  await chooseTarget(r)
  const undownloaded = await refused(r, sddcUpgrade())
  const early = await refused(r, nsxUpgrade())
  await download(r)
  const stillEarly = await refused(r, vcenterUpgrade())
  const started = await r.ask('POST', '/v1/upgrades', sddcUpgrade())

  assert.deepEqual(untargeted, [403, 'UPGRADE_TARGET_NOT_SELECTED'])
  assert.deepEqual(undownloaded, [424, 'BUNDLE_NOT_DOWNLOADED'])
  assert.deepEqual([early, stillEarly], Array(2).fill([403, 'UPGRADE_NOT_NEXT_IN_ORDER']))
  assert.equal(started.status, 202)
})

test('a second upgrade is refused while one runs, whatever domain it is for', async () => {
  await using r = await rig({ start: { ...ready.start, targeted: ['vcf-m01', 'vcf-w01'] } })
  await r.ask('POST', '/v1/upgrades', sddcUpgrade())

  const same = await refused(r, sddcUpgrade())
  const other = await refused(r, nsxUpgrade(workload))

  assert.deepEqual([same, other], Array(2).fill([403, 'UPGRADE_IN_PROGRESS']))
})

test('a workload domain is refused, and offered nothing, before the management domain is done', async () => {
  await using r = await rig({ start: { ...ready.start, targeted: ['vcf-w01'] } })

  const early = await refused(r, nsxUpgrade(workload))
  const offered = (await r.ask('GET', '/v1/system/upgradables')).json.elements

  assert.deepEqual(early, [424, 'MANAGEMENT_DOMAIN_NOT_UPGRADED'])
  assert.deepEqual(offered, [])
})

test('a step that is done is not done again', async () => {
  await using r = await rig(ready)
  await upgrade(r, sddcUpgrade())

  assert.deepEqual(await refused(r, sddcUpgrade()), [403, 'UPGRADE_NOT_NEXT_IN_ORDER'])
})

test('a vCenter needs its mechanism, and a reduced downtime one its network', async () => {
  await using r = await rig({ start: { ...ready.start, atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }] } })
  const vcenter = management.vcenters[0]!.id
  const with_ = (inputs: readonly object[] | undefined) => ({ ...vcenterUpgrade(), vcenterUpgradeUserInputSpecs: inputs })

  const missing = await refused(r, with_(undefined))
  const mechanism = await refused(r, with_([{ resourceId: vcenter }]))
  const network = await refused(r, with_([{ resourceId: vcenter, upgradeMechanism: 'ReducedDowntimeMigration' }]))
  const stranger = await refused(
    r,
    with_([
      { resourceId: vcenter, upgradeMechanism: 'InPlace' },
      { resourceId: 'x', upgradeMechanism: 'InPlace' },
    ]),
  )

  assert.deepEqual([missing, mechanism, network], Array(3).fill([400, 'VCENTER_INPUT_MISSING']))
  assert.deepEqual(stranger, [400, 'VCENTER_INPUT_INVALID'])
  assert.equal((await r.ask('POST', '/v1/upgrades', vcenterUpgrade())).status, 202)
})

test('an image-based cluster needs an image of the target, a baseline cluster none', async () => {
  await using r = await rig({
    start: { ...ready.start, atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] }] },
  })
  const image = (clusterId: string, personalityId?: string) => ({
    bundleId: esxBundle,
    resourceType: 'CLUSTER',
    resourceUpgradeSpecs: [{ resourceId: clusterId, upgradeNow: true, ...(personalityId && { personalitySpec: { personalityId } }) }],
  })
  const old = (await r.ask('GET', '/v1/personalities?personalityName=VCF-520-Dell')).json.elements[0].personalityId

  assert.deepEqual(await refused(r, image(imageCluster.id)), [400, 'PERSONALITY_MISSING'])
  assert.deepEqual(await refused(r, image(imageCluster.id, 'nobody')), [400, 'PERSONALITY_NOT_FOUND'])
  assert.deepEqual(await refused(r, image(imageCluster.id, old)), [400, 'PERSONALITY_NOT_APPLICABLE'])
  assert.deepEqual(await refused(r, image(baselineCluster.id, old)), [400, 'INPUT_NOT_APPLICABLE'])
  assert.equal((await r.ask('POST', '/v1/upgrades', esxUpgrade(imageCluster))).status, 202)
})

test('what a request names has to exist and to fit, and nothing unknown may be in it', async () => {
  await using r = await rig(ready)
  const base = sddcUpgrade()

  assert.deepEqual(await refused(r, { ...base, bundleId: 'nobody' }), [400, 'BUNDLE_NOT_FOUND'])
  assert.deepEqual(await refused(r, { ...base, resourceUpgradeSpecs: [{ resourceId: 'nobody', upgradeNow: true }] }), [
    400,
    'RESOURCE_NOT_APPLICABLE',
  ])
  assert.deepEqual(await refused(r, { ...base, resourceUpgradeSpecs: [{ resourceId: workload.id, upgradeNow: true }] }), [
    400,
    'RESOURCE_NOT_APPLICABLE',
  ])
  assert.deepEqual(await refused(r, { ...base, hostUpgradeSpec: {} }), [400, 'BAD_REQUEST'])
  assert.deepEqual(await refused(r, { ...base, draftMode: true }), [400, 'DRAFT_NOT_SIMULATED'])
  assert.deepEqual(await refused(r, { ...base, vcenterUpgradeUserInputSpecs: [] }), [400, 'INPUT_NOT_APPLICABLE'])
  assert.deepEqual(await refused(r, { bundleId: vcenterBundle }), [400, 'BAD_REQUEST'])
  assert.deepEqual(await refused(r, { ...esxUpgrade(baselineCluster), resourceType: 'DOMAIN' }), [400, 'RESOURCE_NOT_APPLICABLE'])
})

async function refused(r: Rig, spec: object): Promise<[number, string]> {
  const { status, json } = await r.ask('POST', '/v1/upgrades', spec)
  return [status, json.errorCode]
}
