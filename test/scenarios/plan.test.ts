import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Step } from '../../server/ports/facts.ts'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

const { esx } = defaultDomainSettings

/** The management domain's steps as they are on disk. */
function steps(r: Rehearsal): readonly Step[] {
  return r.store.load().records.find(({ domain }) => domain.name === 'vcf-m01')?.facts.run?.steps ?? []
}

test('order, options and parallel clusters of the settings are what is shown and what is requested', async (t) => {
  const settings = {
    esx: { ...esx, order: ['vcf-m01-cl02'], quickBoot: true, failureAction: { action: 'RETRY', delaySeconds: 300, count: 3 } },
    nsx: { parallelHostClusters: true, parallelEdgeClusters: false },
  } as const
  const r = await rehearse('happy', { settings })
  t.after(() => r.close())

  await r.press('start', olga)
  const before = (await r.until('downloading_bundles')).steps.filter(({ component }) => component === 'ESX_HOST')
  assert.deepEqual(
    before.map(({ resource }) => resource),
    ['vcf-m01-cl02', 'vcf-m01-cl01'],
  )
  await r.until('successfully_completed')

  const [, nsx, vcenter, first, second] = steps(r)
  const { hostClusterIds, edgeClusterIds, ...flags } = nsx!.request.nsx!
  assert.deepEqual([hostClusterIds.length, edgeClusterIds.length], [2, 1], 'all host and edge clusters')
  assert.deepEqual([flags.parallelHostClusters, flags.parallelEdgeClusters], [true, false])
  assert.deepEqual(
    vcenter!.request.vcenters!.map(({ mechanism }) => mechanism),
    ['InPlace'],
  )
  assert.deepEqual([first!.resource, second!.resource], ['vcf-m01-cl02', 'vcf-m01-cl01'])
  const { order: _, images: __, ...options } = settings.esx
  assert.deepEqual(first!.request.esx, options)
  assert.ok(first!.request.personalityId, 'the image-based cluster')
  assert.equal(second!.request.personalityId, undefined, 'the baseline cluster')
  assert.deepEqual([first!.done, first!.total], [3, 3])
})

test('names in the settings that the data centre does not have are said once, also after a restart', async (t) => {
  const r = await rehearse('happy', { settings: { esx: { ...esx, order: ['cl-typo'], images: { 'vcf-m01-cl02': 'silver' } } } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('running_prechecks')
  await r.restart()
  const waiting = await r.until('waiting_for_image')

  assert.match(waiting.halt!.text, /"silver" that the settings name for cluster vcf-m01-cl02 is not in SDDC Manager/)
  const said = r.log().filter((line) => /cl-typo|"silver" for cluster/.test(line))
  assert.equal(said.length, 2, said.join('\n'))
})

test('after a failure: VCF’s remedy, then what can be restored and from what', async (t) => {
  const r = await rehearse('component-fails')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')

  assert.match(halt!.remediation!, /There is no rollback in SDDC Manager\. .*a backup that NSX itself made/)
  assert.doesNotMatch(halt!.remediation!, /^There is no rollback/)
})

for (const [status, words] of [
  [424, /depends on/],
  [403, /role ADMIN/],
  [409, /Another workflow/],
] as const) {
  test(`an upgrade refused with ${status}: VCF's text, no blind second request; Retry reads what is offered, then asks once more`, async (t) => {
    const error = { code: 'NOT_NOW', message: 'The deployment is locked.', reference: 'LCK1' }
    const r = await rehearse({
      faults: [{ on: 'request', request: 'POST /v1/upgrades', component: 'VCENTER', do: 'refuse', status, error }],
    })
    t.after(() => r.close())

    await r.press('start', olga)
    const { halt } = await r.until('failed')
    assert.match(halt!.text, /refused the upgrade: .*The deployment is locked/)
    assert.match(halt!.remediation!, words)
    assert.equal(halt!.reference, 'LCK1')
    await r.advance(5 * hour)
    const asked = () => r.posts().filter((component) => component === 'VCENTER').length
    assert.equal(asked(), 1)
    const reads = () => r.simulator.requests().filter(({ path }) => path.startsWith('/v1/upgradables/domains/')).length
    const before = reads()
    await r.press('retry', olga)
    await r.until('successfully_completed')

    assert.ok(reads() > before)
    assert.equal(asked(), 2)
  })
}

test('hosts that are behind while ESX is never offered: each with its version and the target, and what to do', async (t) => {
  const r = await rehearse({ faults: [{ on: 'upgrade', component: 'VCENTER', do: 'offer nothing' }] })
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt, steps } = await r.until('failed')

  assert.equal(halt!.text.match(/esx-m01-\d\d\S* 8\.0\.3-24022510/g)?.length, 7, halt!.text)
  assert.match(halt!.text, /ESX \(target 8\.0\.3-24280767\):/)
  assert.match(halt!.remediation!, /build.*Retry looks again/)
  assert.deepEqual([...new Set(steps.filter(({ component }) => component === 'ESX_HOST').map(({ state }) => state))], ['pending'])
})

test('an offered product that is upgraded elsewhere is named in plain words', async (t) => {
  const r = await rehearse({ faults: [{ on: 'upgrade', component: 'NSX_T_MANAGER', do: 'offer unknown', type: 'VCF_VRSLCM_UPGRADE' }] })
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('waiting_for_operator')

  assert.match(halt!.text, /an upgrade of Aria Suite Lifecycle \(VCF_VRSLCM_UPGRADE/)
  assert.match(halt!.remediation!, /SDDC Manager upgrades it from its own user interface.*press Retry/)
})

test('while NSX and vCenter are upgraded the log says what to keep hands off', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_vcenter')
  await r.advance(minute)

  const details = r.view().log.flatMap(({ details }) => details ?? [])
  assert.ok(details.some((line) => /upload nothing to NSX/.test(line)))
  assert.ok(details.some((line) => /management interface of vCenter/.test(line)))
})

test('stretched-cluster: a person is asked for its vSAN witness before its hosts, once, also over a restart', async (t) => {
  const r = await rehearse('stretched-cluster')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('waiting_for_operator')
  assert.match(halt!.text, /vcf-m01-cl01 spans two sites.*witness/)
  assert.ok(!r.posts().includes('ESX_HOST'))
  await r.restart()
  await r.advance(3 * hour)
  assert.equal(r.view().phase, 'waiting_for_operator')
  await r.press('retry', olga)
  await r.restart()
  await r.until('successfully_completed')

  assert.equal(r.phases().filter((phase) => phase === 'waiting_for_operator').length, 1)
})
