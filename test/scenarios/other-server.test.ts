/** Another server is in charge of the same Home Assistant: what this one has begun is followed, and nothing more is asked for. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

const held =
  /^Another server \(there on rack-2\) is in charge of Home Assistant: nothing that changes something is requested of SDDC Manager/
const writes = (r: Rehearsal) =>
  r.simulator.requests().flatMap(({ method, path }) => (method === 'GET' || /tokens|queries/.test(path) ? [] : [`${method} ${path}`]))
const said = (r: Rehearsal) => r.log().filter((text) => held.test(text)).length

test('who only watches finishes the component under way, asks for no other one, and goes on when it is in charge again', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')

  r.hub.other = 'there on rack-2'
  await r.advance(12 * hour)
  const meanwhile = [...r.posts()]
  const { phase, run, steps, awaits } = r.view()
  r.hub.other = undefined
  await r.advance(10 * minute)
  const next = r.posts().slice(meanwhile.length)
  await r.until('successfully_completed')

  assert.deepEqual(meanwhile, ['SDDC_MANAGER', 'NSX_T_MANAGER'])
  assert.deepEqual([phase, run?.finishedAt], ['upgrading_vcenter', undefined])
  assert.deepEqual(steps.map(({ state }) => state).slice(0, 2), ['done', 'done'])
  assert.match(awaits!.text, /the other server \(there on rack-2\) to stop/)
  assert.deepEqual(next, ['VCENTER'])
  assert.equal(r.posts().length, 5)
  assert.equal(said(r), 1)
})

test('a restart while the other is in charge changes nothing of that', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  r.hub.other = 'there on rack-2'
  await r.advance(2 * hour)
  const before = r.posts().length
  await r.away(5 * hour)
  await r.advance(5 * hour)
  const meanwhile = r.posts().length - before
  r.hub.other = undefined
  await r.until('successfully_completed')

  assert.deepEqual([meanwhile, r.posts().length, said(r)], [0, 5, 1])
})

test('a run that begins while the other takes over changes nothing in SDDC Manager, and no limit runs out', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  r.hub.other = 'there on rack-2'
  await r.press('start', olga)
  await r.advance(12 * hour)
  const meanwhile = writes(r)
  const { phase } = r.view()
  r.hub.other = undefined
  await r.until('successfully_completed')

  assert.deepEqual([phase, meanwhile], ['setting_new_vcf_version_target', []])
  assert.equal(said(r), 1)
})

test('prechecks and downloads wait as well', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('downloading_bundles')
  r.hub.other = 'there on rack-2'
  const before = writes(r).length
  await r.advance(12 * hour)
  const meanwhile = writes(r).slice(before)
  const { phase } = r.view()
  r.hub.other = undefined
  await r.until('successfully_completed')

  assert.deepEqual(meanwhile, [])
  assert.notEqual(phase, 'failed')
})

test('the retry of a failed task is a request too: it waits', async (t) => {
  const r = await rehearse('component-fails')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('failed')
  const before = writes(r).length
  r.hub.other = 'there on rack-2'
  await r.press('retry', olga)
  await r.advance(6 * hour)
  const meanwhile = writes(r).length - before

  assert.equal(meanwhile, 0)
  assert.notEqual(r.view().phase, 'failed')
  r.hub.other = undefined
  await r.until('successfully_completed')
})
