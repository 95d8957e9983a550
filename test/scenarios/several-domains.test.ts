import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

const w01 = { domain: 'vcf-w01' }

/** Both domains started, the management domain under way. */
async function bothStarted(scenario = 'happy'): Promise<Rehearsal> {
  const r = await rehearse(scenario)
  await r.press('start', olga)
  await r.press('start', olga, w01)
  return r
}

/** Requests that change something in SDDC Manager, for the domain's id. */
const writesFor = (r: Rehearsal, domain: string) => {
  const { id } = r.view(domain).domain
  return r.simulator.requests().filter(({ method, path }) => method !== 'GET' && path.includes(id))
}

test('a second domain waits in its place, sends nothing, and goes on by itself when the one ahead is completed', async (t) => {
  const r = await bothStarted()
  t.after(() => r.close())

  await r.until('upgrading_nsx')
  const waiting = r.view('vcf-w01')
  assert.equal(waiting.phase, 'update_process_started')
  assert.deepEqual(waiting.queue, { place: 1, behind: ['vcf-m01'], phase: 'upgrading_nsx' })
  assert.equal(waiting.attention, undefined)
  assert.deepEqual(waiting.accepts, ['cancel'])
  assert.deepEqual(writesFor(r, 'vcf-w01'), [])

  await r.until('successfully_completed')
  const end = await r.until('successfully_completed', w01)

  assert.equal(end.queue, undefined)
  assert.deepEqual(
    end.steps.map(({ component, state }) => [component, state]),
    [
      ['NSX_T_MANAGER', 'done'],
      ['VCENTER', 'done'],
      ['ESX_HOST', 'done'],
    ],
  )
  assert.equal(r.posts().length, 8)
  assert.match(r.log('vcf-w01').join('\n'), /waits for its turn[\s\S]*it is the turn of this domain/)
  assert.deepEqual(
    r.hub.told.filter(({ domainId }) => domainId === end.domain.id).map(({ title }) => title),
    ['vcf-w01: upgrade started', 'vcf-w01: upgrade goes on', 'vcf-w01: upgrade completed'],
  )
})

test('it can be started while SDDC Manager is away to upgrade itself, on what was offered before', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  while (r.view().unreachableSince === undefined) await r.advance(2 * minute)

  await r.press('start', olga, w01)

  assert.equal(r.view('vcf-w01').queue?.place, 1)
})

test('it can be started after a restart in the middle of the run ahead, and waits for its turn', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  await r.restart()

  await r.press('start', olga, w01)

  assert.deepEqual([r.view('vcf-w01').phase, r.view('vcf-w01').queue?.place], ['update_process_started', 1])
})

test('while the one ahead is halted it waits, and says that a person is waited for there', async (t) => {
  const r = await bothStarted('errors')
  t.after(() => r.close())

  await r.until('waiting_for_alert_acknowledgement')
  await r.advance(5 * hour)

  assert.equal(r.view('vcf-w01').queue?.phase, 'waiting_for_alert_acknowledgement')
  assert.match(r.view('vcf-w01').attention!, /^Waits for its turn behind vcf-m01, which waits for a person: .* acknowledgement/)
  assert.deepEqual(writesFor(r, 'vcf-w01'), [])
})

test('it never gets ahead of a management domain whose upgrade was cancelled: it ends, and says why', async (t) => {
  const r = await bothStarted()
  t.after(() => r.close())

  await r.until('downloading_bundles')
  await r.press('cancel', olga)
  await r.until('cancelled', { ...w01, within: hour })

  assert.match(r.log('vcf-w01').join('\n'), /It was the turn of vcf-w01, but the management domain vcf-m01 runs 5\.2\.0\.0 and comes first/)
  assert.match(r.log('vcf-w01').join('\n'), /Run cancelled by this server/)
  assert.deepEqual(writesFor(r, 'vcf-w01'), [])
  assert.equal(r.hub.notices().get(`${r.view('vcf-w01').domain.id} refused`)?.title, 'vcf-w01: not obeyed')
})

test('cancel while it waits ends it at once, and the one ahead goes on', async (t) => {
  const r = await bothStarted()
  t.after(() => r.close())

  await r.press('cancel', olga, w01)

  assert.equal(r.view('vcf-w01').phase, 'cancelled')
  assert.equal(r.view('vcf-w01').queue, undefined)
  assert.deepEqual(writesFor(r, 'vcf-w01'), [])
  await r.until('successfully_completed')
  assert.equal(r.posts().length, 5)
})

test('the place survives a restart, and so does the wait', async (t) => {
  const r = await bothStarted()
  t.after(() => r.close())
  await r.until('downloading_bundles')

  await r.restart()
  await r.advance(10 * minute)

  assert.deepEqual(r.view('vcf-w01').queue?.behind, ['vcf-m01'])
  assert.deepEqual(writesFor(r, 'vcf-w01'), [])
  await r.until('successfully_completed')
  await r.restart()
  await r.until('successfully_completed', w01)
  assert.equal(r.posts().length, 8)
})

test('bundles alone: target, downloads, then it waits for its start with the target kept', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('download', olga)
  await r.until('downloading_bundles')
  await r.press('start', olga)
  assert.match(r.log().at(-1)!, /Start upgrade was pressed, but the bundles are being downloaded/)
  const { downloads } = r.view()
  assert.ok(downloads && downloads.total > 0)
  const end = await r.until('waiting_for_initiation', { within: 8 * hour })

  assert.equal(end.run?.outcome, 'downloaded')
  assert.equal(end.status, 'update_available')
  assert.deepEqual(end.accepts, ['start', 'download'])
  assert.deepEqual(r.posts(), [])
  assert.deepEqual(
    r.phases().filter((phase) => phase.includes('precheck')),
    [],
  )
  assert.equal(
    r.simulator.requests().some(({ method, path }) => method === 'DELETE' && path.startsWith('/v1/releases')),
    false,
  )
  assert.deepEqual(
    r.hub.told.map(({ title }) => title),
    ['vcf-m01: download started', 'vcf-m01: not obeyed', 'vcf-m01: bundles downloaded'],
  )
})

test('what was downloaded before is not downloaded again by the upgrade', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const downloads = () => r.simulator.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/bundles/')).length

  await r.press('download', olga)
  await r.until('downloading_bundles')
  await r.until('waiting_for_initiation', { within: 8 * hour })
  const before = downloads()
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager', { within: 8 * hour })

  assert.ok(before > 0)
  assert.equal(downloads(), before)
})

test('a domain that only downloads is no management domain on its way: the workload domain is refused', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('download', olga)
  await r.press('start', olga, w01)

  assert.equal(r.view('vcf-w01').phase, 'waiting_for_initiation')
  assert.match(r.log('vcf-w01').at(-1)!, /the management domain vcf-m01 runs 5\.2\.0\.0 and comes first/)
})

test('its turn comes while SDDC Manager is away: said, and after the limit a person is asked', async (t) => {
  const r = await bothStarted('warnings')
  await r.until('waiting_for_alert_acknowledgement')
  t.after(() => r.close())
  await r.simulator.close()

  await r.press('cancel', olga)
  await r.advance(15 * minute)
  const waiting = r.view('vcf-w01')
  await r.advance(hour)
  const stopped = r.view('vcf-w01')

  assert.deepEqual([waiting.phase, waiting.queue], ['update_process_started', { place: 1, behind: [] }])
  assert.ok(waiting.unreachableSince !== undefined)
  assert.equal(stopped.phase, 'failed')
  assert.match(stopped.halt!.text, /time limit passed while waiting for SDDC Manager/)
  assert.deepEqual(stopped.accepts, ['retry', 'cancel'])
})
