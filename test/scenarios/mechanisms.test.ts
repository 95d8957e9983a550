import assert from 'node:assert/strict'
import test from 'node:test'
import type { Step } from '../../server/ports/facts.ts'
import { hour, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

function steps(r: Rehearsal, name = 'vcf-m01'): readonly Step[] {
  return r.store.load().records.find(({ domain }) => domain.name === name)?.facts.run?.steps ?? []
}

test('a vCenter that has to be migrated: said at the start; without a network of the settings the run stops before anything is sent for it', async (t) => {
  const r = await rehearse({ release: 'migration' })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('downloading_bundles')
  assert.ok(r.log().some((line) => /vCenter will need a network .*"vcenter_network"/.test(line)))
  const { halt } = await r.until('waiting_for_operator')
  assert.equal(halt!.reason, 'vCenter network missing')
  for (const words of ['"vcf-m01"', '"vcenter_network"', '"ip_address"', '"AUTOMATIC"'])
    assert.ok(halt!.remediation!.includes(words), words)
  await r.press('retry', olga)
  await r.advance(hour)

  assert.equal(r.view().phase, 'waiting_for_operator', 'the settings are as they were')
  assert.ok(!r.posts().includes('VCENTER'))
})

test('with a network of the settings the vCenter is migrated', async (t) => {
  const vcenterNetwork = { mode: 'STATIC', ipAddress: '10.0.0.99', subnetMask: '255.255.255.0', gateway: '10.0.0.1' } as const
  const r = await rehearse({ release: 'migration' }, { settings: { vcenterNetwork } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  const { request } = steps(r).find(({ component }) => component === 'VCENTER')!
  assert.deepEqual(
    request.vcenters!.map(({ mechanism, temporaryNetwork }) => [mechanism, temporaryNetwork]),
    [[undefined, vcenterNetwork]],
  )
})

test('the configuration drift of SDDC Manager is a step of its own, with its bundle downloaded first where it is not there', async (t) => {
  const r = await rehearse({ configDrift: true })
  t.after(() => r.close())

  await r.press('start', olga)
  const done = await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  const shown = done.steps.map(({ component, resource, state }) => `${component} ${resource} ${state}`)
  assert.match(shown[0]!, /^SDDC_MANAGER sddc-m01\S* done$/)
  assert.match(shown[1]!, /^SDDC_MANAGER sddc-m01\S* \(configuration drift\) done$/)
  assert.match(r.log().join('\n'), /\(configuration drift\): configuration drift bundle requested/)
  assert.match(r.log().join('\n'), /\(configuration drift\) is applied, and SDDC Manager is ready/)
})

test('a shared NSX is upgraded once, for all its domains: said so, and the second domain makes no step of it', async (t) => {
  const r = await rehearse({ nsx: 'shared' })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')
  assert.ok(r.log().some((line) => /is shared by the domains vcf-m01 and vcf-w01: this one upgrade is for all of them/.test(line)))
  const nsx = steps(r).find(({ component }) => component === 'NSX_T_MANAGER')!
  assert.equal(nsx.request.nsx!.hostClusterIds.length, 3, 'the clusters of both domains')
  assert.deepEqual([nsx.done, nsx.total], [10, 10])
  await r.press('start', olga, { domain: 'vcf-w01' })
  await r.until('successfully_completed', { domain: 'vcf-w01' })

  assert.equal(r.posts().filter((component) => component === 'NSX_T_MANAGER').length, 1)
  assert.ok(!steps(r, 'vcf-w01').some(({ component }) => component === 'NSX_T_MANAGER'))
})

test('9.0.2: a guardrail that is not passed stops for a person before the request; Retry asks it again', async (t) => {
  const r = await rehearse(
    {
      faults: [
        {
          on: 'preview',
          component: 'NSX_T_MANAGER',
          do: 'fail',
          guardrail: 'EDGE_CAPACITY',
          message: 'An edge node is in maintenance mode.',
        },
      ],
    },
    { vcf: '9.0.2' },
  )
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('waiting_for_operator')
  assert.equal(halt!.reason, 'guardrails not passed')
  assert.match(halt!.text, /^NSX .*An edge node is in maintenance mode/)
  assert.ok(!r.posts().includes('NSX_T_MANAGER'))
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(r.posts().filter((component) => component === 'NSX_T_MANAGER').length, 1)
})

test('9.0.2: every request was previewed, and what fleet management upgrades is said', async (t) => {
  const r = await rehearse('happy', { vcf: '9.0.2' })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  const sent = r.simulator
    .requests()
    .filter(({ path, method }) => path.startsWith('/v1/upgrades/preview') || (path === '/v1/upgrades' && method === 'POST'))
  const kinds = sent.map(({ method }) => method)
  assert.deepEqual(
    kinds,
    r.posts().flatMap(() => ['GET', 'POST']),
  )
  assert.ok(
    r.log().some((line) => /^Upgraded by fleet management in VCF Operations, not in this run: \S+/.test(line)),
    r.log().join('\n'),
  )
})
