import assert from 'node:assert/strict'
import type { Component, Phase } from '../../shared/upgrade.ts'
import { hour, minute, olga, type Rehearsal } from '../support/rehearsal.ts'
import { mode } from './mode.ts'
import { failureModes } from './modes.ts'

/** Starts, passes a gate where findings stop it, twice where they are errors. */
async function begun(r: Rehearsal): Promise<Rehearsal> {
  await r.press('start', olga)
  for (let waited = 0; waited < 90 && !r.phases().includes('starting_upgrades'); waited++) {
    await r.advance(2 * minute)
    if (r.view().phase === 'waiting_for_alert_acknowledgement') await r.press('acknowledge', olga)
  }
  return r
}

const sent = (r: Rehearsal, component: Component) => r.posts().filter((one) => one === component).length
const taskRetries = (r: Rehearsal) =>
  r.simulator.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/tasks/')).length

/** Fails, is left alone for a night without anything being sent, and is finished by Retry in VCF's own task. */
const retried: readonly (readonly [number, Component, readonly Component[], Phase])[] = [
  [7, 'NSX_T_MANAGER', ['SDDC_MANAGER'], 'upgrading_vcenter'],
  [9, 'ESX_HOST', ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'], 'successfully_completed'],
  [10, 'ESX_HOST', ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'], 'successfully_completed'],
  [17, 'NSX_T_MANAGER', ['SDDC_MANAGER'], 'upgrading_vcenter'],
]
for (const [number, component, done, end] of retried) {
  mode(number, 'failed with what VCF says; nothing is sent meanwhile; Retry has VCF finish its own task', async (incident) => {
    const r = await begun(await incident.rehearse(failureModes[number]!.scenarios[0]!, { done }))

    await r.until('failed')
    await r.advance(8 * hour)
    assert.equal(r.view().phase, 'failed')
    assert.equal(sent(r, component), 1)
    await r.press('retry', olga)
    await r.until(end)

    assert.equal(taskRetries(r), 1)
    assert.equal(sent(r, component), component === 'ESX_HOST' ? 2 : 1)
  })
}

mode(8, 'failed, and NSX, which is there, is never requested again: Retry goes on with vCenter', async (incident) => {
  const r = await begun(await incident.rehearse('nsx-done-but-failed', { done: ['SDDC_MANAGER'] }))

  const { steps } = await r.until('failed')
  const nsx = steps.find(({ component }) => component === 'NSX_T_MANAGER')!
  assert.deepEqual([nsx.done, nsx.total], [7, 7], 'hosts as VCF counts them after the failure')
  await r.press('retry', olga)
  await r.until('upgrading_vcenter')

  assert.deepEqual(r.posts(), ['NSX_T_MANAGER', 'VCENTER'])
})

mode(13, 'failed, with what can be restored; nothing is sent again in a working day', async (incident) => {
  const r = await begun(await incident.rehearse('vcenter-schema-fails', { done: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }))

  await r.until('failed')
  await r.advance(8 * hour)

  assert.equal(r.view().phase, 'failed')
  assert.deepEqual([r.posts(), taskRetries(r)], [['VCENTER'], 0])
})

mode(19, 'failed, although its API answers again; nothing is sent again in a working day', async (incident) => {
  const r = await begun(await incident.rehearse('failed-after-outage', { done: [] }))

  await r.until('failed')
  await r.advance(8 * hour)

  assert.equal(r.hub.fleet.at(-1)?.connected, true)
  assert.equal(r.view().phase, 'failed')
  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
})

mode(21, 'read again until the limit, then failed with each host and the builds to compare; never success', async (incident) => {
  const r = await begun(await incident.rehearse('esx-never-offered', { done: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }))

  await r.until('failed')
  await r.advance(8 * hour)

  assert.equal(r.view().phase, 'failed')
  assert.equal(sent(r, 'ESX_HOST'), 0)
})

mode(23, 'a second domain waits for its turn, and nothing is sent for it meanwhile', async (incident) => {
  const r = await incident.rehearse('elm-linked', { done: ['SDDC_MANAGER'] })
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  const sentFor = () =>
    r.simulator.requests().filter(({ method, path }) => method !== 'GET' && path.includes(r.view('vcf-w01').domain.id)).length

  await r.press('start', olga, { domain: 'vcf-w01' })
  await r.advance(hour)

  assert.equal(sentFor(), 0)
  assert.deepEqual(r.posts(), ['NSX_T_MANAGER'])
  const { place, behind } = r.view('vcf-w01').queue!
  assert.deepEqual([place, behind], [1, ['vcf-m01']])
})

mode(25, 'the server signs in anew and goes on; nobody is asked and nothing is requested twice', async (incident) => {
  const r = await begun(await incident.rehearse('token-expires', { done: ['SDDC_MANAGER'] }))

  await r.until('upgrading_vcenter')

  assert.ok(!r.phases().includes('failed'))
  assert.ok(r.simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/tokens').length > 5)
  assert.deepEqual(r.posts(), ['NSX_T_MANAGER', 'VCENTER'])
})

mode(27, 'requested once for each cluster, however often it is offered; no success while it is', async (incident) => {
  const r = await begun(await incident.rehearse('esx-offered-again', { done: ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] }))

  await r.until('failed')
  await r.advance(8 * hour)

  assert.deepEqual(r.posts(), ['ESX_HOST', 'ESX_HOST'])
})

mode(32, 'failed with what it means; counted once, nothing repeated; Retry reads what is offered and asks again', async (incident) => {
  for (const scenario of failureModes[32]!.scenarios) {
    const done: readonly Component[] = scenario === 'dependency-failed' ? ['SDDC_MANAGER', 'NSX_T_MANAGER'] : ['SDDC_MANAGER']
    const r = await begun(await incident.rehearse(scenario, { done }))
    await r.until('failed')
    const before = r.posts().length
    await r.advance(9 * hour)
    assert.equal(r.posts().length, before)
    await r.press('retry', olga)
    await r.advance(10 * minute)

    assert.equal(r.posts().length, before + 1)
    assert.match(r.view().phase, /^upgrading_/)
  }
})

for (const number of [18, 29]) {
  mode(number, 'it cannot be seen; the log warns when the work begins', async (incident) => {
    await begun(await incident.rehearse('happy', { done: number === 18 ? ['SDDC_MANAGER'] : ['SDDC_MANAGER', 'NSX_T_MANAGER'] }))
  })
}
