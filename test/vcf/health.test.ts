import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { inspect } from 'node:util'
import { wireBackup, wireCredential, wireWorkflow } from '../../server/vcf/wire-health.ts'
import { wireDepot } from '../../server/vcf/wire-releases.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'

/** A client beside a server that knows these paths (with their query) and no others. */
async function beside(context: TestContext, replies: Readonly<Record<string, Reply>>) {
  const server = await startFixture(context, ({ path }) => replies[path])
  return { server, vcf: await clientOf(context, server) }
}

const list = (...elements: unknown[]): Reply => ({ json: { elements } })

for (const [what, reply, configured, scheduled] of [
  [
    'configured and scheduled',
    { isConfigured: true, backupSchedules: [{ resourceType: 'SDDC_MANAGER', takeScheduledBackups: true }] },
    true,
    true,
  ],
  [
    'configured, its schedule off',
    { isConfigured: true, backupSchedules: [{ resourceType: 'SDDC_MANAGER', takeScheduledBackups: false }] },
    true,
    false,
  ],
  ['scheduled for NSX alone', { isConfigured: true, backupSchedules: [{ resourceType: 'NSX', takeScheduledBackups: true }] }, true, false],
  ['configured without a schedule', { isConfigured: true, backupSchedules: null }, true, false],
  ['not configured', { isConfigured: false }, false, false],
  ['silent about it', {}, false, false],
] as const) {
  test(`a backup that is ${what} is told so`, async (context) => {
    const { vcf } = await beside(context, { '/v1/system/backup-configuration': { json: reply } })

    assert.deepEqual(await vcf.backupConfiguration(), { configured, scheduled })
  })
}

const secret = 'Hunter2-Hunter2!'
const credential = {
  ...{ id: 'c', credentialType: 'SSH', accountType: 'USER', username: 'root', password: secret, creationTimestamp: 't' },
  resource: { resourceId: 'h', resourceName: 'esx01.example', resourceType: 'ESXI', domainNames: ['m01'] },
  expiry: { expiryDate: '2026-02-01T00:00:00.000Z', connectivityStatus: 'ERROR', status: 'EXPIRING' },
}

test('a credential tells whose it is, when it ends and whether it works', async (context) => {
  const bare = { ...credential, username: null, resource: { resourceName: 'nsx', resourceType: 'NSXT_MANAGER' }, expiry: null }
  const { vcf } = await beside(context, { '/v1/credentials': list(credential, bare) })

  assert.deepEqual(await vcf.credentials(), [
    {
      ...{ userName: 'root', resource: 'esx01.example', resourceType: 'ESXI', domainNames: ['m01'] },
      ...{ expiry: 'expiring', expiresAt: Date.UTC(2026, 1, 1), connected: 'no' },
    },
    {
      ...{ userName: '', resource: 'nsx', resourceType: 'NSXT_MANAGER', domainNames: [] },
      ...{ expiry: 'unknown', expiresAt: undefined, connected: 'unknown' },
    },
  ])
})

for (const [what, path, reply] of [
  ['credentials', '/v1/credentials', list(credential)],
  ['credentials of a wrong shape', '/v1/credentials', list({ ...credential, resource: secret })],
  ['credentials that are no JSON', '/v1/credentials', { text: `{"password":"${secret}"`, headers: { 'content-type': 'application/json' } }],
  [
    'changes of passwords',
    '/v1/credentials/tasks',
    list({ id: 't', name: 'ROTATE', status: 'FAILED', subTasks: [{ oldPassword: secret, newPassword: secret }] }),
  ],
  ['changes of passwords of a wrong shape', '/v1/credentials/tasks', list({ id: 7, name: 'ROTATE', subTasks: [{ oldPassword: secret }] })],
  [
    'the depot',
    '/v1/system/settings/depot',
    { json: { vmwareAccount: { username: 'u', password: secret, downloadToken: secret, status: 7 } } },
  ],
  [
    'the backup',
    '/v1/system/backup-configuration',
    { json: { encryption: { passphrase: secret }, backupLocations: [{ password: secret }], isConfigured: 'x' } },
  ],
] as const) {
  test(`no password of ${what} reaches an answer, an error or the log`, async (context) => {
    const server = await startFixture(context, (request) => {
      if (request.path === path) return reply
      return request.path.startsWith('/v1/tasks') ? list() : undefined
    })
    const logged: unknown[] = []
    const vcf = await clientOf(context, server, { log: (...line) => logged.push(line) })

    const outcomes = await Promise.allSettled([vcf.credentials(), vcf.workflows(), vcf.depot(), vcf.backupConfiguration()])

    assert.equal(server.count(`GET ${path}`), 1)
    const everything = inspect([outcomes, logged], { depth: Infinity, showHidden: true })
    assert(!everything.includes(secret), everything)
  })
}

test('passwords end in the parsers', () => {
  const account = { username: 'u', password: secret, downloadToken: secret }
  const change = { id: 't', subTasks: [{ oldPassword: secret, newPassword: secret, dependentSubTasks: [{ newPassword: secret }] }] }
  const parsed = [
    wireCredential.parse(credential),
    wireWorkflow.parse(change),
    wireDepot.parse({ vmwareAccount: account, offlineAccount: account, dellEmcSupportAccount: account }),
    wireBackup.parse({ encryption: { passphrase: secret }, backupLocations: [{ password: secret }] }),
  ]

  assert(!JSON.stringify(parsed).includes(secret), JSON.stringify(parsed))
})

const task = (id: string, status: string, members: object = {}) => ({
  ...{ id, name: `Task ${id}`, status, creationTimestamp: '2026-01-01T00:00:00.000Z', resources: [{ resourceId: 'd', type: 'DOMAIN' }] },
  ...members,
})

test('workflows are those that run and those that failed and nobody resolved, whatever spelling SDDC Manager filters by', async (context) => {
  const tasks = [
    task('1', 'In Progress'),
    task('2', 'PENDING'),
    task('3', 'Failed', { resolutionStatus: 'UNRESOLVED' }),
    task('4', 'FAILED', { resolutionStatus: 'RESOLVED' }),
    task('5', 'Successful'),
    task('6', 'FAILED', { resolutionStatus: null, name: null }),
  ]
  const server = await startFixture(context, ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'https://sddc.example')
    if (pathname === '/v1/tasks') return list(...tasks.filter(({ status }) => status === searchParams.get('taskStatus')))
    if (pathname !== '/v1/credentials/tasks') return undefined
    return list(
      task('7', 'IN_PROGRESS'),
      task('8', 'INCONSISTENT'),
      task('9', 'USER_CANCELLED'),
      task('10', 'SUCCESSFUL'),
      task('11', 'FAILED'),
    )
  })
  const vcf = await clientOf(context, server)

  const workflows = await vcf.workflows()

  assert.deepEqual(Object.fromEntries(workflows.map(({ id, state }) => [id, state])), {
    1: 'running',
    2: 'running',
    3: 'failed',
    6: 'failed',
    7: 'running',
    8: 'failed',
    11: 'failed',
  })
  assert.deepEqual(
    workflows.find(({ id }) => id === '1'),
    { id: '1', name: 'Task 1', state: 'running', startedAt: Date.UTC(2026, 0, 1), resourceIds: ['d'] },
  )
})

test('a workflow on a later page is found, whether pages count from zero or from one', async (context) => {
  for (const base of [0, 1]) {
    const tasks = Array.from({ length: 250 }, (_, at) => task(String(at), 'FAILED'))
    const server = await startFixture(context, ({ path }) => {
      const { pathname, searchParams } = new URL(path, 'https://sddc.example')
      if (pathname === '/v1/credentials/tasks') return list()
      if (pathname !== '/v1/tasks') return undefined
      if (searchParams.get('taskStatus') !== 'FAILED') return list()
      const number = Number(searchParams.get('pageNumber') ?? base)
      const elements = tasks.slice((number - base) * 100, (number - base + 1) * 100)
      return { json: { elements, pageMetadata: { pageNumber: number, pageSize: elements.length, totalElements: 250, totalPages: 3 } } }
    })
    const vcf = await clientOf(context, server)

    assert.equal((await vcf.workflows()).length, 250)
  }
})

test('what may not be read is refused, not taken for nothing', async (context) => {
  const { vcf } = await beside(context, { '/v1/credentials': { status: 403, json: { errorCode: 'FORBIDDEN', message: 'No' } } })

  await assert.rejects(vcf.credentials(), { kind: 'refused', status: 403 })
})

test('troubles are statuses and warnings of the domain and of what is in it, and of nothing else', async (context) => {
  const here = { domain: { id: 'd' } }
  const warning = (resourceId: string, message: string) => ({
    resourceId,
    message,
    remediationMessage: 'Do',
    severity: 'MAJOR',
    occurredAtTimestamp: 't',
  })
  const { vcf } = await beside(context, {
    '/v1/domains': list({ id: 'd', name: 'm01', status: 'ACTIVE' }, { id: 'x', name: 'w01', status: 'ERROR' }),
    '/v1/clusters?domainId=d': list(
      { id: 'c', name: 'cl01', status: 'ERROR', ...here },
      { id: 'c2', name: 'cl02', status: 'EXPANDING', ...here },
    ),
    '/v1/hosts?domainId=d': list(
      { id: 'h1', fqdn: 'esx01', status: 'ASSIGNED', configurationStatus: 'ACTIVATING', ...here },
      { id: 'h2', fqdn: 'esx02', status: 'ASSIGNED', configurationStatus: 'ACTIVE', ...here },
      { id: 'h3', fqdn: 'esx03', status: 'ASSIGNED', ...here },
    ),
    '/v1/resource-warnings': list(warning('h2', 'Skipped'), warning('elsewhere', 'Not ours')),
  })

  assert.deepEqual(await vcf.troubles('d'), [
    { resource: 'cl01', type: 'CLUSTER', severity: 'error', text: 'ERROR' },
    { resource: 'cl02', type: 'CLUSTER', severity: 'warning', text: 'EXPANDING' },
    { resource: 'esx01', type: 'HOST', severity: 'error', text: 'ACTIVATING' },
    { resource: 'esx02', type: 'HOST', severity: 'warning', text: 'Skipped', remediation: 'Do' },
  ])
})

const nsx = [
  { id: 'n1', vipFqdn: 'nsx01', status: 'STABLE', domains: [{ id: 'd' }] },
  { id: 'n2', vip: '10.0.0.2', status: null, domains: [{ id: 'd' }, { id: 'x' }] },
  { id: 'n3', vipFqdn: 'nsx03', status: 'DEGRADED', domains: [{ id: 'x' }] },
]
const healthy = [
  { name: 'nsx01', word: 'STABLE' },
  { name: '10.0.0.2', word: 'UNDEFINED' },
]
const queries = '/v1/nsxt-clusters/queries'

test('the status of NSX is asked for by a query and waited for', async (context) => {
  const server = await startFixture(context, ({ method, path }, nth) => {
    if (method === 'POST' && path === queries)
      return { status: 202, json: { queryInfo: { queryId: 'q', completed: false, processing: true } } }
    if (path !== `${queries}/q`) return undefined
    if (nth < 3) return { status: 202, json: { queryInfo: { queryId: 'q', completed: false, processing: true }, result: null } }
    return { json: { queryInfo: { queryId: 'q', completed: true, processing: false }, result: { elements: nsx } } }
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.nsxHealth('d'), healthy)
  assert.equal(server.count(`POST ${queries}`), 1)
  assert.deepEqual(JSON.parse(server.seen.find(({ path }) => path === queries)!.body), { name: 'NSXT_CLUSTERS_WITH_STATUS' })
})

test('a status of NSX that comes at once is not asked for again', async (context) => {
  const { vcf, server } = await beside(context, {
    [queries]: { status: 202, json: { queryInfo: { queryId: 'q', completed: true }, result: { elements: nsx } } },
  })

  assert.deepEqual(await vcf.nsxHealth('d'), healthy)
  assert.deepEqual(server.asked(), [`POST ${queries}`])
})

test('a status of NSX that takes longer than a call is asked on by the next', async (context) => {
  const server = await startFixture(context, ({ method, path }, nth) => {
    if (method === 'POST' && path === queries) return { status: 202, json: { queryInfo: { queryId: `q${nth}`, processing: true } } }
    if (path !== `${queries}/q1`) return undefined
    return nth <= 3
      ? { status: 202, json: { queryInfo: { processing: true } } }
      : { json: { queryInfo: { completed: true }, result: { elements: nsx } } }
  })
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.nsxHealth('d'), { kind: 'unreachable' })
  assert.deepEqual(await vcf.nsxHealth('d'), healthy)
  assert.equal(server.count(`POST ${queries}`), 1)
})

test('a query for NSX that failed says why', async (context) => {
  const errorResponse = { errorCode: 'NSX_AWAY', message: 'NSX cannot be reached', remediationMessage: 'Check NSX', referenceToken: 'R1' }
  const { vcf } = await beside(context, { [queries]: { status: 202, json: { queryInfo: { queryId: 'q', failure: true, errorResponse } } } })

  await assert.rejects(vcf.nsxHealth('d'), {
    ...{ kind: 'refused', message: 'NSX cannot be reached', remediation: 'Check NSX', code: 'NSX_AWAY', reference: 'R1' },
  })
})

const host = (id: string, frequencyMHz: number | null = 50_000) => ({
  ...{ id, fqdn: `${id}.example`, cluster: { id: 'c' }, cpu: { frequencyMHz }, memory: { totalCapacityMB: 262_144 } },
})
const cluster = (cpu: object, memory: object) => ({
  ...{ id: 'c', name: 'cl01', domain: { id: 'd' }, hosts: [{ id: 'h1' }, { id: 'h2' }] },
  capacity: { cpu: { used: cpu }, memory: { used: memory } },
})

for (const [cpu, memory, usedCpuMhz, usedMemoryMB] of [
  [{ value: 2e9, unit: 'Hz' }, { value: 3 * 1024 ** 2, unit: 'B' }, 2_000, 3],
  [{ value: 2e6, unit: 'KHz' }, { value: 3072, unit: 'KB' }, 2_000, 3],
  [{ value: 40.5, unit: 'MHz' }, { value: 300.5, unit: 'MB' }, 40.5, 300.5],
  [{ value: 40.1, unit: 'GHz' }, { value: 300, unit: 'GB' }, 40_100, 307_200],
  [{ value: 0.5, unit: 'THz' }, { value: 2, unit: 'TB' }, 500_000, 2_097_152],
  [{ value: 1, unit: 'GHz' }, { value: 1, unit: 'PB' }, 1_000, 1_073_741_824],
] as const) {
  test(`room used is told in MHz and MB where VCF counts in ${cpu.unit} and ${memory.unit}`, async (context) => {
    const { vcf } = await beside(context, {
      '/v1/clusters?domainId=d': list(cluster(cpu, memory)),
      '/v1/hosts?domainId=d': list(host('h1'), host('h2')),
    })

    const [room] = await vcf.rooms('d')

    assert(Math.abs(room!.usedCpuMhz - usedCpuMhz) < 0.01 && Math.abs(room!.usedMemoryMB - usedMemoryMB) < 0.01, JSON.stringify(room))
    assert.equal(room!.cluster, 'cl01')
    assert.deepEqual(room!.hosts[1], { name: 'h2.example', cpuMhz: 50_000, memoryMB: 262_144 })
  })
}

for (const [what, one, hosts] of [
  ['an unknown unit', cluster({ value: 1, unit: 'horses' }, { value: 1, unit: 'GB' }), [host('h1')]],
  ['no capacity', { ...cluster({}, {}), capacity: null }, [host('h1')]],
  ['no hosts', cluster({ value: 1, unit: 'GHz' }, { value: 1, unit: 'GB' }), []],
  ['one host without numbers', cluster({ value: 1, unit: 'GHz' }, { value: 1, unit: 'GB' }), [host('h1'), host('h2', null)]],
] as const) {
  test(`the room of a cluster with ${what} is not known, and said so`, async (context) => {
    const { vcf } = await beside(context, { '/v1/clusters?domainId=d': list(one), '/v1/hosts?domainId=d': list(...hosts) })

    assert.deepEqual(await vcf.rooms('d'), [{ cluster: 'cl01', unknown: true, hosts: [], usedCpuMhz: 0, usedMemoryMB: 0 }])
  })
}
