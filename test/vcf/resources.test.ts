import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { clientOf, type Reply, startFixture } from './fixture.ts'

const domain = { id: 'd', name: 'm01' }
const cluster = { id: 'c', name: 'cl01', domain, hosts: [{ id: 'h' }] }
const figures = (used: unknown, total: unknown, unit: unknown) => ({ used: { value: used, unit }, total: { value: total, unit } })
const host = {
  ...{ id: 'h', fqdn: 'esx01.example', configurationStatus: 'ACTIVE', domain, cluster: { id: 'c' } },
  cpu: { frequencyMHz: 80_000, usedFrequencyMHz: 20_000 },
  memory: { totalCapacityMB: 524_288, usedCapacityMB: 131_072 },
  storage: { totalCapacityMB: 2_097_152, usedCapacityMB: 1_048_576 },
}

/** What is read where the lists are these; by default one of each. A reply stands for itself. */
async function readFrom(context: TestContext, lists: Readonly<Record<string, readonly object[] | Reply>>, version = '5.2.1.0') {
  const all: typeof lists = { '/v1/domains': [domain], '/v1/clusters': [cluster], '/v1/hosts': [host], ...lists }
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/sddc-managers') return { json: { elements: [{ id: 's', version }] } }
    const answer = all[path]
    return Array.isArray(answer) ? { json: { elements: answer } } : (answer as Reply | undefined)
  })
  const vcf = await clientOf(context, server)
  return { server, read: () => vcf.resources() }
}

test('capacity is told in GHz, GB and TB, whatever units VCF chose', async (context) => {
  const units = [
    ['Hz', 40e9, 200e9, 'B', 300 * 1024 ** 3, 768 * 1024 ** 3],
    ['KHz', 40e6, 200e6, 'KB', 300 * 1024 ** 2, 768 * 1024 ** 2],
    ['MHz', 40e3, 200e3, 'MB', 300 * 1024, 768 * 1024],
    ['GHz', 40, 200, 'GB', 300, 768],
    ['THz', 0.04, 0.2, 'TB', 300 / 1024, 768 / 1024],
    ['GHz', 40, 200, 'PB', 300 / 1024 ** 2, 768 / 1024 ** 2],
  ] as const
  const domains = units.map(([cycles, cpuUsed, cpuTotal, bytes, used, total], i) => ({
    ...{ id: `d${i}`, name: `m0${i}`, status: 'ACTIVE' },
    capacity: { cpu: figures(cpuUsed, cpuTotal, cycles), memory: figures(used, total, bytes), storage: figures(used, total, bytes) },
  }))
  const { read } = await readFrom(context, { '/v1/domains': domains })

  const known = await read()

  for (const { capacity } of known.domains ?? []) {
    const rounded = Object.values(capacity).map(({ used, total }) => [used, total].map((value) => Math.round(value * 1000) / 1000))
    assert.deepEqual(rounded, [
      [40, 200],
      [300, 768],
      [0.293, 0.75],
    ])
  }
  assert.equal(known.domains?.length, units.length)
  assert.deepEqual(known.hosts?.[0]?.capacity, {
    cpu: { used: 20, total: 80 },
    memory: { used: 128, total: 512 },
    storage: { used: 1, total: 2 },
  })
})

test('a figure that is missing or makes no sense is unknown, never 0, and hides nothing else', async (context) => {
  const odd = [
    undefined,
    null,
    figures(null, 200, 'GHz'),
    figures(40, null, 'GHz'),
    figures('40', 200, 'GHz'),
    figures(40, 200, 'furlongs'),
    figures(40, 200, null),
    figures(0, 0, 'GHz'),
    figures(-1, 200, 'GHz'),
    { used: 40, total: 200 },
  ]
  const domains = odd.map((cpu, i) => ({ id: `d${i}`, name: `m0${i}`, capacity: { cpu, memory: figures(1, 2, 'GB') } }))
  const hosts = [host, { ...host, id: 'h2', cpu: { frequencyMHz: 80_000 }, memory: null, storage: { totalCapacityMB: 'much' } }]
  const { read } = await readFrom(context, { '/v1/domains': domains, '/v1/hosts': hosts })

  const known = await read()

  assert.deepEqual(
    known.domains?.map(({ capacity }) => capacity),
    odd.map(() => ({ memory: { used: 1, total: 2 } })),
  )
  assert.deepEqual(
    known.hosts?.map(({ capacity }) => Object.keys(capacity)),
    [['cpu', 'memory', 'storage'], []],
  )
  assert.deepEqual(known.troubles, [])
})

test('a host belongs where either side says so; one that waits in the pool belongs nowhere', async (context) => {
  const hosts = [
    { id: 'h', fqdn: 'esx01.example' },
    { id: 'h2', domain: { id: 'd' }, cluster: { id: 'gone', name: 'cl09' } },
    { id: 'h3', fqdn: 'esx03.example', status: 'UNASSIGNED_USEABLE' },
  ]
  const { read } = await readFrom(context, { '/v1/hosts': hosts })

  const { hosts: known } = await read()

  assert.deepEqual(
    known?.map(({ id, fqdn, word, ...place }) => [id, fqdn, word, place.domain.name, place.cluster?.name]),
    [
      ['h', 'esx01.example', 'UNKNOWN', 'm01', 'cl01'],
      ['h2', 'h2', 'UNKNOWN', 'm01', 'cl09'],
    ],
  )
})

test('a list that cannot be read, or that is empty, is named and hides nothing of the others', async (context) => {
  const broken = { status: 500, json: { message: 'Out of order' } }
  const { read } = await readFrom(context, { '/v1/clusters': [], '/v1/hosts': broken })

  const known = await read()

  assert.deepEqual(Object.keys(known), ['domains', 'troubles'])
  assert.deepEqual(known.troubles, ['GET /v1/clusters: SDDC Manager lists nothing at /v1/clusters.', 'GET /v1/hosts: Out of order'])
})

test('when nothing can be read it throws, as every call does', async (context) => {
  const broken = { status: 503, text: '<html>Service unavailable</html>' }
  const { read } = await readFrom(context, { '/v1/domains': broken, '/v1/clusters': broken, '/v1/hosts': broken })

  await assert.rejects(read, { name: 'VcfFailure', kind: 'unreachable' })
})

test('three requests read everything, and one more for each further page of hosts where there are pages', async (context) => {
  const page = (number: number, id: string): Reply => ({
    json: { elements: [{ ...host, id }], pageMetadata: { pageNumber: number, pageSize: 1, totalElements: 2, totalPages: 2 } },
  })
  const { server, read } = await readFrom(context, { '/v1/hosts': page(0, 'h'), '/v1/hosts?page=1': page(1, 'h2') }, '9.0.2.0')

  const known = await read()

  assert.deepEqual(server.asked().toSorted(), [
    'GET /v1/clusters',
    'GET /v1/domains',
    'GET /v1/hosts',
    'GET /v1/hosts?page=1',
    'GET /v1/sddc-managers',
  ])
  assert.deepEqual(
    known.hosts?.map(({ id }) => id),
    ['h', 'h2'],
  )
})
