import assert from 'node:assert/strict'
import test from 'node:test'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { after } from './midway.ts'
import { type Rig, rig } from './rig.ts'
import { baselineCluster, chooseTarget, imageCluster, management, nsxUpgrade, sddcUpgrade, workload } from './steps.ts'

test('by default all is well: backups are scheduled, nothing is warned of, nothing runs, everything is active and NSX is stable', async () => {
  await using r = await rig()

  const backup = (await r.ask('GET', '/v1/system/backup-configuration')).json
  const warnings = (await r.ask('GET', '/v1/resource-warnings')).json.elements
  const tasks = (await r.ask('GET', '/v1/tasks')).json.elements
  const words = await statusWords(r)
  const nsx = await nsxStatuses(r)

  assert.deepEqual([backup.isConfigured, backup.backupSchedules[0].takeScheduledBackups], [true, true])
  assert.deepEqual([warnings, tasks], [[], []])
  assert.deepEqual(new Set(words.values()), new Set(['ACTIVE']))
  assert.deepEqual(nsx, ['STABLE', 'STABLE'])
})

test('by default every cluster has room to lose its largest host', async () => {
  await using r = await rig()

  for (const { name, left } of await roomAfterLoss(r)) assert.ok(left.cpu > 0.1 && left.memory > 0.1, `${name}: ${JSON.stringify(left)}`)
})

test('a cluster that is too full has no room to lose a host, and its capacity says the same as its hosts', async () => {
  await using r = await rig('cluster-full')

  const rooms = await roomAfterLoss(r)
  const { capacity } = (await r.ask('GET', `/v1/clusters/${imageCluster.id}`)).json

  assert.deepEqual(
    rooms.filter(({ left }) => left.memory < 0).map(({ name }) => name),
    [imageCluster.name],
  )
  assert.ok(Math.abs(capacity.memory.used.value / capacity.memory.total.value - 0.81) < 0.01)
})

test('a backup that nobody configured or scheduled is told, until it is', async () => {
  await using none = await rig('backup-missing')
  await using unscheduled = await rig({ health: { backup: 'not scheduled' } })
  const backupOf = async (r: Rig) => (await r.ask('GET', '/v1/system/backup-configuration')).json

  const before = await backupOf(none)
  await none.pass('8h')
  await none.signIn()

  assert.deepEqual([before.isConfigured, before.backupLocations], [false, []])
  assert.equal((await backupOf(none)).isConfigured, true)
  const { isConfigured, backupSchedules } = await backupOf(unscheduled)
  assert.deepEqual([isConfigured, backupSchedules[0].takeScheduledBackups], [true, false])
})

test('a domain, a cluster and a host say in their own words that they are not well', async () => {
  await using r = await rig('resource-in-error')
  await using domain = await rig({ health: { statuses: [{ of: 'vcf-w01', is: 'ERROR' }] } })

  const words = await statusWords(r)
  const warnings = (await r.ask('GET', '/v1/resource-warnings?resourceType=HOST')).json.elements
  const others = (await r.ask('GET', '/v1/resource-warnings?resourceType=CLUSTER')).json.elements
  const one = (await r.ask('GET', `/v1/resource-warnings/${warnings[0].id}`)).json
  await r.pass('8h')
  await r.signIn()

  const ill = [...words].filter(([, word]) => word !== 'ACTIVE')
  assert.deepEqual(ill, [
    ['vcf-m01-cl02', 'ERROR'],
    ['esx-m01-14.rehearsal.example', 'ACTIVATING'],
  ])
  assert.deepEqual([warnings.length, warnings[0].severity, warnings[0].resourceName], [1, 'MAJOR', 'esx-m01-11.rehearsal.example'])
  assert.deepEqual([others, one], [[], warnings[0]])
  assert.deepEqual(new Set((await statusWords(r)).values()), new Set(['ACTIVE']))
  assert.deepEqual((await r.ask('GET', '/v1/resource-warnings')).json.elements, [])
  assert.equal((await statusWords(domain)).get('vcf-w01'), 'ERROR')
})

test('the status of NSX is asked with one request and answered under its id, after a while', async () => {
  await using r = await rig({ durations: { nsxQuery: '20s' }, health: { nsx: [{ domain: 'vcf-w01', status: 'DEGRADED' }] } })

  const asked = await r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'NSXT_CLUSTERS_WITH_STATUS' })
  const at = `/v1/nsxt-clusters/queries/${asked.json.queryInfo.queryId}`
  const early = await r.ask('GET', at)
  await r.pass('20s')
  const late = await r.ask('GET', at)

  assert.deepEqual([asked.status, early.status, late.status], [202, 202, 200])
  assert.deepEqual([early.json.queryInfo.processing, early.json.result], [true, undefined])
  assert.equal(late.json.queryInfo.completed, true)
  assert.deepEqual(
    late.json.result.elements.map(({ domains, status }: NsxCluster) => [domains[0]!.id, status]),
    [
      [management.id, 'STABLE'],
      [workload.id, 'DEGRADED'],
    ],
  )
})

test('another criterion and another id are refused, and the list of NSX clusters itself has no status', async () => {
  await using r = await rig()

  const other = await r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'ALL' })
  const nobody = await r.ask('GET', '/v1/nsxt-clusters/queries/nobody')
  const listed = (await r.ask('GET', '/v1/nsxt-clusters')).json.elements

  assert.deepEqual([other.status, nobody.status], [400, 404])
  assert.ok(listed.every((cluster: object) => !('status' in cluster)))
})

test('NSX that recovers slowly is stable again after 40 minutes', async () => {
  await using r = await rig('nsx-slow-recovery')

  const before = await nsxStatuses(r)
  await r.pass('40m')

  assert.deepEqual(
    [before, await nsxStatuses(r)],
    [
      ['UNSTABLE', 'DEGRADED'],
      ['STABLE', 'STABLE'],
    ],
  )
})

test('every answer names the time, and all times are by the clock of SDDC Manager, which may be wrong', async () => {
  await using right = await rig()
  await using behind = await rig('clock-skew')
  await using ahead = await rig({ health: { clockAhead: '90s' } })
  const aheadBy = async (r: Rig) => Date.parse(String((await r.ask('GET', '/v1/domains')).headers.date)) - r.clock.now()

  const { expiry } = (await behind.ask('GET', '/v1/credentials')).json.elements[0]
  const missing = await right.ask('GET', '/v1/nothing-here')

  assert.deepEqual([await aheadBy(right), await aheadBy(behind), await aheadBy(ahead)], [0, -420_000, 90_000])
  assert.equal(Date.parse(expiry.lastCheckedDate) - behind.clock.now(), -420_000)
  assert.equal(Date.parse(String(missing.headers.date)), right.clock.now())
})

test('workflows that run or failed are among the tasks, by status and page by page, until somebody has resolved them', async () => {
  const failed = Array.from(
    { length: 5 },
    (_, i) => ({ name: `Rotate certificate ${i + 1}`, state: 'failed', begun: `${i + 1}h` }) as const,
  )
  await using r = await rig({
    health: { lasts: '3h', workflows: [...failed, { name: 'Add host', state: 'running', begun: '20m', on: 'vcf-m01-cl02' }] },
  })
  const tasks = async (query: string) => (await r.ask('GET', `/v1/tasks?${query}`)).json

  const running = await tasks('taskStatus=IN_PROGRESS')
  const first = await tasks('taskStatus=FAILED&pageSize=2&pageNumber=0')
  const last = await tasks('taskStatus=FAILED&pageSize=2&pageNumber=2')
  const named = await tasks('taskName=certificate')
  await r.pass('3h')
  await r.signIn()
  const later = await tasks('taskStatus=FAILED')

  assert.deepEqual(
    running.elements.map(({ name, resources }: { name: string; resources: { name: string }[] }) => [name, resources[0]!.name]),
    [['Add host', 'vcf-m01-cl02']],
  )
  assert.equal(Date.parse(running.elements[0].creationTimestamp), Date.UTC(2026, 0, 1, 7, 40))
  assert.deepEqual([namesOf(first), namesOf(last)], [['Rotate certificate 1', 'Rotate certificate 2'], ['Rotate certificate 5']])
  assert.deepEqual(first.pageMetadata, { pageNumber: 0, pageSize: 2, totalElements: 5, totalPages: 3 })
  assert.equal(named.elements.length, 5)
  assert.equal(first.elements[0].resolutionStatus, 'UNRESOLVED')
  assert.deepEqual(
    new Set(later.elements.map(({ resolutionStatus }: { resolutionStatus: string }) => resolutionStatus)),
    new Set(['RESOLVED']),
  )
  assert.deepEqual((await tasks('taskStatus=IN_PROGRESS')).elements, [])
})

test('a workflow that holds the lock has every upgrade refused until it is over', async () => {
  await using r = await rig('workflow-locked')
  const scenario = (health: ScenarioInput['health']): ScenarioInput => ({ ...after('SDDC_MANAGER'), health })
  await using failed = await rig(
    scenario({ lasts: '1h', workflows: [{ name: 'Rotate', kind: 'credentials', state: 'failed', locks: true }] }),
  )
  await chooseTarget(r)

  const locked = await r.ask('POST', '/v1/upgrades', sddcUpgrade())
  await r.pass('8h')
  await r.signIn()
  const free = await r.ask('POST', '/v1/upgrades', sddcUpgrade())
  const stuck = await failed.ask('POST', '/v1/upgrades', nsxUpgrade())
  await failed.pass('1h')
  await failed.signIn()

  assert.deepEqual([locked.status, locked.json.errorCode], [409, 'DEPLOYMENT_LOCK_HELD'])
  assert.match(locked.json.message, /Update certificates of vcf-m01/)
  assert.equal(free.json.errorCode, 'BUNDLE_NOT_DOWNLOADED')
  assert.deepEqual([stuck.status, (await failed.ask('POST', '/v1/upgrades', nsxUpgrade())).status], [409, 202])
})

test('linked vCenters and stretched clusters are told', async () => {
  await using linked = await rig('elm-linked')
  await using stretched = await rig('stretched-cluster')

  const domains = (await linked.ask('GET', '/v1/domains')).json.elements
  const clusters = (await stretched.ask('GET', '/v1/clusters?isStretched=true')).json.elements

  assert.deepEqual(new Set(domains.map(({ elmStatus }: { elmStatus: string }) => elmStatus)), new Set(['LINKED']))
  assert.deepEqual(
    clusters.map(({ id }: { id: string }) => id),
    [baselineCluster.id],
  )
})

test('a scenario that names what is not there is refused with one line', async () => {
  await using r = await rig()
  const wrong: ScenarioInput[] = [
    { health: { statuses: [{ of: 'nobody', is: 'ERROR' }] } },
    { health: { loads: [{ cluster: 'nobody', cpu: 1 }] } },
    { health: { credentials: [{ on: 'nobody', expiry: 'EXPIRED' }] } },
    { stretched: ['nobody'] },
    { start: { patched: [{ domain: 'nobody', component: 'VCENTER', to: 'unknown build' }] } },
  ]

  for (const scenario of wrong) assert.throws(() => r.simulator.setScenario(scenario), /nobody/)
  assert.equal(r.simulator.world.scenario.name, 'happy')
})

interface NsxCluster {
  readonly domains: readonly { readonly id: string }[]
  readonly status: string
}

async function nsxStatuses(r: Rig): Promise<string[]> {
  const { queryInfo } = (await r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'NSXT_CLUSTERS_WITH_STATUS' })).json
  const { result } = (await r.ask('GET', `/v1/nsxt-clusters/queries/${queryInfo.queryId}`)).json
  return result.elements.map(({ status }: NsxCluster) => status)
}

/** Status words of all domains, clusters and hosts, by name. */
async function statusWords(r: Rig): Promise<Map<string, string>> {
  const elements = async (path: string) => (await r.ask('GET', path)).json.elements
  const named = [...(await elements('/v1/domains')), ...(await elements('/v1/clusters'))]
  const hosts = await elements('/v1/hosts')
  return new Map([
    ...named.map(({ name, status }: Record<string, string>) => [name, status] as [string, string]),
    ...hosts.map(({ fqdn, configurationStatus }: Record<string, string>) => [fqdn, configurationStatus] as [string, string]),
  ])
}

interface Host {
  readonly cluster?: { readonly id: string }
  readonly cpu: { readonly frequencyMHz: number; readonly usedFrequencyMHz: number }
  readonly memory: { readonly totalCapacityMB: number; readonly usedCapacityMB: number }
}

/** What is left of a cluster without its largest host, as a share of what the others have; below 0 it does not fit. */
async function roomAfterLoss(r: Rig): Promise<{ name: string; left: { cpu: number; memory: number } }[]> {
  const clusters: { id: string; name: string }[] = (await r.ask('GET', '/v1/clusters')).json.elements
  const all: Host[] = (await r.ask('GET', '/v1/hosts')).json.elements
  return clusters.map(({ id, name }) => {
    const hosts = all.filter(({ cluster }) => cluster?.id === id)
    const left = (total: (host: Host) => number, used: (host: Host) => number) => {
      const sum = (figure: (host: Host) => number) => hosts.map(figure).reduce((a, b) => a + b, 0)
      const others = sum(total) - Math.max(...hosts.map(total))
      return (others - sum(used)) / others
    }
    const cpu = left(
      (host) => host.cpu.frequencyMHz,
      (host) => host.cpu.usedFrequencyMHz,
    )
    const memory = left(
      (host) => host.memory.totalCapacityMB,
      (host) => host.memory.usedCapacityMB,
    )
    return { name, left: { cpu, memory } }
  })
}

function namesOf({ elements }: { elements: readonly { readonly name: string }[] }): string[] {
  return elements.map(({ name }) => name)
}
