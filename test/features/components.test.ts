import assert from 'node:assert/strict'
import type { Upgradable } from '../../server/ports/vcf-words.ts'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { candidates } from '../../server/upgrade/offers.ts'
import type { Component } from '../../shared/upgrade.ts'
import { after as reached } from '../simulator/midway.ts'
import { hour, minute, olga, type Rehearsal, type RehearsalOptions, rehearse } from '../support/rehearsal.ts'
import { row } from './rows.ts'

type Faults = ScenarioInput['faults']
type Cleaned = { after(fn: () => Promise<void>): void }

/** Presses Start in a world in which these components are done already. */
async function started(
  t: Cleaned,
  done: Parameters<typeof reached>,
  faults: Faults = [],
  options: RehearsalOptions = {},
): Promise<Rehearsal> {
  const r = await rehearse({ ...(reached(...done) as object), faults }, { detectEvery: 6 * hour, ...options })
  t.after(() => r.close())
  await r.press('start', olga)
  return r
}

const error = { code: 'BROKEN', message: 'It broke.', remediation: 'Mend it.', reference: 'R3F' }

row(23, 'SDDC Manager is requested first and alone, whatever else there is to do', async (t) => {
  const r = await started(t, [])
  const asked: string[] = []
  r.simulator.onExchange(({ method, path, requestBody }) => {
    if (method === 'POST' && path === '/v1/upgrades') asked.push((requestBody as { resourceType: string }).resourceType)
  })

  await r.until('upgrading_nsx')

  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER'])
  const phases = r.phases()
  assert.ok(phases.indexOf('upgrading_sddc_manager') < phases.indexOf('upgrading_nsx'))
  assert.equal(asked[0], 'DOMAIN')
})

row(23, 'when several are offered at once, SDDC Manager is taken first in whatever order they are listed', async () => {
  const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
  const bom = { SDDC_MANAGER: '5.2.1.0', NSX_T_MANAGER: '4.2.1.0', VCENTER: '8.0.3.00300' }
  const instance = (name: string, version: string) => [{ id: name, name, version }]
  const inventory = {
    sddcManagers: instance('s', '5.2.0.0'),
    nsx: instance('n', '4.2.0.0'),
    vcenters: instance('v', '8.0.3.00100'),
    clusters: [],
  }
  const offer = (component: Component): Upgradable => ({
    ...{ bundleId: component, component, names: [component], resourceId: 'd', resourceType: 'DOMAIN' },
    ...{ available: true, word: 'AVAILABLE', errors: [] },
  })
  const run = { id: 'r', startedAt: 0, startedBy: olga, from: '5.2.0.0', target: '5.2.1.0', bom, bundles: [], steps: [], percent: 0 }

  const first = candidates({
    domain,
    run,
    inventory,
    upgrades: [],
    order: [],
    offers: (['VCENTER', 'NSX_T_MANAGER', 'SDDC_MANAGER'] as const).map(offer),
  })[0]

  assert.equal(first?.step.component, 'SDDC_MANAGER')
})

row(25, 'nothing offered while components are behind is no success: it ends in failed, naming each of them', async (t, note) => {
  const r = await started(t, ['SDDC_MANAGER'], [{ on: 'upgrade', component: 'NSX_T_MANAGER', do: 'offer nothing', times: 1 }])

  const { halt } = await r.until('failed')
  await r.advance(5 * hour)

  assert.match(halt!.text, /offers nothing.*vCenter.*vc-m01/s)
  assert.ok(!r.phases().includes('successfully_completed') && !r.phases().includes('final_validation'))
  note(halt!.text)
})

row(26, 'the validation is read to its end before the run ends', async (t) => {
  const r = await started(t, ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'], [{ on: 'validation', do: 'pass' }])

  await r.until('successfully_completed')

  const asked = r.simulator.requests().filter(({ path }) => path.includes('/validations'))
  assert.equal(asked.filter(({ method }) => method === 'POST').length, 1)
  assert.ok(asked.filter(({ method }) => method === 'GET').length > 0)
})

row(26, 'completed with the result FAILED is a failure, with the checks that failed', async (t, note) => {
  const r = await started(t, ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'], [{ on: 'validation', do: 'fail', times: 'always', error }])

  const { halt } = await r.until('failed')

  assert.match(halt!.text, /It broke\./)
  assert.ok(!r.phases().includes('successfully_completed'))
  note(halt!.text)
})

row(57, 'a failure during its outage is a failure, although its API answers again', async (t, note) => {
  const r = await started(t, [], [{ on: 'upgrade', component: 'SDDC_MANAGER', do: 'fail', percent: 90, retryable: false, error }])

  const { halt, expectedOutage } = await r.until('failed')
  await r.advance(5 * hour)

  assert.match(halt!.text, /^SDDC Manager .* failed: It broke\./)
  assert.equal(expectedOutage, undefined)
  assert.equal(r.hub.fleet.at(-1)!.connected, true)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
  note(halt!.text)
})

row(57, 'a record of success without the new version is no success', async (t) => {
  const r = await started(t, [], [{ on: 'upgrade', component: 'SDDC_MANAGER', do: 'keep version' }])

  const { halt } = await r.until('failed')

  assert.match(halt!.text, /reports success, but SDDC Manager is not at/)
  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
})

row(57, 'answers that fail before, during and after the outage end the watch neither as success nor as failure', async (t) => {
  const unwell = { code: 'X', message: 'unwell' }
  const r = await started(
    t,
    [],
    [{ on: 'request', request: 'GET /v1/upgrades/{upgradeId}', do: 'refuse', status: 500, error: unwell, times: 9 }],
  )

  await r.until('upgrading_nsx')

  assert.ok(!r.phases().includes('failed'))
  const { steps } = r.view()
  assert.equal(steps[0]?.state, 'done')
})

row(60, 'one request names every host cluster and every edge cluster of the domain', async (t, note) => {
  const r = await started(t, ['SDDC_MANAGER'])
  const bodies: { nsxtUpgradeUserInputSpecs: readonly Record<string, readonly Record<string, string>[]>[] }[] = []
  r.simulator.onExchange(({ method, path, requestBody }) => {
    if (method === 'POST' && path === '/v1/upgrades') bodies.push(requestBody as (typeof bodies)[number])
  })

  const view = await r.until('upgrading_nsx')

  const domain = r.simulator.world.estate.domains.find(({ id }) => id === view.domain.id)!
  const [spec] = bodies[0]!.nsxtUpgradeUserInputSpecs
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort()
  assert.deepEqual(spec!.nsxtHostClusterUpgradeSpecs!.map(({ hostClusterId }) => hostClusterId!).sort(), ids(domain.clusters))
  assert.deepEqual(spec!.nsxtEdgeClusterUpgradeSpecs!.map(({ edgeClusterId }) => edgeClusterId!).sort(), ids(domain.edgeClusters))
  assert.ok(domain.clusters.length > 1 && domain.edgeClusters.length > 0)
  note(`${domain.clusters.length} host clusters and ${domain.edgeClusters.length} edge cluster in one request`)
})

row(60, 'hosts done of all are shown while it runs', async (t) => {
  const r = await started(t, ['SDDC_MANAGER'])
  await r.until('upgrading_vcenter')

  const counts = r.hub
    .views('vcf-m01')
    .flatMap(({ steps }) => steps.filter((step) => step.component === 'NSX_T_MANAGER' && step.done !== undefined))

  assert.ok(new Set(counts.map(({ done }) => done)).size > 3)
  assert.deepEqual([...new Set(counts.map(({ total }) => total))], [7])
})

row(62, 'a failure is told within one poll, not taken for noise of its restart', async (t, note) => {
  const r = await started(
    t,
    ['SDDC_MANAGER', 'NSX_T_MANAGER'],
    [{ on: 'upgrade', component: 'VCENTER', do: 'fail', percent: 50, retryable: false, error }],
  )

  const { halt } = await r.until('failed')
  const asked = () => r.simulator.requests().filter(({ path }) => path.startsWith('/v1/upgrades')).length
  const before = asked()
  await r.advance(3 * hour)

  assert.match(halt!.text, /^vCenter .* failed: It broke\./)
  assert.equal(asked(), before, 'nothing is polled any more')
  note(halt!.text)
})

row(62, 'its noise is bounded in time: a vCenter that never ends fails at the limit, while reading goes on', async (t) => {
  const limits = { stepLimit: hour, pollEvery: 4 * minute }
  const r = await rehearse({ ...(reached('SDDC_MANAGER', 'NSX_T_MANAGER') as object), durations: { vcenter: '9h' } }, { limits })
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt, overdueSince } = await r.until('failed', { within: 3 * hour })

  assert.match(halt!.text, /time limit passed/i)
  assert.ok(overdueSince !== undefined)
  assert.deepEqual(r.posts(), ['VCENTER'])
})

row(62, 'in place for patches: a migration without a network for it is not requested but asked of a person', async (t, note) => {
  const r = await rehearse('vcenter-migration')
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('waiting_for_operator')
  await r.advance(5 * hour)

  assert.match(halt!.text, /migrated to a new appliance, which needs a network/)
  assert.match(halt!.remediation!, /vcenter_network/)
  assert.ok(!r.posts().includes('VCENTER'))
  note(halt!.text)
})

row(68, 'a kind that is not known stops for a person with its name; the run never goes past it by itself', async (t, note) => {
  const r = await started(t, ['SDDC_MANAGER'], [{ on: 'upgrade', component: 'NSX_T_MANAGER', do: 'offer unknown', type: 'QUANTUM_FABRIC' }])

  const { halt } = await r.until('waiting_for_operator')
  const sent = r.posts()
  await r.advance(10 * hour)

  assert.match(halt!.text, /QUANTUM_FABRIC/)
  assert.equal(r.view().phase, 'waiting_for_operator')
  assert.deepEqual(r.posts(), sent)
  note(halt!.text)
})

for (const [component, done] of [
  ['SDDC_MANAGER', []],
  ['NSX_T_MANAGER', ['SDDC_MANAGER']],
  ['VCENTER', ['SDDC_MANAGER', 'NSX_T_MANAGER']],
  ['ESX_HOST', ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER']],
] as const) {
  row(71, `${component} that fails leads to failed, and its request is not sent again in a working day`, async (t) => {
    const r = await started(t, [...done], [{ on: 'upgrade', component, do: 'fail', percent: 30, retryable: false, error, times: 'always' }])

    const { halt } = await r.until('failed')
    await r.advance(8 * hour)

    assert.match(halt!.text, /It broke\./)
    assert.match(halt!.remediation!, /^Mend it\./)
    assert.equal(halt!.reference, 'R3F')
    assert.equal(r.view().phase, 'failed')
    assert.deepEqual(r.posts(), [component])
  })
}

row(74, 'a refused request is sent once, however long nobody comes', async (t) => {
  const refusal = { on: 'request', request: 'POST /v1/upgrades', do: 'refuse', status: 403, error, times: 'always' } as const
  const r = await started(t, ['SDDC_MANAGER'], [refusal])

  await r.until('failed')
  await r.advance(8 * hour)

  assert.deepEqual(r.posts(), ['NSX_T_MANAGER'])
})

row(74, 'a request whose answer was lost is found again and not repeated, also when the server dies in between', async (t) => {
  const r = await started(t, ['SDDC_MANAGER'], [{ on: 'request', request: 'POST /v1/upgrades', do: 'lose answer' }])

  await r.until('upgrading_nsx')
  await r.restart()
  await r.until('upgrading_vcenter')

  assert.deepEqual(r.posts(), ['NSX_T_MANAGER', 'VCENTER'])
})
