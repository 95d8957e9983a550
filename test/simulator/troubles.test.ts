import assert from 'node:assert/strict'
import test from 'node:test'
import { scenarioOf } from '../../server/simulator/scenarios.ts'
import { reached } from './midway.ts'
import { type Rig, rig } from './rig.ts'
import {
  baselineCluster,
  chooseTarget,
  esxUpgrade,
  imageCluster,
  management,
  nsxBundle,
  nsxUpgrade,
  sddcUpgrade,
  target,
  upgrade,
  vcenterBundle,
  vcenterUpgrade,
  workload,
} from './steps.ts'

/** Scenario, what the reason says, and of how many releases of which domains. */
const unreachable = [
  ['nsx-back-in-time', 'NSX_BACK_IN_TIME', /back in time/, true],
  ['avi-not-interoperable', 'NOT_INTEROPERABLE', /NSX Advanced Load Balancer/, true],
  ['component-newer-than-target', 'SOURCE_NEWER_THAN_TARGET', /vc-m01\.rehearsal\.example is newer/, false],
  ['standalone-hosts', 'STANDALONE_HOSTS', /esx-a01\.rehearsal\.example/, false],
] as const

for (const [name, code, text, everywhere] of unreachable) {
  test(`${name}: no newer release can be chosen, and VCF says why`, async () => {
    await using r = await rig(name)

    const releases = await futureReleases(r)
    const others = await futureReleases(r, workload)
    const chosen = await chooseTarget(r)

    for (const { applicabilityStatus, reasonsNotApplicable } of releases) {
      assert.equal(applicabilityStatus, 'NOT_APPLICABLE')
      assert.match(reasonsNotApplicable.find(({ messageKey }) => messageKey === code)?.message ?? '', text)
    }
    assert.equal(
      others.some(({ applicabilityStatus }) => applicabilityStatus === 'APPLICABLE'),
      !everywhere,
    )
    assert.deepEqual([chosen.status, chosen.json.errorCode], [400, 'TARGET_RELEASE_NOT_APPLICABLE'])
  })
}

test('component-newer-than-target: the vCenter runs a later build than the one of the release', async () => {
  await using r = await rig('component-newer-than-target')

  const { version } = (await r.ask('GET', `/v1/vcenters?domainId=${management.id}`)).json.elements[0]
  const bom: { name: string; version: string }[] = (await futureReleases(r))[0]!.bom

  const wanted = bom.find(({ name }) => name === 'VCENTER')!.version
  assert.ok(version > wanted, `${version} is not newer than ${wanted}`)
  assert.equal(version.split('-')[0], wanted.split('-')[0])
})

/** Scenario, VCF's code, its reference token, and how many errors and warnings the first run finds. */
const found = [
  ['elm-broken', 'BREAK_ELM_ONLY_SUPPORTED_ON_JOINED_MGMT_SSO', 'ELM6BR', 1, 0],
  ['pinned-vm', 'NSXT_PRECHECK_HOST_EVACUATION', 'PIN11V', 1, 0],
  ['image-incompatible', 'IMAGE_INCOMPATIBLE', 'IMG12C', 1, 0],
  ['vsan-not-ready', 'VSAN_RESYNC_RUNNING', 'VS15RS', 2, 0],
  ['inventory-out-of-sync', 'OUT_OF_BAND_UPGRADE', 'OB22SY', 0, 1],
] as const

for (const [name, code, reference, errors, warnings] of found) {
  test(`${name}: prechecks find it, under VCF's own code`, async () => {
    await using r = await rig(name)

    const result = await precheck(r)

    const { errorValidationsCount, warningGapsCount } = result.presentedArtifactsMap['validation-domain-summary'][0]
    const error = deepErrors(result.validationResult).find(({ errorCode }) => errorCode === code)
    assert.deepEqual([errorValidationsCount, warningGapsCount], [errors, warnings])
    assert.equal(error?.referenceToken, reference)
    assert.ok(error?.remediationMessage)
  })
}

test('inventory-out-of-sync: after the first prechecks vCenter is at the target, and the second find nothing', async () => {
  await using r = await rig('inventory-out-of-sync')
  const before = r.state().domains[0]!.components.VCENTER

  await precheck(r)
  const after = r.state().domains[0]!.components.VCENTER
  const second = await precheck(r)

  assert.deepEqual([before, after], ['8.0.3.00100-24091160', '8.0.3.00300-24305161'])
  assert.equal(second.presentedArtifactsMap['validation-domain-summary'][0].warningGapsCount, 0)
})

/** Scenario, upgrades before, the one that fails, the stage with the error, its reference token, and whether its task can be retried. */
const failing = [
  ['nsx-accounts-disconnected', [sddcUpgrade()], nsxUpgrade(), 'Upgrade coordinator', 'NSX7AC', true],
  ['clock-skew', [sddcUpgrade(), nsxUpgrade(), vcenterUpgrade()], esxUpgrade(baselineCluster), 'Remediate esx-m01-11', 'NTP9SK', true],
  [
    'host-cannot-enter-maintenance',
    [sddcUpgrade(), nsxUpgrade(), vcenterUpgrade()],
    esxUpgrade(baselineCluster),
    'Enter maintenance mode esx-m01-12',
    'MM10RE',
    true,
  ],
  ['vcenter-schema-fails', [sddcUpgrade(), nsxUpgrade()], vcenterUpgrade(), 'Install packages', 'VC13DB', false],
  ['hosts-failed-after-nsx', [sddcUpgrade()], nsxUpgrade(), 'Transport node esx-m01-13', 'NS17HF', true],
] as const

for (const [name, before, spec, stage, reference, retryable] of failing) {
  test(`${name}: the upgrade fails in the stage that is meant, and ${retryable ? 'works when it is retried' : 'cannot be retried'}`, async () => {
    await using r = await reached(name, ...before)

    const { id } = (await upgrade(r, spec)).json
    const task = (await r.ask('GET', `/v1/tasks/${id}`)).json
    const retried = await r.ask('PATCH', `/v1/tasks/${id}`)
    if (retryable) await r.until(() => r.state().upgrades.at(-1)?.state === 'succeeded')

    const [failed] = failuresOf(task)
    assert.ok(failed?.name.startsWith(stage), failed?.name)
    assert.equal(failed?.errors[0]?.referenceToken, reference)
    assert.deepEqual([task.isRetryable, retried.status], [retryable, retryable ? 200 : 409])
  })
}

test('host-cannot-enter-maintenance: only the upgrade that has the stage is struck, whichever comes first', async () => {
  await using r = await reached('host-cannot-enter-maintenance', sddcUpgrade(), nsxUpgrade(), vcenterUpgrade())

  await upgrade(r, esxUpgrade(imageCluster))
  await upgrade(r, esxUpgrade(baselineCluster))

  assert.deepEqual(
    r.state().upgrades.map(({ state }) => state),
    ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'failed'],
  )
})

test('nsx-done-but-failed: the record has failed, all of NSX is at the target, and vCenter is offered next', async () => {
  await using r = await reached('nsx-done-but-failed', sddcUpgrade())

  const { id } = (await upgrade(r, nsxUpgrade())).json

  assert.equal((await r.ask('GET', `/v1/upgrades/${id}`)).json.status, 'COMPLETED_WITH_FAILURE')
  assert.equal(r.state().domains[0]!.components.NSX_T_MANAGER, '4.2.1.0.0-24304122')
  assert.deepEqual(r.state().domains[0]!.offered, ['VCENTER AVAILABLE'])
  assert.equal((await r.ask('POST', '/v1/upgrades', nsxUpgrade())).status, 403)
})

test('esx-never-offered: hosts are behind, in a build that no release has, and after vCenter nothing is offered', async () => {
  await using r = await reached('esx-never-offered', sddcUpgrade(), nsxUpgrade(), vcenterUpgrade())

  const hosts = r.state().domains[0]!.hosts[baselineCluster.name]!

  assert.deepEqual(new Set(hosts), new Set(['8.0.3-24023717']))
  assert.deepEqual((await r.ask('GET', '/v1/system/upgradables')).json.elements, [])
})

test('esx-offered-again: everything is at the target, and the same bundle is still offered', async () => {
  await using r = await reached('esx-offered-again', sddcUpgrade(), nsxUpgrade(), vcenterUpgrade())

  const [first, second] = [await upgrade(r, esxUpgrade(baselineCluster)), await upgrade(r, esxUpgrade(imageCluster))]

  assert.deepEqual([first.status, second.status], [202, 202])
  assert.equal(r.state().domains[0]!.version, target)
  assert.deepEqual(r.state().domains[0]!.offered, ['HOST AVAILABLE'])
})

test('bundle-gone: NSX is offered although its bundle is not there, and taken once that is downloaded again', async () => {
  await using r = await reached('bundle-gone', sddcUpgrade())

  const offered = r.state().domains[0]!.offered
  const refused = await r.ask('POST', '/v1/upgrades', nsxUpgrade())
  await r.ask('PATCH', `/v1/bundles/${nsxBundle}`, { bundleDownloadSpec: { downloadNow: true } })
  await r.pass('20m')

  assert.deepEqual([offered, refused.status, refused.json.errorCode], [['NSX_T_MANAGER AVAILABLE'], 424, 'BUNDLE_NOT_DOWNLOADED'])
  assert.equal((await r.ask('POST', '/v1/upgrades', nsxUpgrade())).status, 202)
})

test('bundle-recalled-later: vCenter is offered, its bundle is recalled and refused', async () => {
  await using r = await reached('bundle-recalled-later', sddcUpgrade(), nsxUpgrade())

  const bundle = (await r.ask('GET', `/v1/bundles/${vcenterBundle}`)).json
  const refused = await r.ask('POST', '/v1/upgrades', vcenterUpgrade())

  assert.equal(bundle.downloadStatus, 'RECALLED')
  assert.deepEqual([refused.status, refused.json.errorCode], [424, 'BUNDLE_RECALLED'])
})

test('dependency-failed: the first request for vCenter is answered with 424', async () => {
  await using r = await reached('dependency-failed', sddcUpgrade(), nsxUpgrade())

  const [first, second] = [await r.ask('POST', '/v1/upgrades', vcenterUpgrade()), await r.ask('POST', '/v1/upgrades', vcenterUpgrade())]

  assert.deepEqual([first.status, first.json.referenceToken, second.status], [424, 'DEP424', 202])
})

test('token-expires: after seven minutes a token is refused, a refresh always, a sign-in never', async () => {
  await using r = await rig('token-expires')
  const { id } = (await r.signIn()).json.refreshToken

  await r.pass('8m')
  const expired = await r.ask('GET', '/v1/domains')
  const refreshed = await r.ask('PATCH', '/v1/tokens/access-token/refresh', id)
  const signedIn = await r.signIn()

  assert.deepEqual([expired.status, refreshed.status, signedIn.status], [401, 400, 201])
  assert.equal((await r.ask('GET', '/v1/domains')).status, 200)
})

test('target-changes: the first choice fails, the second is taken, another within a minute fails too', async () => {
  await using r = await rig('target-changes')
  const stored = async () => (await r.ask('GET', `/v1/releases/domains/${management.id}`)).status

  const first = await chooseTarget(r)
  const after = await stored()
  const second = await chooseTarget(r)
  const soon = await r.ask('DELETE', `/v1/releases/domains/${management.id}`)
  await r.pass('1m')
  const later = await r.ask('DELETE', `/v1/releases/domains/${management.id}`)

  assert.deepEqual([first.status, first.json.errorCode, after], [500, 'VCF_RUNTIME_ERROR', 404])
  assert.deepEqual([second.status, soon.status, later.status, await stored()], [200, 500, 200, 404])
})

test('a failure has to be told by its percentage or by its stage', () => {
  const fault = { on: 'upgrade', do: 'fail', error: { code: 'X', message: 'x' } }

  assert.throws(() => scenarioOf({ faults: [fault] }), /either percent or stage/)
  assert.throws(() => scenarioOf({ faults: [{ ...fault, percent: 1, stage: 'x' }] }), /either percent or stage/)
  assert.equal(scenarioOf({ faults: [{ ...fault, stage: 'x' }] }).faults.length, 1)
})

interface FutureRelease {
  readonly applicabilityStatus: string
  readonly reasonsNotApplicable: readonly { readonly messageKey: string; readonly message: string }[]
  readonly bom: { name: string; version: string }[]
}

async function futureReleases(r: Rig, domain = management): Promise<FutureRelease[]> {
  return (await r.ask('GET', `/v1/releases/domains/${domain.id}/future-releases`)).json.elements
}

interface DeepError {
  readonly errorCode: string
  readonly referenceToken?: string
  readonly remediationMessage?: string
  readonly nestedErrors?: readonly DeepError[]
}

function deepErrors(error: DeepError): DeepError[] {
  return [error, ...(error.nestedErrors ?? []).flatMap(deepErrors)]
}

/** A whole run for the management domain. */
async function precheck(r: Rig) {
  const { queryId, resources } = (
    await r.ask('POST', '/v1/system/check-sets/queries', { checkSetType: 'UPGRADE', domains: [{ domainId: management.id }] })
  ).json
  const rows = resources.map((row: { checkSets: { checkSetId: string }[] } & Record<string, unknown>) => ({
    resourceName: row.resourceName,
    resourceId: row.resourceId,
    resourceType: row.resourceType,
    domain: row.domain,
    checkSets: row.checkSets.map(({ checkSetId }) => ({ checkSetId })),
  }))
  const { id } = (await r.ask('POST', '/v1/system/check-sets', { queryId, resources: rows })).json
  await r.pass('11m')
  return (await r.ask('GET', `/v1/system/check-sets/${id}`)).json
}

interface Part {
  readonly name: string
  readonly errors: readonly { readonly referenceToken: string }[]
  readonly stages?: readonly Part[]
}

/** Steps and stages of a task that tell an error. */
function failuresOf({ subTasks }: { readonly subTasks: readonly Part[] }): Part[] {
  return subTasks.flatMap((step) => [...(step.stages ?? []), step]).filter(({ errors }) => errors.length > 0)
}
