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
