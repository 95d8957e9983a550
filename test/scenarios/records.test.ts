import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, olga, rehearse } from '../support/rehearsal.ts'

test('nsx-done-but-failed: said that it is at its target all the same; Retry looks again, proves it by version and never runs it again', async (t) => {
  const r = await rehearse('nsx-done-but-failed')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')
  assert.equal(halt!.reason, 'failed but at its target')
  assert.match(halt!.text, /stopped answering after its last step\. Yet every version of it is 4\.2\.1/)
  assert.match(halt!.remediation!, /^Compare the version .*It is not run again\./)
  await r.advance(2 * hour)
  assert.equal(r.view().phase, 'failed')
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(r.posts().filter((component) => component === 'NSX_T_MANAGER').length, 1)
  assert.equal(r.simulator.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/tasks/')).length, 0)
  assert.match(r.log().join('\n'), /NSX .* is at 4\.2\.1\S*, proven by version/)
  assert.equal(r.view().steps.find(({ component }) => component === 'NSX_T_MANAGER')?.state, 'done')
})

test('esx-offered-again: not requested again, and the run says so instead of calling itself done', async (t) => {
  const r = await rehearse('esx-offered-again')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')

  assert.match(halt!.text, /still offered and not requested again: ESX AVAILABLE/)
  assert.equal(r.posts().filter((component) => component === 'ESX_HOST').length, 2, 'one per cluster')
  await r.press('retry', olga)
  await r.advance(hour)
  assert.equal(r.view().phase, 'failed', 'it stays')
  assert.equal(r.posts().filter((component) => component === 'ESX_HOST').length, 2)
})

test('esx-never-offered: every host with the build that it has, the target, and what that may mean', async (t) => {
  const r = await rehearse('esx-never-offered')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')

  assert.match(halt!.text, /not at target: ESX \(target 8\.0\.3-24280767\): (esx-m01-\d\d\S* 8\.0\.3-\d+(, )?){7}/)
  assert.match(halt!.remediation!, /build.*Retry looks again/)
})

test('dependency-failed: refused with what it depends on; Retry reads what is offered and asks once more', async (t) => {
  const r = await rehearse('dependency-failed')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')
  assert.match(halt!.text, /refused the upgrade: .*has to be resolved before/)
  assert.match(halt!.remediation!, /^Look again at what is offered.* Nothing was started\./)
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(r.posts().filter((component) => component === 'VCENTER').length, 2)
})

test('bundle-gone: an offered bundle that is not there any more is downloaded first', async (t) => {
  const r = await rehearse('bundle-gone')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('successfully_completed')

  assert.match(r.log().join('\n'), /NSX needs a bundle that is not downloaded yet/)
  const phases = r.phases()
  assert.equal(phases.filter((phase) => phase === 'downloading_bundles').length, 2, phases.join(' '))
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
})

test('bundle-recalled-later: the run stops before vCenter is asked for', async (t) => {
  const r = await rehearse('bundle-recalled-later')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')

  assert.match(halt!.text, /recalled/)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER'])
})
