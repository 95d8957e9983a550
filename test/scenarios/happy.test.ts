import assert from 'node:assert/strict'
import test from 'node:test'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { DomainView } from '../../shared/view.ts'
import { hour, minute, nora, olga, rehearse } from '../support/rehearsal.ts'

const path = [
  ...[
    'waiting_for_initiation',
    'update_process_started',
    'setting_new_vcf_version_target',
    'downloading_bundles',
    'initializing_prechecks',
  ],
  ...['running_prechecks', 'evaluating_prechecks', 'prechecks_done', 'starting_upgrades', 'upgrading_sddc_manager', 'upgrading_nsx'],
  ...['upgrading_vcenter', 'upgrading_esx', 'final_validation', 'successfully_completed'],
]

test('happy: every phase once and in order, one request per component and cluster, then back to rest', async (t) => {
  const store = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const r = await rehearse('happy', { store })
  t.after(() => r.close())

  await r.press('start', olga)
  const end = await r.until('successfully_completed')
  assert.deepEqual(r.phases(), path)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  assert.equal(end.percent, 100)
  assert.deepEqual(
    end.steps.map(({ state }) => state),
    ['done', 'done', 'done', 'done', 'done'],
  )
  assert.match(
    r.log().join('\n'),
    /Prechecks passed without errors or warnings \(\d remarks beside: what SDDC Manager cannot tell\). The run goes on/,
  )

  const rest = await r.until('waiting_for_initiation', { within: 20 * minute })
  assert.deepEqual(rest.log, [])
  assert.equal(rest.run?.outcome, 'successfully_completed')
  assert.equal(rest.status, 'up_to_date')
  assert.deepEqual([...store.runs.keys()], ['run-1'])
})

test('the percentage never goes backwards, and is 100 only with proof', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  const shown = r.hub.views('vcf-m01').filter(({ percent }) => percent !== undefined)
  const drops = shown.filter((view, at) => at > 0 && view.percent! < shown[at - 1]!.percent!)
  const early = shown.filter(({ percent, phase }) => percent === 100 && !['final_validation', 'successfully_completed'].includes(phase))
  assert.deepEqual([drops.length, early.length], [0, 0])
})

test('the outage of SDDC Manager is expected, shown as such, no failure, and remembered', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  await r.advance(40 * minute)

  const view = r.view()
  assert.equal(view.phase, 'upgrading_sddc_manager')
  assert.equal(view.expectedOutage?.usualMinutes, 60)
  assert.ok(view.unreachableSince !== undefined && view.expectedOutage?.since === view.unreachableSince)
  assert.equal(r.hub.fleet.at(-1)?.connected, false)
  assert.equal(r.hub.fleet.at(-1)?.overall, 'upgrading')

  const soFar = r.clock.now() - view.unreachableSince
  await r.until('upgrading_nsx')
  const entry = r.store.history().find((one) => one.event === 'step ended')
  assert.ok(entry && 'outage' in entry && entry.outage! > soFar && entry.outage! < 65 * minute)
})

test('while a person is not needed nobody is asked: one notice at the start, one at the end', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  assert.deepEqual(
    r.hub.told.map(({ purpose }) => purpose),
    ['started', 'finished'],
  )
  assert.deepEqual(
    [...r.hub.notices().values()].map(({ purpose }) => purpose),
    ['finished'],
  )
})

test('the workload domain follows the management domain, and is refused before', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const w01 = { domain: 'vcf-w01' }

  await r.press('start', olga, w01)
  assert.match(r.log('vcf-w01').at(-1)!, /vcf-m01 runs 5\.2\.0\.0 and comes first/)
  // It is behind: that is not up to date, and nothing that could be started.
  assert.deepEqual(
    [r.view('vcf-w01').status, r.view('vcf-w01').nextVersion, r.view('vcf-w01').accepts],
    ['update_available', undefined, []],
  )
  await r.press('start', olga)
  await r.until('successfully_completed')
  await r.press('start', olga, w01)
  const end = await r.until('successfully_completed', w01)

  assert.deepEqual(
    end.steps.map(({ component }) => component),
    ['NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'],
  )
  assert.ok(!r.phases('vcf-w01').includes('upgrading_sddc_manager'))
  assert.equal(r.posts().length, 8)
})

test('with no newer release a start changes nothing and says so', async (t) => {
  const r = await rehearse('no-update')
  t.after(() => r.close())

  await r.press('start', olga)
  assert.equal(r.view().phase, 'waiting_for_initiation')
  assert.deepEqual(
    r.hub.told.map(({ purpose }) => purpose),
    ['nothing_to_update'],
  )
  assert.match(r.log().join(), /nothing to update/)
  await r.advance(20 * minute)

  assert.deepEqual(r.log(), [])
  assert.deepEqual(r.phases(), ['waiting_for_initiation'])
  const writes = r.simulator.requests().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/v1/tokens'))
  assert.deepEqual(writes, [])
})

test('who may not press is refused and told why, and nothing happens', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', nora)
  await r.press('start', undefined)
  await r.press('start', olga, { missed: true })

  assert.equal(r.view().phase, 'waiting_for_initiation')
  assert.match(r.log()[0]!, /Nora pressed Start upgrade, not obeyed: .*MAY_CONTROL/)
  assert.match(r.log()[1]!, /AUTOMATIONS_MAY_CONTROL/)
  assert.match(r.log()[2]!, /while this server was away/)
  assert.deepEqual(
    r.hub.told.map(({ purpose }) => purpose),
    ['refused', 'refused', 'refused'],
  )
})

test('cancel before components ends at once and takes the target back', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const domain = r.view().domain.id

  await r.press('start', olga)
  await r.until('downloading_bundles')
  assert.equal(
    r.simulator.requests().some(({ method, path }) => method === 'PATCH' && path === `/v1/releases/domains/${domain}`),
    true,
  )
  await r.press('cancel', olga)

  assert.equal(r.view().phase, 'cancelled')
  assert.match(r.log().join('\n'), /Run cancelled by Olga.*Downloads that are under way go on/)
  const changes = () => r.simulator.requests().filter(({ method, path }) => method !== 'GET' && path === `/v1/releases/domains/${domain}`)
  assert.equal(changes().length, 1, 'two changes of the target never follow each other within a minute')
  await r.advance(2 * minute)
  assert.equal(changes().length, 2)
  assert.match(r.log().join('\n'), /Target release 5\.2\.1\.0 taken back/)
  assert.deepEqual(r.view().accepts, ['start', 'download'])
  assert.deepEqual(r.posts(), [])
})

test('cancel during a component is remembered, and the run ends after that component', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_nsx')
  await r.press('cancel', olga)
  assert.equal(r.view().phase, 'upgrading_nsx')
  assert.equal(r.view().ending?.by, 'Olga')
  assert.deepEqual(r.view().accepts, [])
  const end = await r.until('cancelled', { within: 5 * hour })

  assert.deepEqual(
    end.steps.map(({ state }) => state),
    ['done', 'done', 'pending', 'pending', 'pending'],
  )
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER'])
})

test('a phase that goes on keeps the time at which it began', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_vcenter')

  const since = new Map<string, Set<number>>()
  for (const view of r.hub.views('vcf-m01')) add(since, view)
  assert.deepEqual(
    [...since].filter(([, times]) => times.size > 1),
    [],
  )
})

function add(since: Map<string, Set<number>>, view: DomainView): void {
  since.set(view.phase, (since.get(view.phase) ?? new Set()).add(view.since))
}
