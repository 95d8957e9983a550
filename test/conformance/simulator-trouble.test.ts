import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from '../simulator/rig.ts'
import { chooseTarget, esxBundle, management, sddcBundle, sddcUpgrade, target, vcenterUpgrade } from '../simulator/steps.ts'
import { openApiSkip } from '../support/openapi.ts'
import { watched } from './watched.ts'

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
