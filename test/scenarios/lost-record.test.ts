import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { runsOf } from '../../server/history/runs.ts'
import type { Store } from '../../server/ports/store.ts'
import { openStore } from '../../server/store/file-store.ts'
import type { Phase } from '../../shared/upgrade.ts'
import { hour, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

interface Lost {
  readonly r: Rehearsal
  readonly store: Store
  /** Of the domain's record. */
  readonly file: string
}

/** A server that died in a phase of the management domain's run and found the end of its record cut off when it began again. */
async function lostIn(t: TestContext, phase: Phase, before: (r: Rehearsal) => Promise<void> = async () => {}): Promise<Lost> {
  const folder = mkdtempSync(join(tmpdir(), 'lost-'))
  const store = await openStore(folder, { clock: { now: () => 0 }, newId: () => crypto.randomUUID(), warn() {} })
  const r = await rehearse('happy', { store, automationsMayControl: true })
  t.after(async () => {
    await r.close()
    store.close()
    rmSync(folder, { recursive: true })
  })
  await r.press('start', olga)
  await before(r)
  await r.until(phase)
  const file = join(folder, 'domains', `${r.view().domain.id}.json`)
  truncateSync(file, readFileSync(file).length - 200)
  await r.restart()
  return { r, store, file }
}

test('a record that cannot be read is said with one remedy, and nothing is said of its run that is not known', async (t) => {
  const { r, file } = await lostIn(t, 'upgrading_nsx')

  const { phase, halt, steps, accepts } = r.view()

  assert.deepEqual([phase, accepts], ['failed', ['retry']])
  assert.match(halt!.text, /is not whole JSON .* It is kept as .*\.broken-1\.$/)
  assert.equal(
    halt!.remediation,
    `Stop the server, put a good copy back as ${file} and start it again; or press Retry to go on without what it knew: the run that it told of ends here as forgotten, and what runs in SDDC Manager is looked at before anything is sent.`,
  )
  assert.doesNotMatch(JSON.stringify(steps), /Not started here/)
  await r.press('cancel', olga)
  const told = r.hub.notices().get(`${r.view().domain.id} refused`)!.message
  assert.match(told, /^Cancel was pressed, but this server does not work on the domain: The record /)
  await r.press('retry', undefined)
  assert.equal(r.view().phase, 'failed', 'no automation forgets a run')
})

test('while the record of a domain cannot be used the runs of others wait behind it, before and after SDDC Manager names it', async (t) => {
  const { r } = await lostIn(t, 'upgrading_nsx', (r) => r.press('start', olga, { domain: 'vcf-w01' }))

  const waiting = r.view('vcf-w01')
  await r.advance(2 * hour)

  assert.deepEqual(waiting.queue, { place: 1, behind: ['vcf-m01'], phase: 'failed' })
  assert.match(waiting.attention!, /^Waits for its turn behind vcf-m01, which waits for a person: This server does not work on the domain/)
  assert.equal(r.view('vcf-w01').phase, 'update_process_started')
  assert.doesNotMatch(r.log('vcf-w01').join('\n'), /It was the turn|cancelled/)
})

test('who forgets a run is told in the log and in the history, and the run that follows never requests again what that one had requested', async (t) => {
  const { r, store, file } = await lostIn(t, 'upgrading_nsx')
  const notice = `${r.view().domain.id} failed`
  assert.ok(r.hub.notices().has(notice))

  await r.press('retry', olga)

  assert.deepEqual([r.view().phase, r.hub.notices().has(notice)], ['waiting_for_initiation', false])
  assert.match(r.log().at(-1)!, /^Retry by Olga without the record of this domain: the run run-1 ends here as forgotten/)
  const [forgotten] = runsOf(store.history())
  assert.deepEqual([forgotten!.id, forgotten!.outcome, forgotten!.endedBy], ['run-1', 'forgotten', 'Olga'])
  assert.deepEqual(readdirSync(join(file, '..')).length, 3, 'the cut-off record is kept')

  await r.press('start', olga)
  const asked = await r.until('waiting_for_operator')
  assert.match(asked.halt!.text, /^SDDC Manager is upgrading NSX \S+, which the forgotten run had requested/)
  await r.restart()
  await r.press('retry', olga)
  assert.match(r.view().steps.find(({ component }) => component === 'NSX_T_MANAGER')!.detail!, /^Requested by the forgotten run/)
  await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  assert.doesNotMatch([...r.log(), JSON.stringify(r.view().steps)].join('\n'), /not started here/i)
  assert.deepEqual(
    runsOf(store.history()).map(({ outcome }) => outcome),
    ['forgotten', 'successfully_completed'],
  )
})
