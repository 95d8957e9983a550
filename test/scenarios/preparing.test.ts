import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Changes of the management domain's target, in order. */
function targetChanges(r: Rehearsal): readonly { readonly method: string; readonly at: number }[] {
  const path = `/v1/releases/domains/${r.view().domain.id}`
  return r.simulator
    .requests()
    .filter((request) => request.path === path && request.method !== 'GET')
    .map(({ method, at }) => ({ method, at }))
}

test('a target that VCF answers with 500 is read and set again, never within a minute', async (t) => {
  const r = await rehearse('target-changes', { limits: { pollEvery: 10_000 } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('downloading_bundles')

  const changes = targetChanges(r)
  assert.ok(changes.length >= 2)
  const gaps = changes.slice(1).map(({ at }, i) => at - changes[i]!.at)
  assert.ok(
    gaps.every((gap) => gap >= minute),
    gaps.join(),
  )
  assert.match(r.log().join('\n'), /did not say whether it took the target/)
})

test('start, cancel, start: three changes of the target, each a minute after the one before, over a restart too', async (t) => {
  const r = await rehearse('happy', { limits: { pollEvery: 10_000 } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('downloading_bundles')
  await r.press('cancel', olga)
  await r.restart()
  assert.deepEqual(r.view().accepts, [], 'until the target is taken back no other run begins')
  await r.advance(minute)
  assert.match(r.log().join('\n'), /Target release .* taken back/)
  await r.press('start', olga)
  assert.match(r.log().join('\n'), /the next change waits/)
  await r.until('downloading_bundles')

  const changes = targetChanges(r)
  assert.deepEqual(
    changes.map(({ method }) => method),
    ['PATCH', 'DELETE', 'PATCH'],
  )
  assert.ok(changes.every(({ at }, i) => i === 0 || at - changes[i - 1]!.at >= minute))
})

test('the release that the settings name and VCF does not know: nothing is offered, and it says why', async (t) => {
  const r = await rehearse('happy', { settings: { target: '5.2.9.0' } })
  t.after(() => r.close())

  await r.press('start', olga)

  assert.equal(r.view().phase, 'waiting_for_initiation')
  assert.match(r.view().whyNot.join('\n'), /settings name 5\.2\.9\.0 .* knows no such release/)
  assert.match(r.log().join('\n'), /settings name 5\.2\.9\.0/)
})

test('an offline depot without two bundles: failed with the list of what to fetch, nothing is upgraded', async (t) => {
  const r = await rehearse('depot-offline')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt, downloads } = await r.until('failed')

  assert.match(
    halt!.text,
    /^The offline depot does not give 2 bundles of this release: NSX 4\.2\.1\S*, 8\.4 GB, bundle \S+; vCenter 8\.0\.3\S*, 11\.6 GB, bundle \S+$/,
  )
  assert.match(halt!.remediation!, /offline depot, then press Retry/)
  assert.deepEqual([downloads?.done, downloads?.failed], [2, 2])
  assert.deepEqual(r.posts(), [])
})

for (const [scenario, says, remedy] of [
  ['depot-unreachable', /cannot find|does not answer/, /DNS|proxy/],
  ['depot-unauthorized', /refuses SDDC Manager's credentials/, /token/],
] as const) {
  test(`${scenario}: failed with VCF's words and what is wrong with the depot`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    const { halt } = await r.until('failed')

    assert.match(halt!.text, /The download of \S+ .* failed: /)
    assert.match(halt!.text, says)
    assert.match(halt!.remediation!, remedy)
  })
}

test('a download that stands still is told once after an hour, is no failure, and goes on', async (t) => {
  const r = await rehearse('download-stalls')
  t.after(() => r.close())

  await r.press('start', olga)
  const shown: string[] = []
  for (let at = 0; at < 12 * hour && r.view().phase !== 'running_prechecks'; at += 10 * minute) {
    await r.advance(10 * minute)
    if (r.view().attention !== undefined) shown.push(r.view().attention!)
  }

  assert.equal(r.log().filter((text) => /nothing new of the download of NSX/.test(text)).length, 1)
  assert.deepEqual(shown, [])
  assert.ok(r.phases().includes('running_prechecks'))
})

test('downloads show their bytes on the way', async (t) => {
  const r = await rehearse('happy', { limits: { pollEvery: 30_000 } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('running_prechecks')

  const seen = r.hub.views('vcf-m01').flatMap(({ downloads }) => downloads?.bytes ?? [])
  assert.ok(seen.some(({ done, total }) => done > 0 && done < total))
  assert.ok(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done))
  assert.equal(seen.at(-1)?.done, seen.at(-1)?.total)
})
