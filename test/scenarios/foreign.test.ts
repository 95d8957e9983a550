import assert from 'node:assert/strict'
import test from 'node:test'
import { createVcfClient } from '../../server/vcf/client.ts'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Somebody upgrades the management domain's NSX or vCenter in SDDC Manager's own user interface. */
async function startElsewhere(r: Rehearsal, component: 'NSX_T_MANAGER'): Promise<void> {
  const { url, username, password, ca } = r.simulator
  const vcf = createVcfClient({
    ...{ url, username, password, trust: { ca }, clock: r.clock, requestTimeoutMs: 5_000, credentialsPauseMs: minute },
    retries: { times: 0, firstPauseMs: 1 },
  })
  const { domain, target } = r.view()
  const offer = (await vcf.upgradables(domain, target!)).find((one) => one.component === component)!
  const { managerId, hostClusters, edgeClusters } = await vcf.nsxPlan(domain.id, offer.bundleId)
  const ids = { hostClusterIds: hostClusters.map(({ id }) => id), edgeClusterIds: edgeClusters.map(({ id }) => id) }
  await vcf.startUpgrade({
    ...{ component, bundleId: offer.bundleId, resource: { type: 'DOMAIN', id: domain.id } },
    nsx: { ...ids, ...(managerId !== undefined && { managerId }) },
  })
  await vcf.close()
}

const nsxOf = (r: Rehearsal) => r.view().steps.find(({ component }) => component === 'NSX_T_MANAGER')

test('foreign-upgrade: seen before anybody starts; a run stops for a person, and Retry follows it to its proof without requesting it', async (t) => {
  const r = await rehearse('foreign-upgrade')
  t.after(() => r.close())

  assert.equal(r.view().phase, 'waiting_for_initiation')
  assert.deepEqual([nsxOf(r)?.state, nsxOf(r)?.detail], ['running', 'Not started here. Start follows it to its end'])
  await r.press('start', olga)
  const asked = await r.until('waiting_for_operator')
  assert.match(asked.halt!.text, /^SDDC Manager is upgrading NSX \S+, which was not started here/)
  await r.advance(hour)
  await r.restart()
  assert.equal(r.view().phase, 'waiting_for_operator')
  await r.press('retry', olga)
  assert.deepEqual([r.view().phase, nsxOf(r)?.state], ['upgrading_nsx', 'running'])
  assert.match(nsxOf(r)!.detail!, /^Not started here: /)
  await r.restart()
  await r.until('upgrading_vcenter')
  assert.deepEqual([nsxOf(r)?.state, nsxOf(r)?.detail], ['done', 'Not started here'])
  assert.match(r.log().join('\n'), /NSX \S+ is at \S+, proven by version/)
  await r.until('successfully_completed')

  assert.ok(!r.posts().includes('NSX_T_MANAGER'))
  assert.deepEqual([r.view().steps.some(({ state }) => state === 'pending'), r.posts()[0]], [false, 'VCENTER'])
})

test('foreign-upgrade: ended before anybody looked again, it is judged by its versions all the same', async (t) => {
  const r = await rehearse('foreign-upgrade')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_operator')
  await r.advance(10 * hour)
  assert.equal(r.view().phase, 'waiting_for_operator')
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.deepEqual([nsxOf(r)?.state, nsxOf(r)?.detail], ['done', 'Not started here'])
  assert.ok(!r.posts().includes('NSX_T_MANAGER'))
})

test('foreign-upgrade: Cancel ends the run and leaves the upgrade and its target alone', async (t) => {
  const r = await rehearse('foreign-upgrade')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_operator')
  await r.press('cancel', olga)
  await r.until('cancelled')

  assert.deepEqual(
    r.simulator.requests().filter(({ method, path }) => method !== 'GET' && !/tokens|queries/.test(path)),
    [],
  )
})

test('what somebody starts elsewhere while a run is paused is met when it goes on, and followed', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  await r.press('pause', olga)
  await r.until('waiting_for_operator')
  await startElsewhere(r, 'NSX_T_MANAGER')
  await r.advance(5 * minute)
  await r.press('retry', olga)
  await r.until('waiting_for_operator')
  assert.match(r.view().halt!.text, /^SDDC Manager is upgrading NSX/)
  await r.press('retry', olga)
  assert.equal(r.view().phase, 'upgrading_nsx')
  await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  assert.equal(nsxOf(r)?.detail, 'Not started here')
})
