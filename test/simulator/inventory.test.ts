import assert from 'node:assert/strict'
import test from 'node:test'
import { rig } from './rig.ts'
import { baselineCluster, imageCluster, management, workload } from './steps.ts'

test('there are a management domain with a baseline and an image cluster, and a workload domain, each with edges', async () => {
  await using r = await rig()

  const domains = (await r.ask('GET', '/v1/domains')).json.elements
  const clusters = (await r.ask('GET', `/v1/clusters?domainId=${management.id}`)).json.elements
  const edges = (await r.ask('GET', '/v1/edge-clusters')).json.elements

  assert.deepEqual(
    domains.map(({ name, type, lifecycleManagementMode }: Record<string, string>) => [name, type, lifecycleManagementMode]),
    [
      ['vcf-m01', 'MANAGEMENT', 'BASELINES_AND_IMAGES'],
      ['vcf-w01', 'VI', 'IMAGES'],
    ],
  )
  assert.deepEqual(
    clusters.map(({ id, isImageBased, hosts }: { id: string; isImageBased: boolean; hosts: unknown[] }) => [
      id,
      isImageBased,
      hosts.length,
    ]),
    [
      [baselineCluster.id, false, 4],
      [imageCluster.id, true, 3],
    ],
  )
  assert.equal(edges.length, 2)
})

test('filters narrow the lists, and an id that nobody has is told', async () => {
  await using r = await rig()
  const count = async (path: string) => (await r.ask('GET', path)).json.elements.length

  assert.equal(await count('/v1/hosts'), 11)
  assert.equal(await count('/v1/hosts?status=UNASSIGNED_USEABLE'), 1)
  assert.equal(await count(`/v1/hosts?domainId=${management.id}`), 7)
  assert.equal(await count(`/v1/hosts?clusterId=${imageCluster.id}`), 3)
  assert.equal(await count('/v1/clusters?isImageBased=true'), 2)
  assert.equal(await count(`/v1/vcenters?domainId=${workload.id}`), 1)
  assert.equal((await r.ask('GET', '/v1/clusters/nobody')).status, 404)
  assert.equal((await r.ask('GET', '/v1/hosts/nobody')).status, 400)
  assert.equal((await r.ask('GET', '/v1/nothing-here')).status, 404)
  assert.equal((await r.ask('DELETE', '/v1/domains')).status, 405)
})

test('ids stay the same from run to run', async () => {
  await using first = await rig()
  await using second = await rig('errors')
  const ids = async (r: typeof first) => (await r.ask('GET', '/v1/hosts')).json.elements.map(({ id }: { id: string }) => id)

  const [one, other] = [await ids(first), await ids(second)]

  assert.deepEqual(one, other)
  assert.equal(new Set(one).size, one.length)
  for (const id of one) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

test('the capacity of a domain is the sum of its hosts, in larger units', async () => {
  await using r = await rig()

  const { capacity } = (await r.ask('GET', `/v1/domains/${management.id}`)).json
  const hosts = (await r.ask('GET', `/v1/hosts?domainId=${management.id}`)).json.elements
  const sum = (figure: (host: { memory: { totalCapacityMB: number }; cpu: { usedFrequencyMHz: number } }) => number) =>
    hosts.map(figure).reduce((a: number, b: number) => a + b, 0)

  assert.equal(capacity.memory.total.unit, 'GB')
  assert.equal(capacity.memory.total.value, Math.round((sum((host) => host.memory.totalCapacityMB) / 1024) * 100) / 100)
  assert.equal(capacity.cpu.used.value, Math.round(sum((host) => host.cpu.usedFrequencyMHz) / 10) / 100)
})

test('use wanders with time, never far; capacity does not, and what a scenario says of it stays', async () => {
  const steady = { cluster: imageCluster.name, cpu: 0.5, memory: 0.5 }
  await using r = await rig({ health: { loads: [steady] }, durations: { accessToken: '48h' } })
  const hosts = async () => (await r.ask('GET', '/v1/hosts')).json.elements as { cpu: Record<string, number>; cluster?: { id: string } }[]
  const first = await hosts()
  const shares: number[] = []

  for (let quarter = 0; quarter < 96; quarter++) {
    await r.pass('15m')
    const [{ cpu }] = (await hosts()) as [{ cpu: Record<string, number> }]
    shares.push(cpu.usedFrequencyMHz! / cpu.frequencyMHz!)
  }

  const last = await hosts()
  const swing = Math.max(...shares) - Math.min(...shares)
  assert.ok(swing > 0.05 && swing <= 0.1, `${swing}`)
  assert.ok(Math.max(...shares) < 0.5)
  for (const [i, { cpu, cluster }] of last.entries()) {
    assert.equal(cpu.frequencyMHz, first[i]!.cpu.frequencyMHz)
    if (cluster?.id === imageCluster.id) assert.equal(cpu.usedFrequencyMHz, cpu.frequencyMHz! / 2)
  }
})

test('hosts and clusters join and leave when the scenario says so; who left waits in the pool', async () => {
  await using r = await rig({
    moves: [
      { join: { domain: workload.name, cluster: 'vcf-w01-cl01' } },
      { after: '10m', leave: 'esx-m01-14' },
      { after: '20m', join: { domain: workload.name, cluster: 'vcf-w01-cl09', hosts: 3 } },
      { after: '30m', leave: 'vcf-w01-cl09' },
    ],
  })
  const counts = async () => {
    const clusters = (await r.ask('GET', '/v1/clusters')).json.elements as { hosts: unknown[] }[]
    const pool = (await r.ask('GET', '/v1/hosts?status=UNASSIGNED_USEABLE')).json.elements as unknown[]
    return [...clusters.map(({ hosts }) => hosts.length), pool.length]
  }
  const seen = [await counts()]

  for (let turn = 0; turn < 3; turn++) {
    await r.pass('10m')
    seen.push(await counts())
  }

  assert.deepEqual(seen, [
    [4, 3, 4, 1],
    [3, 3, 4, 2],
    [3, 3, 4, 3, 2],
    [3, 3, 4, 5],
  ])
  const { elements } = (await r.ask('GET', '/v1/hosts')).json
  assert.equal(new Set(elements.map(({ id }: { id: string }) => id)).size, elements.length)
})
