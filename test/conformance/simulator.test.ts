import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from '../simulator/rig.ts'
import {
  chooseTarget,
  download,
  esxBundle,
  management,
  nsxBundle,
  sddcBundle,
  sddcManager,
  sddcUpgrade,
  target,
  upgrade,
  vcenterUpgrade,
  wholeWay,
  workload,
} from '../simulator/steps.ts'
import { openApiSkip } from '../support/openapi.ts'
import { watched } from './watched.ts'

test('every request and every answer of a whole upgrade is as the OpenAPI document says', { skip: openApiSkip() }, async () => {
  await using r = await rig('warnings')
  const { seen, conform } = watched(r.simulator)

  await r.signIn()
  await readInventory()
  await chooseTarget(r)
  const validation = await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
  await download(r)
  const runId = await runPrechecks()
  await r.ask('GET', `/v1/releases/domains/validations/${validation.json.id}`)
  for (const spec of wholeWay()) {
    await readLifecycle()
    await upgrade(r, spec)
    await readLifecycle()
  }
  await r.ask('GET', `/v1/system/check-sets/${runId}`)
  await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
  await r.ask('DELETE', `/v1/releases/domains/${management.id}`)
  await readInventory()

  conform()
  assert.equal(r.state().domains[0]?.version, target)
  assert.ok(seen.size > 45, `only ${seen.size} different exchanges: ${[...seen].join(', ')}`)

  async function readInventory(): Promise<void> {
    const d = management
    const paths = [
      'domains',
      'clusters',
      'hosts',
      'vcenters',
      'nsxt-clusters',
      'edge-clusters',
      'sddc-managers',
      'vcf-services',
      'personalities',
      'bundles',
    ]
    for (const path of paths) {
      const { json } = await r.ask('GET', `/v1/${path}`)
      const [first] = json.elements
      await r.ask('GET', `/v1/${path}/${first.id ?? first.personalityId}`)
    }
    await r.ask('GET', `/v1/hosts?domainId=${d.id}&clusterId=${d.clusters[0]!.id}`)
    await r.ask('GET', '/v1/clusters?isImageBased=true')
    for (const query of [
      '',
      `?domainId=${d.id}`,
      '?versionGt=5.2.0.0',
      '/system',
      '/domains',
      `/domains/${d.id}`,
      `/domains/${d.id}/future-releases`,
    ]) {
      await r.ask('GET', `/v1/releases${query}`)
    }
    await r.ask('GET', '/v1/clusters/unknown')
    await r.ask('GET', '/v1/hosts/unknown')
    await r.ask('GET', '/v1/tasks/unknown')
  }

  async function runPrechecks(): Promise<string> {
    const query = (resources?: readonly object[]) =>
      r.ask('POST', '/v1/system/check-sets/queries', {
        checkSetType: 'UPGRADE',
        domains: [{ domainId: management.id, ...(resources && { resources }) }],
      })
    await query()
    const { json } = await query([
      { resourceType: 'SDDC_MANAGER', resourceId: sddcManager.id, resourceTargetVersion: '5.2.1.0-24307856' },
      { resourceType: 'CLUSTER' },
    ])
    const resources = json.resources.map(
      ({ resourceVersion: _, checkSets, ...row }: { resourceVersion: string; checkSets: { checkSetId: string }[] }) => ({
        ...row,
        checkSets: checkSets.map(({ checkSetId }) => ({ checkSetId })),
      }),
    )
    const run = await r.ask('POST', '/v1/system/check-sets', { queryId: json.queryId, resources, metadata: { targetVersion: target } })
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.pass('5m')
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.pass('6m')
    await r.ask('GET', `/v1/system/check-sets/${run.json.id}`)
    await r.ask('GET', `/v1/system/check-sets?domainId=${management.id},${workload.id}`)
    return run.json.id
  }

  async function readLifecycle(): Promise<void> {
    await r.ask('GET', '/v1/system/upgradables')
    await r.ask('GET', `/v1/upgradables/domains/${management.id}?targetVersion=${target}`)
    await r.ask('GET', `/v1/upgradables/domains/${workload.id}`)
    await r.ask('GET', `/v1/upgradables/domains/${management.id}/nsxt?bundleId=${nsxBundle}`)
    await r.ask('GET', `/v1/upgradables/domains/${management.id}/clusters`)
    const upgrades = await r.ask('GET', '/v1/upgrades')
    for (const { id, taskId } of upgrades.json.elements) {
      await r.ask('GET', `/v1/upgrades/${id}`)
      await r.ask('GET', `/v1/tasks/${taskId}`)
      await r.ask('PATCH', `/v1/tasks/${taskId}`)
    }
    await r.ask('GET', '/v1/tasks?pageSize=5&orderDirection=DESC')
  }
})

test('what is answered while SDDC Manager and its vCenter restart is what restarts are documented and known to answer', {
  skip: openApiSkip(),
}, async () => {
  await using r = await rig({ start: { downloaded: ['SDDC_MANAGER', 'VCENTER'], targeted: ['vcf-m01'] } })
  await using later = await rig({
    start: {
      downloaded: ['VCENTER'],
      targeted: ['vcf-m01'],
      atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }],
    },
  })
  const watches = [watched(r.simulator), watched(later.simulator)]
  const paths = [
    'domains',
    'clusters',
    'vcf-services',
    'upgrades',
    'tasks',
    'bundles',
    'releases',
    'system/upgradables',
    'system/check-sets',
    'personalities',
  ]

  for (const [one, spec] of [
    [r, sddcUpgrade()],
    [later, vcenterUpgrade()],
  ] as const) {
    await one.ask('POST', '/v1/upgrades', spec)
    let last = ''
    await one.until(async () => {
      const { weather } = one.simulator.world.sky
      if (weather !== last) await Promise.allSettled([one.signIn(), ...paths.map((path) => one.ask('GET', `/v1/${path}`))])
      last = weather
      return one.state().upgrades[0]?.state !== 'running'
    })
  }

  for (const { conform } of watches) conform()
  for (const expected of [
    'GET /v1/upgrades 502',
    'GET /v1/upgrades 503',
    'GET /v1/system/upgradables 404',
    'GET /v1/domains 401',
    'POST /v1/tokens 201',
  ]) {
    assert.ok(watches[0]!.seen.has(expected), expected)
  }
  for (const expected of ['POST /v1/tokens 401', 'POST /v1/tokens 500', 'GET /v1/clusters 500'])
    assert.ok(watches[1]!.seen.has(expected), expected)
})

test('refusals and failures are answered as the document says', { skip: openApiSkip() }, async () => {
  await using r = await rig({
    findings: [{ severity: 'CRITICAL', on: 'VCENTER', check: 'x', message: 'y' }],
    faults: [
      {
        on: 'download',
        component: 'ESX_HOST',
        do: 'fail',
        percent: 50,
        error: { code: 'D', message: 'd', remediation: 'again', reference: 'REF' },
      },
      { on: 'upgrade', component: 'SDDC_MANAGER', do: 'fail', percent: 5, error: { code: 'U', message: 'u' } },
      { on: 'precheck', do: 'fail', error: { code: 'P', message: 'p' } },
      { on: 'validation', do: 'warn' },
    ],
  })
  const { seen, conform } = watched(r.simulator, { requests: false })

  await r.ask('POST', '/v1/tokens', { username: 'nobody', password: 'x' })
  await r.ask('PATCH', '/v1/tokens/access-token/refresh', 'nobody')
  await r.ask('POST', '/v1/upgrades', sddcUpgrade())
  await r.ask('POST', '/v1/upgrades', {})
  await r.ask('PATCH', `/v1/releases/domains/${management.id}`, { targetVersion: '5.2.0.0' })
  await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: '1' })
  await r.ask('POST', '/v1/system/check-sets', {})
  await chooseTarget(r)
  await r.ask('POST', '/v1/upgrades', sddcUpgrade())
  const validation = await r.ask('POST', `/v1/releases/domains/${management.id}/validations`, { targetVersion: target })
  for (const id of [sddcBundle, esxBundle]) {
    await r.ask('PATCH', `/v1/bundles/${id}`, { downloadNow: true })
    await r.ask('PATCH', `/v1/bundles/${id}`, { bundleDownloadSpec: { downloadNow: true } })
    await r.ask('PATCH', `/v1/bundles/${id}`, { bundleDownloadSpec: { downloadNow: true } })
  }
  await r.pass('20m')
  const { id } = (await r.ask('POST', '/v1/upgrades', sddcUpgrade())).json
  await r.pass('10m')
  for (const path of [
    `upgrades/${id}`,
    'tasks',
    `tasks/${id}`,
    'bundles',
    'system/upgradables',
    `releases/domains/validations/${validation.json.id}`,
  ]) {
    await r.ask('GET', `/v1/${path}`)
  }
  await r.ask('DELETE', `/v1/tasks/${id}`)
  await r.ask('PATCH', `/v1/tasks/${id}`)

  conform()
  for (const expected of [
    'POST /v1/upgrades 400',
    'POST /v1/upgrades 403',
    'POST /v1/upgrades 424',
    'PATCH /v1/bundles/{id} 409',
    'PATCH /v1/tasks/{id} 200',
  ]) {
    assert.ok(seen.has(expected), `${expected} in ${[...seen].join(', ')}`)
  }
})
