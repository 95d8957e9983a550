/** Capacity, clusters and hosts over real HTTPS, in virtual time: what is there, what comes and goes, and what is told while nobody knows. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createMonitoring } from '../../server/monitoring/monitoring.ts'
import type { ResourceKind } from '../../shared/resources-view.ts'
import type { Phase } from '../../shared/upgrade.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { hour, minute, type Rehearsal, type RehearsalOptions, rehearse } from '../support/rehearsal.ts'
import { StepClock } from '../support/step-clock.ts'
import { toldVcf } from '../support/told-vcf.ts'
import { idleBudget } from './budget.ts'

const reading = { resourcesEvery: minute, detectEvery: 15 * minute }
const newest = ({ hub }: Rehearsal) => hub.resources.at(-1)!.resources
const named = (r: Rehearsal, kind: ResourceKind) => newest(r).flatMap((one) => (one.kind === kind ? [one.name.split('.')[0]!] : []))

async function begin(scenario: Parameters<typeof rehearse>[0], options: RehearsalOptions = {}) {
  const r = await rehearse(scenario, { ...reading, ...options })
  await r.advance(1)
  return Object.assign(r, { [Symbol.asyncDispose]: r.close })
}

for (const vcf of ['5.2.1', '9.0.2'] as const) {
  test(`VCF ${vcf}: every domain, cluster and host has its figures, and they move a little`, async () => {
    await using r = await begin('happy', { vcf })
    const before = newest(r)
    await r.advance(10 * minute)
    const after = newest(r)

    assert.deepEqual(
      (['domain', 'cluster', 'host'] as const).map((kind) => named(r, kind).length),
      [2, 3, 10],
    )
    for (const [i, one] of after.entries()) {
      const earlier = before[i]!
      if (one.kind === 'cluster' || earlier.kind === 'cluster') continue
      const { cpu, memory, storage } = one.capacity
      for (const use of [cpu!, memory!, storage!]) assert.ok(use.used > 0 && use.used < use.total, JSON.stringify(use))
      assert.notEqual(cpu!.used, earlier.capacity.cpu!.used)
      assert.equal(cpu!.total, earlier.capacity.cpu!.total)
    }
    const [domain] = after
    assert.deepEqual(domain?.kind === 'domain' && Object.values(domain.capacity).map(({ total }) => Math.round(total)), [582, 3584, 51])
  })

  test(`VCF ${vcf}: hosts and clusters come and go without a restart`, async () => {
    await using r = await begin('hosts-come-and-go', { vcf })
    const hosts = () => ['esx-vcf-m01-cl02-4', 'esx-m01-14'].filter((name) => named(r, 'host').includes(name))
    const seen = [hosts()]

    await r.advance(11 * minute)
    seen.push(hosts())
    await r.advance(10 * minute)
    seen.push(hosts())
    const clusters = named(r, 'cluster')
    await r.advance(10 * minute)

    assert.deepEqual(seen, [['esx-m01-14'], ['esx-vcf-m01-cl02-4', 'esx-m01-14'], ['esx-vcf-m01-cl02-4']])
    assert.deepEqual([clusters.length, named(r, 'cluster').length], [3, 4])
    assert.ok(named(r, 'cluster').includes('vcf-w01-cl02'))
    assert.equal(named(r, 'host').length, 13)
  })
}

test('while SDDC Manager is away values age, then they are lost, and they are back when it is', async () => {
  await using r = await begin('happy')
  const ages = () => [...new Set(newest(r).map(({ age }) => age))]
  const connected = () => r.hub.fleet.at(-1)!.connected
  const known = newest(r).length

  r.simulator.world.sky.change('refused')
  await r.advance(90_000)
  const soon = [ages(), connected()]
  await r.advance(5 * minute)
  const later = [ages(), connected(), newest(r).length]
  r.simulator.world.sky.change('clear')
  await r.advance(6 * minute)

  assert.deepEqual(soon, [['aged'], false])
  assert.deepEqual(later, [['lost'], false, known])
  assert.deepEqual([ages(), connected()], [['current'], true])
})

test('SDDC Manager that is away from the start: nothing is told and nothing is gone', async () => {
  await using r = await begin('happy', { password: 'wrong' })

  assert.deepEqual(newest(r), [])
  assert.deepEqual(r.hub.resources.at(-1)?.known, [])
  assert.equal(r.hub.fleet.at(-1)?.activeDomains, undefined)
})

test('while VCF upgrades it is asked a fifth as often, whoever began that', async () => {
  const readingsInAnHour = async (phase: Phase, status: string) => {
    const clock = new StepClock()
    let readings = 0
    const vcf = toldVcf({
      async resources() {
        readings++
        return { domains: [{ id: 'd', name: 'm01', status, capacity: {} }], troubles: [] }
      },
    })
    const log = { debug() {}, warn() {} }
    const monitoring = createMonitoring({ vcf, hub: createRecordingHub(), clock, log, every: minute, phases: () => [phase] })
    monitoring.start()
    await clock.advance(hour - 1)
    monitoring.stop()
    await clock.advance(hour)
    assert.equal(clock.pending, 0)
    return readings
  }

  assert.equal(await readingsInAnHour('waiting_for_initiation', 'ACTIVE'), 60)
  assert.equal(await readingsInAnHour('waiting_for_alert_acknowledgement', 'ACTIVE'), 60)
  assert.equal(await readingsInAnHour('upgrading_nsx', 'ACTIVE'), 12)
  assert.equal(await readingsInAnHour('waiting_for_initiation', 'UPGRADING'), 12)
})

test('a list that SDDC Manager refuses is one line in the log, and hides nothing of the others', async () => {
  const lines: string[] = []
  const say = (message: string) => void lines.push(message)
  const refusal = { on: 'request', request: 'GET /v1/clusters', do: 'refuse', status: 403, times: 'always' } as const
  const error = { code: 'FORBIDDEN', message: 'Clusters are not for you.' }
  await using r = await begin({ faults: [{ ...refusal, error }] }, { log: { debug() {}, info() {}, warn: say, error: say } })

  await r.advance(10 * minute)

  assert.deepEqual(
    lines.filter((line) => line.includes('capacity')),
    ['Not all of capacity, clusters and hosts could be read. GET /v1/clusters: Clusters are not for you.'],
  )
  assert.deepEqual(
    (['domain', 'cluster', 'host'] as const).map((kind) => named(r, kind).length),
    [2, 0, 10],
  )
})

test('an hour of rest costs at most ten requests a minute for two domains, three clusters and twelve hosts, none per host', async () => {
  const { domains, clusters, hosts, perMinute, paths } = await idleBudget('5.2.1', 1)

  assert.deepEqual([domains, clusters, hosts], [2, 3, 12])
  assert.ok(perMinute <= 10, `${perMinute} a minute`)
  assert.deepEqual(
    Object.keys(paths).filter((path) => /\/v1\/(hosts|clusters|domains)\/./.test(path)),
    [],
  )
})
