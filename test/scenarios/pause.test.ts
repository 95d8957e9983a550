import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, nora, olga, otto, rehearse } from '../support/rehearsal.ts'

test('a pause lets the running step finish, then waits for a person, over restarts and however long; Retry goes on', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  await r.press('pause', olga)
  await r.press('pause', olga)
  assert.match(r.log().at(-1)!, /Olga pressed Pause twice within a second; that counts once/)
  const { ending, accepts } = r.view()
  assert.deepEqual([ending?.what, ending?.by, accepts], ['pause', 'Olga', ['cancel', 'pause']])
  await r.restart()
  assert.deepEqual(r.view().ending, ending)
  const paused = await r.until('waiting_for_operator')
  assert.match(paused.halt!.text, /^Paused, as Olga asked/)
  assert.deepEqual([paused.ending, paused.accepts], [undefined, ['retry', 'cancel']])
  assert.equal(r.hub.notices().get(`${paused.domain.id} waiting`)?.title, 'vcf-m01: waiting for you')
  await r.advance(50 * hour)
  await r.restart()
  await r.press('pause', olga)
  assert.match(r.log().at(-1)!, /Pause was pressed, but the run is paused already; Retry goes on/)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
  await r.press('retry', otto)
  await r.until('upgrading_esx')
  await r.press('pause', nora)
  assert.equal(r.view().ending, undefined)
  await r.press('pause', otto)
  await r.until('waiting_for_operator')
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'])
  assert.deepEqual(
    r.view().steps.map(({ state }) => state),
    ['done', 'done', 'done', 'done', 'pending'],
  )
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
})

test('a second press takes a pause back, and Cancel comes before it: neither stops twice', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')
  await r.press('pause', olga)
  await r.advance(minute)
  await r.press('pause', otto)
  assert.equal(r.view().ending, undefined)
  assert.match(r.log().at(-1)!, /Pause taken back by Otto/)
  await r.until('upgrading_nsx')
  await r.press('pause', olga)
  await r.press('cancel', otto)
  assert.deepEqual([r.view().ending?.what, r.view().ending?.by, r.view().accepts], ['cancel', 'Otto', []])
  assert.match(r.log().at(-1)!, /Cancel by Otto, instead of the pause that Olga asked for: the run ends after NSX/)
  await r.advance(minute)
  await r.press('pause', olga)
  assert.match(r.log().at(-1)!, /Pause was pressed, but the run ends after the running step: Otto pressed Cancel before/)
  await r.until('cancelled')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER'])
  assert.ok(!r.phases().includes('waiting_for_operator'))
})

test('a step that fails under a pause is repeated by Retry first, and then the run waits', async (t) => {
  const r = await rehearse('component-fails')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_nsx')
  await r.press('pause', olga)
  const failed = await r.until('failed')
  assert.equal(failed.ending?.what, 'pause')
  await r.restart()
  await r.press('retry', olga)
  await r.until('waiting_for_operator')
  assert.deepEqual(
    r
      .view()
      .steps.slice(0, 3)
      .map(({ state }) => state),
    ['done', 'done', 'pending'],
  )
  await r.press('cancel', olga)
  await r.until('cancelled')

  assert.equal(r.posts().at(-1), 'NSX_T_MANAGER')
})
