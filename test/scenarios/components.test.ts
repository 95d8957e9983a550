import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import { hour, minute, olga, rehearse } from '../support/rehearsal.ts'

test("component-fails: failed within one poll with VCF's text, remediation and token; Retry finishes without a second request", async (t) => {
  const r = await rehearse('component-fails')
  t.after(() => r.close())

  await r.press('start', olga)
  const failed = await r.until('failed')
  const { text, remediation, reference } = failed.halt!
  assert.match(text, /^NSX .* failed: \w+/)
  assert.ok(remediation && reference, `${remediation} ${reference}`)
  assert.equal(failed.steps.find(({ component }) => component === 'NSX_T_MANAGER')?.state, 'failed')
  const task = r.simulator
    .requests()
    .filter(({ path }) => path.startsWith('/v1/upgrades/'))
    .at(-1)
  assert.ok(r.clock.now() - task!.at <= 4 * minute)
  await r.press('retry', olga)
  assert.equal(r.view().phase, 'upgrading_nsx')
  await r.until('successfully_completed')

  assert.equal(r.posts().filter((component) => component === 'NSX_T_MANAGER').length, 1)
  assert.equal(r.simulator.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/tasks/')).length, 1)
})

test('component-fails-for-good: Retry asks again as a new attempt, once, because VCF offers it', async (t) => {
  const r = await rehearse('component-fails-for-good')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('failed')
  await r.advance(3 * hour)
  assert.equal(r.view().phase, 'failed')
  const before = r.posts().length
  await r.press('retry', olga)
  await r.until('successfully_completed')

  const twice = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'].filter(
    (component) => r.posts().filter((posted) => posted === component).length > 1,
  )
  assert.ok(r.posts().length > before)
  assert.equal(twice.length, 1)
})

test('refused-request: failed with what VCF said, counted once; Retry asks once more', async (t) => {
  const r = await rehearse('refused-request')
  t.after(() => r.close())

  await r.press('start', olga)
  const failed = await r.until('failed')
  assert.match(failed.halt!.text, /refused the upgrade/)
  await r.advance(2 * hour)
  assert.equal(r.view().phase, 'failed')
  const refused = r.simulator.requests().filter(({ upgrade, status }) => upgrade && status !== undefined && status >= 400)
  assert.equal(refused.length, 1)
  await r.press('retry', olga)

  await r.until('successfully_completed')
})

test('lost-answer: one request for that step, found again, and the run completes', async (t) => {
  const r = await rehearse('lost-answer')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
  assert.match(r.log().join('\n'), /the request had arrived; following it/)
})

test('lost-request: stops for a person, and only their Retry sends the second', async (t) => {
  const r = await rehearse('lost-request')
  t.after(() => r.close())

  await r.press('start', olga)
  const asked = await r.until('waiting_for_operator')
  const sent = r.posts().length
  assert.match(asked.halt!.text, /no answer came, and SDDC Manager does not list it/)
  await r.restart()
  await r.advance(10 * hour)
  assert.equal(r.view().phase, 'waiting_for_operator')
  assert.equal(r.posts().length, sent)
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(r.posts().length, 6)
})

test('long-outage: three hours within a raised limit complete', async (t) => {
  const r = await rehearse('long-outage', { limits: { stepLimit: 8 * hour } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed', { within: 40 * hour })

  assert.ok(!r.phases().includes('failed'))
})

test('outage-beyond-limit: failed while VCF goes on; VCF finishes; Retry completes without another request', async (t) => {
  const r = await rehearse('outage-beyond-limit')
  t.after(() => r.close())

  await r.press('start', olga)
  const failed = await r.until('failed')
  assert.match(failed.halt!.text, /time limit passed/i)
  assert.ok(failed.overdueSince !== undefined)
  await r.advance(40 * hour)
  assert.equal(r.view().phase, 'failed')
  assert.match(r.log().at(-1)!, /Meanwhile SDDC Manager reports COMPLETED\w*: press Retry/)
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
})

test('record-gone: the version proves what the record no longer can', async (t) => {
  const r = await rehearse('record-gone')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  assert.match(r.log().join('\n'), /record is gone from SDDC Manager, but version/)
})

test('two-images: waits for a person to choose, then goes on by itself once the settings name one', async (t) => {
  const r = await rehearse('two-images')
  t.after(() => r.close())

  await r.press('start', olga)
  const waiting = await r.until('waiting_for_image')
  const [, names] = /: (.*)\.$/.exec(waiting.halt!.text)!
  assert.equal(names!.split(', ').length, 2)
  await r.advance(5 * hour)

  assert.equal(r.view().phase, 'waiting_for_image')
})

test('two-images with one named in the settings: no waiting', async (t) => {
  const probe = await rehearse('two-images')
  await probe.press('start', olga)
  const waiting = await probe.until('waiting_for_image')
  const image = /: (.*)\.$/.exec(waiting.halt!.text)![1]!.split(', ')[0]!
  await probe.close()
  const r = await rehearse('two-images', { settings: { esx: { ...defaultDomainSettings.esx, images: { 'vcf-m01-cl02': image } } } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  assert.ok(!r.phases().includes('waiting_for_image'))
})

test('no-image: waits for the image and goes on by itself when it is there', async (t) => {
  const r = await rehearse('no-image')
  t.after(() => r.close())

  await r.press('start', olga)
  const waiting = await r.until('waiting_for_image')
  assert.match(waiting.halt!.remediation!, /import it under Lifecycle Management/)
  await r.until('successfully_completed')

  const phases = r.phases()
  assert.equal(phases[phases.indexOf('waiting_for_image') + 1], 'upgrading_esx')
})
