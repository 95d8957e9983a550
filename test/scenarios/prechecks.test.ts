import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, olga, rehearse } from '../support/rehearsal.ts'

for (const [scenario, says] of [
  ['precheck-fails', /COMPLETED_WITH_FAILURE/],
  ['no-summary', /without a summary/],
] as const) {
  test(`${scenario}: failed, with what is known shown; Retry runs the prechecks again and the run completes`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    const failed = await r.until('failed')
    assert.match(failed.halt!.text, says)
    assert.match(failed.halt!.remediation!, /Retry/)
    assert.ok(failed.findings.length > 0, 'findings are shown')
    assert.deepEqual(
      r.hub.told.map(({ purpose }) => purpose),
      ['started', 'failed'],
    )
    await r.restart()
    assert.equal(r.view().phase, 'failed', 'a restart does not lift a halt')
    await r.press('retry', olga)
    await r.advance(hour)
    assert.ok(!r.view().findings.some(({ text }) => /prechecks of/i.test(text)), 'the failed run is none of its findings')
    await r.press('acknowledge', olga)
    await r.until('successfully_completed')

    assert.equal(r.phases().filter((phase) => phase === 'running_prechecks').length, 2)
    assert.ok(![...r.hub.notices().values()].some(({ purpose }) => purpose === 'failed'))
  })
}

test('bundle-fails: failed with the text of the download task; Retry downloads it', async (t) => {
  const r = await rehearse('bundle-fails')
  t.after(() => r.close())

  await r.press('start', olga)
  const failed = await r.until('failed')
  assert.match(failed.halt!.text, /The download of .* failed: \w+/)
  assert.equal(failed.downloads?.failed, 1)
  await r.press('retry', olga)

  await r.until('successfully_completed')
})

test('bundle-recalled: failed, and nothing goes on', async (t) => {
  const r = await rehearse('bundle-recalled')
  t.after(() => r.close())

  await r.press('start', olga)
  const failed = await r.until('failed')

  assert.match(failed.halt!.text, /recalled/)
  assert.deepEqual(r.posts(), [])
})

test('prechecks beyond their limit: failed while they go on; the end is read, and Retry goes on from there', async (t) => {
  const r = await rehearse({ durations: { precheck: '2h' } })
  t.after(() => r.close())
  const runs = () => r.simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/system/check-sets').length

  await r.press('start', olga)
  const failed = await r.until('failed')
  assert.ok(failed.overdueSince !== undefined)
  await r.advance(3 * hour)
  assert.equal(r.view().phase, 'failed')
  assert.match(r.log().at(-1)!, /the prechecks ended: press Retry/)
  const before = runs()
  await r.press('retry', olga)
  await r.until('successfully_completed')

  assert.equal(runs(), before)
})

test('downloads beyond their limit: failed while they go on; Retry waits on and asks for none again', async (t) => {
  const r = await rehearse({ durations: { downloadPerGigabyte: '40m' } })
  t.after(() => r.close())
  const asked = () =>
    r.simulator
      .requests()
      .filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/bundles/'))
      .map(({ path }) => path)

  await r.press('start', olga)
  const failed = await r.until('failed')
  assert.match(failed.halt!.text, /waiting for \d bundle downloads?/)
  await r.press('retry', olga)
  await r.until('running_prechecks')

  assert.equal(new Set(asked()).size, asked().length)
})

test('the first request is refused and pressed again a day later: the prechecks are made again before VCF is asked once more', async (t) => {
  const refusal = { on: 'request', request: 'POST /v1/upgrades', component: 'SDDC_MANAGER', do: 'refuse', status: 403 } as const
  const error = { code: 'OPERATION_LOCKED', message: 'Locked.', remediation: 'Wait.', reference: 'LCK' }
  const r = await rehearse({ description: 'Refused once.', faults: [{ ...refusal, error }] })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('failed')
  await r.advance(30 * hour)
  await r.press('retry', olga)
  await r.until('upgrading_nsx')

  const path = r.phases()
  assert.equal(path.filter((phase) => phase === 'running_prechecks').length, 2)
  assert.equal(path.filter((phase) => phase === 'starting_upgrades').length, 1)
  assert.match(r.log().join('\n'), /The prechecks are too old/)
})
