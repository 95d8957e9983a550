import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { openStore } from '../../server/store/file-store.ts'
import { createMemoryStore, type MemoryStore } from '../../server/store/memory-store.ts'
import { minute, olga, rehearse } from '../support/rehearsal.ts'

const management = '8919e401-111a-5692-a313-083d7d88212f'

test('a record that cannot be used is never started over silently: a person reads why and decides', async (t) => {
  const saves: string[] = []
  const memory = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const store: MemoryStore = {
    ...memory,
    load: () => ({
      records: [],
      broken: [{ domainId: management, message: 'The record was cut off and set aside.', remedy: 'Put it back' }],
    }),
    save: (record) => void saves.push(record.domain.id),
  }
  const r = await rehearse('happy', { store })
  t.after(() => r.close())

  assert.equal(r.view().phase, 'failed')
  assert.match(r.view().halt!.text, /cut off and set aside/)
  assert.deepEqual(r.view().accepts, ['retry'])
  await r.press('start', olga)
  assert.equal(r.view().phase, 'failed')
  assert.ok(!saves.includes(management), 'nothing is written over it')
  await r.press('retry', olga)

  assert.equal(r.view().phase, 'waiting_for_initiation')
})

/** A rehearsal on a disk that gets full. */
async function onDisk(t: TestContext) {
  let full = false
  const memory = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const store: MemoryStore = {
    ...memory,
    save(record) {
      if (full) throw new Error('Cannot save: no space left on device')
      memory.save(record)
    },
  }
  const r = await rehearse('happy', { store })
  t.after(() => r.close())
  const setFull = (is: boolean) => {
    full = is
  }
  return { r, store, setFull }
}

test('a disk that gets full while SDDC Manager is away: nothing is said to be awaited, and Cancel is obeyed as soon as it can be written', async (t) => {
  const { r, setFull } = await onDisk(t)
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  while (r.view().unreachableSince === undefined) await r.advance(2 * minute)
  assert.ok(r.view().awaits && r.view().expectedOutage)
  setFull(true)

  const { awaits, expectedOutage, unreachableSince, accepts, halt } = await r.until('failed')
  assert.deepEqual([awaits, expectedOutage, unreachableSince], [undefined, undefined, undefined])
  assert.deepEqual(accepts, ['retry', 'cancel'])
  assert.match(halt!.remediation!, /^Mend the cause .*, then press Retry\. .* Cancel ends the run here/)
  await r.press('cancel', olga)
  assert.equal(r.view().phase, 'failed', 'it cannot be written')
  setFull(false)
  await r.press('cancel', olga)
  assert.deepEqual([r.view().phase, r.view().ending?.by], ['upgrading_sddc_manager', 'Olga'])
  await r.until('cancelled')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
  assert.match(r.log().join('\n'), /This server had stopped: Cannot save: no space left on device/)
})

test('Cancel instead of Retry sends nothing, wherever the run stood', async (t) => {
  const { r, setFull } = await onDisk(t)
  await r.press('start', olga)
  await r.until('running_prechecks')
  setFull(true)
  await r.until('failed')
  setFull(false)

  await r.press('cancel', olga)
  await r.until('cancelled', { within: 5 * minute })

  assert.deepEqual(r.posts(), [])
})

test('without a run there is nothing to cancel, and the refusal says why nothing goes on', async (t) => {
  const { r, setFull } = await onDisk(t)
  setFull(true)
  await r.press('ignore_alerts', olga, { on: true })
  assert.deepEqual([r.view().phase, r.view().accepts], ['failed', ['retry']])

  await r.press('cancel', olga)

  const told = r.hub.notices().get(`${r.view().domain.id} refused`)!.message
  assert.match(told, /^Cancel was pressed, but this server does not work on the domain: Cannot save: no space left/)
})

test('when facts cannot be written nothing is sent; Retry goes on once they can, and is told', async (t) => {
  const { r, store, setFull } = await onDisk(t)
  await r.press('start', olga)
  await r.until('running_prechecks')
  setFull(true)
  const failed = await r.until('failed')
  assert.match(failed.halt!.text, /no space left/)
  assert.deepEqual(r.posts(), [])
  setFull(false)
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(r.posts().length, 5)
  assert.match(r.log().join('\n'), /This server had stopped: Cannot save: no space left on device\nRetry by Olga/)
  assert.ok(store.history().some((entry) => entry.event === 'retry pressed' && 'by' in entry && entry.by?.name === 'Olga'))
})

test('the state folder goes away while a component is upgraded: nothing more is sent, and with it back Retry follows what runs', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gone-'))
  const store = await openStore(folder, { clock: { now: () => 0 }, newId: () => crypto.randomUUID(), warn() {} })
  const r = await rehearse('happy', { store })
  t.after(async () => {
    await r.close()
    store.close()
    rmSync(folder, { recursive: true })
  })
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  renameSync(join(folder, 'domains'), join(folder, 'elsewhere'))

  const failed = await r.until('failed')
  const sent = r.posts().length
  await r.advance(60 * minute)
  renameSync(join(folder, 'elsewhere'), join(folder, 'domains'))
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.match(failed.halt!.text, /Cannot save the record .* it is gone; put it back as it was/)
  assert.match(failed.halt!.remediation!, /then press Retry/)
  assert.equal(sent, 2)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
})

for (const phase of ['downloading_bundles', 'running_prechecks', 'upgrading_sddc_manager', 'upgrading_nsx', 'upgrading_esx'] as const) {
  test(`the process dies in ${phase} and starts again: same end, nothing requested twice`, async (t) => {
    const r = await rehearse('happy')
    t.after(() => r.close())

    await r.press('start', olga)
    await r.until(phase)
    await r.advance(minute)
    await r.restart()
    await r.until('successfully_completed')

    assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  })
}
