import assert from 'node:assert/strict'
import test from 'node:test'
import { type Rig, rig } from './rig.ts'

interface Credential {
  readonly id: string
  readonly username: string
  readonly password: string
  readonly expiry: { readonly status: string; readonly connectivityStatus: string; readonly expiryDate: string }
  readonly resource: { readonly resourceName: string; readonly resourceType: string; readonly domainNames: readonly string[] }
}

test('credentials are told with their passwords in clear, of everything that has one, and by default all are active', async () => {
  await using r = await rig()

  const all = await credentials(r)
  const one = (await r.ask('GET', `/v1/credentials/${all[0]!.id}`)).json

  assert.deepEqual(
    new Set(all.map(({ resource }) => resource.resourceType)),
    new Set(['VCENTER', 'PSC', 'NSXT_MANAGER', 'NSXT_EDGE', 'ESXI', 'BACKUP']),
  )
  for (const { password, expiry } of all) {
    assert.match(password, /^Clear-text-[0-9A-F]{6}!$/)
    assert.deepEqual([expiry.status, expiry.connectivityStatus], ['ACTIVE', 'ACTIVE'])
    assert.ok(Date.parse(expiry.expiryDate) - r.clock.now() > 60 * 24 * 3_600_000)
  }
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  assert.equal(one.password, all[0]!.password)
})

test('credentials come on one page unless pages are asked for, and filters narrow them', async () => {
  await using r = await rig()
  const all = await credentials(r)

  const pages = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((number) => credentials(r, `pageSize=10&pageNumber=${number}`)))
  const second = (await r.ask('GET', '/v1/credentials?pageSize=10&pageNumber=1')).json.pageMetadata
  const zero = await credentials(r, 'pageSize=0&pageNumber=0')
  const nsx = await credentials(r, 'resourceType=NSXT_MANAGER&domainName=vcf-w01')

  assert.ok(all.length > 20, `${all.length}`)
  assert.deepEqual(pages.flat(), all)
  assert.deepEqual(second, { pageNumber: 1, pageSize: 10, totalElements: all.length, totalPages: Math.ceil(all.length / 10) })
  assert.equal(zero.length, all.length)
  assert.deepEqual(
    nsx.map(({ username }) => username),
    ['admin', 'root', 'audit'],
  )
})

test('passwords that have expired, run out soon or are not the right ones any more are told, until they are changed', async () => {
  await using expired = await rig('password-expired')
  await using disconnected = await rig('nsx-accounts-disconnected')
  const ill = async (r: Rig) =>
    (await credentials(r))
      .filter(({ expiry }) => expiry.status !== 'ACTIVE' || expiry.connectivityStatus !== 'ACTIVE')
      .map(({ username, resource, expiry }) => [resource.resourceName.split('.')[0], username, expiry.status, expiry.connectivityStatus])

  const before = await ill(expired)
  const soon = (await credentials(expired)).find(({ expiry }) => expiry.status === 'EXPIRING')!
  await expired.pass('4h')
  await expired.signIn()

  assert.deepEqual(before, [
    ['vc-m01', 'root', 'EXPIRED', 'ACTIVE'],
    ['nsx-m01', 'audit', 'EXPIRING', 'ACTIVE'],
    ['esx-m01-11', 'root', 'EXPIRED', 'ACTIVE'],
  ])
  assert.equal(Date.parse(soon.expiry.expiryDate), Date.UTC(2026, 0, 6, 8))
  assert.deepEqual(await ill(expired), [])
  assert.deepEqual(await ill(disconnected), [
    ['nsx-m01', 'admin', 'ACTIVE', 'ERROR'],
    ['nsx-m01', 'root', 'ACTIVE', 'ERROR'],
  ])
})

test('workflows that set passwords have a list of their own, with the reason of the failure, and are not among the tasks', async () => {
  await using r = await rig('credential-task-stuck')

  const [task, ...more] = (await r.ask('GET', '/v1/credentials/tasks')).json.elements
  const same = (await r.ask('GET', `/v1/credentials/tasks/${task.id}`)).json
  const none = (await r.ask('GET', '/v1/credentials/tasks?limit=0')).json.elements
  const tasks = (await r.ask('GET', '/v1/tasks')).json.elements
  await r.pass('8h')
  await r.signIn()
  const [later] = (await r.ask('GET', '/v1/credentials/tasks')).json.elements

  assert.deepEqual([task.status, task.type, task.errors[0].referenceToken, more], ['FAILED', 'ROTATE', 'CR16TS', []])
  assert.deepEqual([same.id, none, tasks], [task.id, [], []])
  assert.equal(Date.parse(task.creationTimestamp), r.clock.now() - 34 * 3_600_000)
  assert.equal(later.status, 'USER_CANCELLED')
})

test('accounts of an NSX that two domains share are told once, of both', async () => {
  await using r = await rig({ nsx: 'shared', health: { nsx: [{ domain: 'vcf-w01', status: 'DEGRADED' }] } })

  const nsx = (await credentials(r)).filter(({ resource }) => resource.resourceType === 'NSXT_MANAGER')
  const { queryInfo } = (await r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'NSXT_CLUSTERS_WITH_STATUS' })).json
  const { result } = (await r.ask('GET', `/v1/nsxt-clusters/queries/${queryInfo.queryId}`)).json

  assert.deepEqual(
    nsx.map(({ username, resource }) => [username, resource.domainNames]),
    ['admin', 'root', 'audit'].map((username) => [username, ['vcf-m01', 'vcf-w01']]),
  )
  assert.deepEqual(
    result.elements.map(({ status }: { status: string }) => status),
    ['DEGRADED'],
  )
})

test('an account may not be allowed to read them', async () => {
  await using r = await rig('credentials-forbidden')

  const replies = await Promise.all([
    r.ask('GET', '/v1/credentials'),
    r.ask('GET', '/v1/credentials?pageNumber=0'),
    r.ask('GET', '/v1/credentials/tasks'),
    r.ask('POST', '/v1/nsxt-clusters/queries', { name: 'NSXT_CLUSTERS_WITH_STATUS' }),
    r.ask('GET', '/v1/domains'),
  ])

  assert.deepEqual(
    replies.map(({ status }) => status),
    [403, 403, 403, 403, 200],
  )
})

async function credentials(r: Rig, query = ''): Promise<Credential[]> {
  return (await r.ask('GET', `/v1/credentials?${query}`)).json.elements
}
