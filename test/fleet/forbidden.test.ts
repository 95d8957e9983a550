import assert from 'node:assert/strict'
import test from 'node:test'
import { createMemoryStore, type MemoryStore } from '../../server/store/memory-store.ts'
import { hour, minute, nora, olga, rehearse } from '../support/rehearsal.ts'

test('who may not press cannot push the log out of sight, nor wear out the disk', async (t) => {
  let saves = 0
  const memory = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const store: MemoryStore = {
    ...memory,
    save(record) {
      saves++
      memory.save(record)
    },
  }
  const r = await rehearse('happy', { store })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('downloading_bundles')
  const before = r.log()
  saves = 0

  for (let times = 0; times < 110; times++) await r.press('cancel', nora)
  const atOnce = saves
  await r.advance(3 * minute)

  const refused = r.view().log.filter(({ text }) => text.startsWith('Nora pressed Cancel, not obeyed'))
  assert.equal(atOnce, 1)
  assert.deepEqual(
    refused.map(({ times }) => times),
    [110],
  )
  assert.deepEqual(r.log().slice(0, before.length), before)
  assert.equal(r.hub.told.filter(({ purpose }) => purpose === 'refused').length, 2)
})

test('who is refused again reads it as the newest line before a script stops waiting for it; a notification comes once a minute', async (t) => {
  const r = await rehearse({ release: 'two' })
  t.after(() => r.close())
  const noticesTold = () => r.hub.told.filter(({ message }) => message.includes('Nora pressed Start upgrade')).length
  await r.press('start', nora)
  await r.choose('5.2.2.0', olga)
  await r.press('start', nora)
  await r.advance(10_000)
  const [newest, notices] = [r.view().log.at(-1)!, noticesTold()]
  await r.choose('5.2.1.0', olga)
  await r.press('start', nora)
  const again = r.log().at(-1)!
  await r.advance(2 * minute)

  assert.match(newest.text, /^Nora pressed Start upgrade, not obeyed/)
  assert.equal(newest.times, 2)
  assert.equal(notices, 1)
  assert.match(again, /^Nora pressed Start upgrade, not obeyed/)
  assert.equal(noticesTold(), 2)
})

test('an automation that presses every minute without the right is one line with its number', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('downloading_bundles')

  for (let times = 0; times < 30; times++) {
    await r.press('start', undefined)
    await r.advance(minute)
  }

  const lines = r.view().log.filter(({ text }) => text.startsWith('An automation pressed Start upgrade'))
  assert.deepEqual(
    lines.map(({ times }) => times),
    [30],
  )
})

test('each control that somebody may not press is told, and the next run is told anew', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('downloading_bundles')
  await r.press('cancel', nora)
  await r.press('retry', nora)
  await r.press('cancel', olga)
  await r.until('cancelled')
  await r.until('waiting_for_initiation', { within: 2 * hour })
  await r.press('start', olga)
  await r.press('cancel', nora)

  assert.match(r.log().at(-1)!, /^Nora pressed Cancel, not obeyed/)
  assert.equal(r.hub.told.filter(({ message }) => /Nora pressed Retry/.test(message)).length, 1)
})
