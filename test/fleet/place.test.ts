import assert from 'node:assert/strict'
import test from 'node:test'
import { olga, rehearse } from '../support/rehearsal.ts'

test('a workload domain accepts a start only when its management domain is there or on its way, and says why not', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  const before = r.view('vcf-w01')
  await r.press('start', olga)
  const behind = r.view('vcf-w01')
  await r.press('cancel', olga)
  await r.until('waiting_for_initiation')

  assert.deepEqual(before.accepts, [])
  assert.match(before.whyNot.at(-1)!, /the management domain vcf-m01 runs 5\.2\.0\.0 and comes first/)
  assert.deepEqual(behind.accepts, ['start', 'download'])
  assert.deepEqual(r.view('vcf-w01').accepts, [])
})

test('a start that is not accepted says the same when it is pressed all the same', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga, { domain: 'vcf-w01' })

  assert.match(r.log('vcf-w01').at(-1)!, /vcf-m01 runs 5\.2\.0\.0 and comes first/)
})

test('where nothing is on offer no start is accepted; one that is pressed looks anew and says so', async (t) => {
  const r = await rehearse('no-update')
  t.after(() => r.close())

  assert.deepEqual(r.view().accepts, [])
  await r.press('start', olga)

  assert.match(r.log().at(-1)!, /nothing to update/)
})
