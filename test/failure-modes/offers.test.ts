import assert from 'node:assert/strict'
import { hour, olga } from '../support/rehearsal.ts'
import { mode } from './mode.ts'
import { failureModes } from './modes.ts'

for (const number of [2, 3, 4, 5]) {
  mode(number, 'the release is not offered, Start is refused with the reason, and nothing is sent', async (incident) => {
    const r = await incident.rehearse(failureModes[number]!.scenarios[0]!)
    const { nextVersion, whyNot, status } = r.view()

    await r.press('start', olga)

    assert.equal(nextVersion, undefined)
    assert.equal(status, 'up_to_date')
    assert.ok(whyNot.length > 0)
    assert.equal(r.hub.told.at(-1)?.purpose, 'nothing_to_update')
    assert.equal(r.view().phase, 'waiting_for_initiation')
    assert.deepEqual(writes(r), [])
  })
}

mode(1, 'failed with what the depot said; once it is right, Retry downloads what is missing', async (incident) => {
  const r = await incident.rehearse('depot-unauthorized')

  await r.press('start', olga)
  await r.until('failed')
  await r.advance(5 * hour)
  assert.equal(r.view().phase, 'failed')
  await r.press('retry', olga)

  await r.until('running_prechecks')
})

mode(26, 'set once more after a pause, read back, and never in a loop', async (incident) => {
  const r = await incident.rehearse('target-changes', { done: [] })

  await r.press('start', olga)
  await r.until('running_prechecks')

  const changes = r.simulator.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/releases/domains/'))
  assert.equal(changes.length, 2)
  assert.ok(changes[1]!.at - changes[0]!.at >= 60_000)
})

mode(30, 'the bundle is downloaded before anything is requested, and the run goes on by itself', async (incident) => {
  const r = await incident.rehearse('bundle-gone', { done: [] })

  await r.press('start', olga)
  await r.until('upgrading_vcenter')

  const requests = r.simulator.requests()
  const [download] = requests.filter(({ method, path }) => method === 'PATCH' && path.startsWith('/v1/bundles/'))
  const nsx = requests.find(({ upgrade }) => upgrade?.component === 'NSX_T_MANAGER')
  assert.ok(download && nsx && download.at < nsx.at)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'])
})

mode(31, 'failed, and the component is not requested, also when it is recalled after its download', async (incident) => {
  const before = await incident.rehearse('bundle-recalled')
  await before.press('start', olga)
  await before.until('failed')
  assert.deepEqual(before.posts(), [])

  const later = await incident.rehearse('bundle-recalled-later', { done: ['SDDC_MANAGER'] })
  await later.press('start', olga)
  const { halt } = await later.until('failed')
  await later.advance(5 * hour)
  assert.match(halt!.text, /recalled/)
  assert.deepEqual(later.posts(), ['NSX_T_MANAGER'])
})

function writes(r: Awaited<ReturnType<Parameters<Parameters<typeof mode>[2]>[0]['rehearse']>>) {
  return r.simulator
    .requests()
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/v1/tokens') && !path.endsWith('/queries'))
}
