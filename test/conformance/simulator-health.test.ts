import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from '../simulator/rig.ts'
import { documentVersions, openApiSkip } from '../support/openapi.ts'
import { watched } from './watched.ts'

/** Worlds in which something is not well, and one in which all is. */
const scenarios = [
  'happy',
  'backup-missing',
  'credential-task-stuck',
  'password-expired',
  'nsx-slow-recovery',
  'workflow-failed',
  'workflow-running',
  'resource-in-error',
  'elm-linked',
  'stretched-cluster',
  'clock-skew',
  'depot-unauthorized',
  'depot-offline',
] as const

for (const version of documentVersions) {
  test(`what SDDC Manager tells of its health, well or not, is as the document of ${version} says`, {
    skip: openApiSkip(version),
  }, async () => {
    for (const scenario of scenarios) {
      await using r = await rig(scenario, undefined, version)
      const watch = watched(r.simulator, { version })

      await askHealth(r)

      watch.conform()
      assert.ok(watch.seen.size >= 12, [...watch.seen].join())
    }
  })
}

async function askHealth(r: Rig): Promise<void> {
  const { queryInfo } = (await r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'NSXT_CLUSTERS_WITH_STATUS' })).json
  const paths = [
    `/v1/nsxt-clusters/queries/${queryInfo.queryId}`,
    '/v1/system/backup-configuration',
    '/v1/system/settings/depot',
    '/v1/credentials',
    '/v1/credentials?pageSize=5&pageNumber=2',
    '/v1/credentials/tasks',
    '/v1/tasks?taskStatus=FAILED&pageSize=10&pageNumber=0',
    '/v1/resource-warnings',
    '/v1/resource-warnings?resourceType=HOST',
    '/v1/domains',
    '/v1/clusters',
    '/v1/hosts',
  ]
  for (const path of paths) assert.equal((await r.ask('GET', path)).status, 200, path)
  for (const list of ['/v1/credentials', '/v1/credentials/tasks', '/v1/resource-warnings']) {
    const [first] = (await r.ask('GET', list)).json.elements
    const one = await r.ask('GET', `${list}/${first?.id ?? 'nobody'}`)
    assert.equal(one.status, first ? 200 : list.endsWith('tasks') ? 400 : 404)
  }
}
