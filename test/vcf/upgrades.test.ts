import assert from 'node:assert/strict'
import test from 'node:test'
import type { UpgradeRequest } from '../../server/ports/upgrade-request.ts'
import { upgradeBody } from '../../server/vcf/upgrade-body.ts'
import { clientOf, jwt, type Reply, startFixture, wallClock } from './fixture.ts'

const sddcManager: UpgradeRequest = { component: 'SDDC_MANAGER', bundleId: 'b1', resource: { type: 'DOMAIN', id: 'd' } }
const listed = 'GET /v1/upgrades?bundleId=b1'
const posted = 'POST /v1/upgrades'
const empty: Reply = { json: { elements: [] } }

test('an upgrade is requested once, under the sign-in that has just read, and answers the id of its task', async (context) => {
  const server = await startFixture(context, ({ method, path, authorization }) => {
    if (!path.startsWith('/v1/upgrades')) return undefined
    if (authorization === 'Bearer login-1') return { status: 401 }
    return method === 'GET' ? empty : { status: 202, json: { id: 'u1', name: 'Upgrade', status: 'PENDING' } }
  })
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.startUpgrade(sddcManager), 'u1')

  assert.deepEqual(server.asked(), [listed, listed, posted])
  assert.equal(server.seen.at(-1)!.authorization, 'Bearer renewed-1')
  assert.deepEqual(JSON.parse(server.seen.at(-1)!.body), upgradeBody(sddcManager))
})

test('between that read and the request nothing is renewed', async (context) => {
  let now = Date.UTC(2026, 0, 1)
  const iat = now / 1000
  const accessToken = jwt({ iat, exp: iat + 3_600 })
  const server = await startFixture(context, ({ method, path }) => {
    if (path === '/v1/tokens') return { json: { accessToken, refreshToken: { id: 'r' } } }
    if (!path.startsWith('/v1/upgrades')) return undefined
    if (method === 'POST') return { status: 202, json: { id: 'u1' } }
    now += 3_599_000
    return empty
  })
  const vcf = await clientOf(context, server, { clock: { ...wallClock, now: () => now } })

  await vcf.startUpgrade(sddcManager)

  assert.deepEqual(
    server.seen.slice(1).map(({ authorization }) => authorization),
    [`Bearer ${accessToken}`, `Bearer ${accessToken}`],
  )
})

for (const [what, reply, kind] of [
  ['502', { status: 502, text: '<html></html>' }, 'unreachable'],
  ['403', { status: 403 }, 'refused'],
  ['nonsense', { json: {} }, 'unreadable'],
  ['401 each time', { status: 401 }, 'unreachable'],
] as const) {
  test(`when the read before it meets ${what}, nothing was sent`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path.startsWith('/v1/upgrades') ? reply : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.startUpgrade(sddcManager), { kind, nothingSent: true, request: listed })

    assert.equal(server.count(posted), 0)
  })
}

const said = { errorCode: 'X', message: 'No' }
const webPage = { text: '<html><body>Away</body></html>', headers: { 'content-type': 'text/html' } }

for (const [what, reply, kind] of [
  ['400', { status: 400, json: { errorCode: 'X', message: 'No', remediationMessage: 'Fix', referenceToken: 'R' } }, 'refused'],
  ...[401, 403, 404, 409, 410, 424, 429].map((status): [string, Reply, string] => [
    `${status} and a reason`,
    { status, json: said },
    'refused',
  ]),
  ['409 and nothing but a code', { status: 409, json: { errorCode: 'LOCKED' } }, 'refused'],
  ...[400, 401, 403, 404, 408, 409, 424, 429].map((status): [string, Reply, string] => [
    `${status} and no reason`,
    { status },
    'unreachable',
  ]),
  ...[403, 404, 408, 410, 429].map((status): [string, Reply, string] => [
    `${status} and a web page`,
    { status, ...webPage },
    'unreachable',
  ]),
  ['404 and JSON of somebody else', { status: 404, json: { path: '/v1/upgrades' } }, 'unreachable'],
  ['408 and a reason', { status: 408, json: said }, 'unreachable'],
  ['500', { status: 500 }, 'unreachable'],
  ['503 with a web page', { status: 503, text: '<html></html>' }, 'unreachable'],
  ['no answer', 'drop', 'unreachable'],
  ['yes, but no id', { status: 202, text: '' }, 'unreachable'],
] satisfies [string, Reply, string][]) {
  test(`a request answered with ${what} is ${kind} and was sent once`, async (context) => {
    const server = await startFixture(context, ({ method, path }) => {
      if (!path.startsWith('/v1/upgrades')) return undefined
      return method === 'POST' ? reply : empty
    })
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.startUpgrade(sddcManager), { kind, nothingSent: undefined, request: posted })

    assert.equal(server.count(posted), 1)
  })
}

const upgrade = {
  id: 'u1',
  taskId: 't1',
  bundleId: 'b1',
  status: 'COMPLETED_WITH_SUCCESS',
  resourceType: 'DOMAIN',
  resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }],
  endTime: 1_700_000_000_000,
}

test('upgrades keep the word of VCF beside what it means', async (context) => {
  const open = { ...upgrade, id: 'u2', taskId: null, status: 'SCHEDULED', resourceUpgradeSpecs: null, endTime: 0 }
  const server = await startFixture(context, ({ path }) => (path === '/v1/upgrades' ? { json: { elements: [upgrade, open] } } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.upgrades(), [
    {
      id: 'u1',
      taskId: 't1',
      bundleId: 'b1',
      resourceIds: ['d'],
      state: 'succeeded',
      word: 'COMPLETED_WITH_SUCCESS',
      endedAt: 1_700_000_000_000,
    },
    { id: 'u2', taskId: 'u2', bundleId: 'b1', resourceIds: [], state: 'running', word: 'SCHEDULED', endedAt: undefined },
  ])
})

test('where the filter by bundle finds nothing, the whole list decides', async (context) => {
  const other = { ...upgrade, id: 'u2', bundleId: 'b2' }
  const server = await startFixture(context, ({ path }) => (path === '/v1/upgrades' ? { json: { elements: [upgrade, other] } } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(
    (await vcf.upgrades('b2')).map(({ id }) => id),
    ['u2'],
  )
  assert.deepEqual(await vcf.upgrades('b3'), [])
})

test('an upgrade is found by its id, by the id of its task, or not at all', async (context) => {
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/upgrades/u1') return { json: upgrade }
    return path === '/v1/upgrades' ? { json: { elements: [upgrade] } } : undefined
  })
  const vcf = await clientOf(context, server)

  assert.equal((await vcf.upgrade('u1')).id, 'u1')
  assert.equal((await vcf.upgrade('t1')).id, 'u1')
  await assert.rejects(vcf.upgrade('nobody'), { kind: 'missing', request: 'GET /v1/upgrades/nobody' })
})

test('an upgrade that cannot be looked up is not taken for gone', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === '/v1/upgrades' ? { status: 503 } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.upgrade('u1'), { kind: 'unreachable' })
})

test('a failed task is retried by VCF itself, without a body', async (context) => {
  const server = await startFixture(context, ({ method }) => (method === 'PATCH' ? { status: 200 } : undefined))
  const vcf = await clientOf(context, server)

  await vcf.retryTask('t1')

  const { method, path, body, contentType } = server.seen.at(-1)!
  assert.deepEqual([method, path, body, contentType], ['PATCH', '/v1/tasks/t1', '', undefined])
})
