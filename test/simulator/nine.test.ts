import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from './rig.ts'
import { download, management, upgrade, wholeWayOf, workload } from './steps.ts'

const nine = (scenario: Parameters<typeof rig>[0] = 'happy') => rig(scenario, undefined, '9.0.2')

test('both domains go to 9.0.2 step by step, all clusters with an image', async () => {
  await using r = await nine()

  for (const { id, name } of [management, workload]) {
    await r.ask('PATCH', `/v1/releases/domains/${id}`, { targetVersion: '9.0.2.0' })
    await download(r)
    await r.signIn()
    for (const spec of wholeWayOf(r, name)) assert.equal((await upgrade(r, spec)).status, 202)
  }
  const hosts = await r.ask('GET', '/v1/hosts?status=ASSIGNED')
  const clusters = await r.ask('GET', '/v1/clusters')

  assert.deepEqual(
    r.state().domains.map(({ version }) => version),
    ['9.0.2.0', '9.0.2.0'],
  )
  assert.deepEqual([...new Set(hosts.json.elements.map(({ esxiVersion }: { esxiVersion: string }) => esxiVersion))], ['9.0.2.0.25148076'])
  assert.ok(clusters.json.elements.every(({ isImageBased }: { isImageBased: boolean }) => isImageBased))
})

test('a release names what fleet management upgrades, to the management domain only, and says nothing of where it can be reached from', async () => {
  await using r = await nine()
  const bomOf = async (id: string) => (await r.ask('GET', `/v1/releases/domains/${id}/future-releases`)).json.elements[0]

  const [mine, theirs] = [await bomOf(management.id), await bomOf(workload.id)]
  const elsewhere = mine.bom.filter(({ lifecycleManagedBy }: { lifecycleManagedBy: string }) => lifecycleManagedBy !== 'SDDC_MANAGER_VCF')

  assert.deepEqual(
    elsewhere.map(({ name }: { name: string }) => name),
    ['VROPS', 'VCF_OPS_LCM', 'VCF_OPS_CLOUD_PROXY', 'VRA'],
  )
  assert.equal(theirs.bom.length, 3)
  assert.deepEqual([mine.minCompatibleVcfVersion, mine.minInstallerVersion], [undefined, '9.0.0.0'])
})

test('what came with 9.x is there and what went is not; with 5.2.1 it is the other way round', async () => {
  await using r = await nine()
  await using five = await rig()
  const paths = [
    '/v1/system/appliance-info',
    '/v1/domains/capabilities',
    `/v1/domains/${management.id}/capabilities`,
    '/v1/bundles/download-status',
    `/v1/upgrades/preview?bundleId=${r.simulator.world.bundles.all()[0]!.id}`,
  ]
  const gone = ['/v1/vrslcms', '/v1/vropses', '/v1/vrlis', '/v1/vras']
  const statuses = async (one: typeof r, list: readonly string[]) =>
    Promise.all(list.map(async (path) => (await one.ask('GET', path)).status))

  assert.deepEqual(
    await statuses(r, paths),
    paths.map(() => 200),
  )
  assert.deepEqual(
    await statuses(r, gone),
    gone.map(() => 404),
  )
  assert.deepEqual(
    await statuses(five, paths),
    paths.map(() => 404),
  )
  assert.deepEqual(
    await statuses(five, gone),
    gone.map(() => 200),
  )
  const upload = await r.ask('POST', '/v1/bundles', { bundleFilePath: '/a', manifestFilePath: '/b', signatureFilePath: '/c' })
  assert.deepEqual([upload.status, upload.json.remediationMessage], [410, 'Use POST /v1/product-binaries.'])
  assert.deepEqual((await r.ask('GET', paths[0]!)).json, { role: 'SddcManager', version: '9.0.1.0.24962180' })
})

test('bytes of a download grow; 5.x knows those of SDDC Manager alone', async () => {
  await using r = await nine()
  await using five = await rig()

  for (const one of [r, five]) {
    for (const { id } of one.simulator.world.bundles.all())
      await one.ask('PATCH', `/v1/bundles/${id}`, { bundleDownloadSpec: { downloadNow: true } })
    await one.pass('20s')
  }
  const sizes = async () =>
    (await r.ask('GET', '/v1/bundles/download-status')).json.elements.map(
      ({ downloadedSize }: { downloadedSize: number }) => downloadedSize,
    )
  const early = await sizes()
  await r.pass('10s')
  const later = await sizes()
  const [sddc] = (await five.ask('GET', '/v1/sddc-manager/upgradables')).json.elements

  assert.equal(early.length, 4)
  assert.ok(
    later.every((size: number, i: number) => size > early[i]),
    `${early} ${later}`,
  )
  assert.equal(sddc.sddcManagerBundle.downloadStatus, 'INPROGRESS')
  assert.ok(sddc.sddcManagerBundle.downloadProgress.downloadedBytes > 0)
})

test('after its restart SDDC Manager does not know what there is to upgrade: 409, then 408, then it does', async () => {
  await using r = await nine({ start: { downloaded: ['SDDC_MANAGER'], targeted: ['vcf-m01'] } })
  const seen: number[] = []

  await r.ask('POST', '/v1/upgrades', wholeWayOf(r)[0])
  await r.until(() => r.state().weather === 'cache empty')
  await r.signIn()
  await r.until(async () => {
    const { status } = await r.ask('GET', '/v1/system/upgradables')
    if (seen.at(-1) !== status) seen.push(status)
    return status === 200
  })

  assert.deepEqual(seen, [409, 408, 200])
  assert.equal(r.state().upgrades[0]?.state, 'succeeded')
})

test('a preview names the guardrails that stand against an upgrade, those of the scenario too', async () => {
  await using r = await nine({
    start: { targeted: ['vcf-m01'], atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER'] }] },
    faults: [{ on: 'preview', component: 'NSX_T_MANAGER', do: 'fail', guardrail: 'ManagerDisk', message: 'A disk of nsx-m01a is full.' }],
  })
  const nsx = r.simulator.world.bundles.all().find(({ component }) => component === 'NSX_T_MANAGER')!
  const preview = async () => {
    const { json } = await r.ask('GET', `/v1/upgrades/preview?bundleId=${nsx.id}&domainId=${management.id}`)
    const [{ upgradeEligibility }] = json.upgradeItems
    const failed = upgradeEligibility.details.filter(({ status }: { status: string }) => status === 'FAILED')
    return [upgradeEligibility.status, failed.map(({ name }: { name: string }) => name)]
  }

  assert.deepEqual(await preview(), ['NOT_ELIGIBLE', ['BundleDownloaded', 'ManagerDisk']])
  await download(r)
  assert.deepEqual(await preview(), ['ELIGIBLE', []])
  assert.equal((await r.ask('GET', '/v1/upgrades/preview')).status, 400)
})

test('errors have a title and a link, a validation that warns says WARNING, and steps that are not needed are skipped', async () => {
  await using r = await nine({
    start: {
      downloaded: ['VCENTER'],
      targeted: ['vcf-m01'],
      atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }],
    },
    faults: [{ on: 'validation', do: 'warn' }],
  })
  const bundle = r.simulator.world.bundles.all()[0]!

  const refused = await r.ask('PATCH', `/v1/tasks/${bundle.id}`)
  const gone = await r.ask('POST', '/v1/bundles', {})
  const validation = await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: '9.0.2.0' })
  const started = await upgrade(r, wholeWayOf(r)[2]!)
  const task = await r.ask('GET', `/v1/tasks/${started.json.id}`)
  const validated = await r.ask('GET', `/v1/releases/domains/validations/${validation.json.id}`)

  assert.equal(refused.json.label, 'Task not found')
  assert.match(gone.json.remediationUrl, /^https:/)
  assert.equal(validated.json.resultStatus, 'WARNING')
  assert.deepEqual(
    task.json.subTasks.map(({ status, type }: { status: string; type?: string }) => [status, type]),
    [
      ['SUCCESSFUL', undefined],
      ['SKIPPED', undefined],
      ['SUCCESSFUL', undefined],
      ['SUCCESSFUL', undefined],
      ['SUCCESSFUL', undefined],
    ],
  )
})
