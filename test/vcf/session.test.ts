import assert from 'node:assert/strict'
import test from 'node:test'
import { StepClock } from '../support/step-clock.ts'
import { clientOf, jwt, type Reply, type Seen, startFixture } from './fixture.ts'

const services = '/v1/vcf-services'
const empty: Reply = { json: { elements: [] } }
const login = 'POST /v1/tokens'
const refresh = 'PATCH /v1/tokens/access-token/refresh'

function isLogin({ method, path }: Seen): boolean {
  return `${method} ${path}` === login
}

function isRefresh({ method, path }: Seen): boolean {
  return `${method} ${path}` === refresh
}

test('many reads at once share one sign-in', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === services ? empty : undefined))
  const vcf = await clientOf(context, server)

  await Promise.all(Array.from({ length: 20 }, () => vcf.servicesDown()))

  assert.equal(server.count(login), 1)
  assert.deepEqual(JSON.parse(server.seen[0]!.body), { username: 'administrator@vsphere.local', password: 'the-secret' })
  assert.equal(server.seen.at(-1)!.authorization, 'Bearer login-1')
})

test('a sign-in answered with 200 counts as much as one with 201', async (context) => {
  const server = await startFixture(context, (request) =>
    isLogin(request) ? { status: 200, json: { accessToken: 'a', refreshToken: { id: 'r' } } } : empty,
  )
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.servicesDown(), [])
})

const hour = 3_600_000

for (const [clocks, ahead] of [
  ['agrees', 0],
  ['is three hours behind ours', -3 * hour],
  ['is a day ahead of ours', 24 * hour],
] as const) {
  test(`a token of one hour is renewed two minutes before its end when SDDC Manager's clock ${clocks}`, async (context) => {
    const clock = new StepClock()
    const issued = (clock.now() + ahead) / 1000
    const server = await startFixture(context, (request) => {
      if (isLogin(request))
        return { json: { accessToken: jwt({ iat: issued, exp: issued + 3600 }), refreshToken: { id: 'the-refresh-id' } } }
      return isRefresh(request) ? { json: jwt({ iat: issued + 3600, exp: issued + 7200 }) } : empty
    })
    const vcf = await clientOf(context, server, { clock })

    await vcf.servicesDown()
    await clock.advance(hour - 121_000)
    await vcf.servicesDown()
    const before = server.count(refresh)
    await clock.advance(2_000)
    await Promise.all([vcf.servicesDown(), vcf.servicesDown(), vcf.servicesDown()])

    assert.equal(before, 0)
    assert.equal(server.count(refresh), 1)
    assert.equal(server.count(login), 1)
    const renewal = server.seen.find(isRefresh)!
    assert.equal(renewal.body, '"the-refresh-id"')
    assert.equal(renewal.contentType, 'application/json')
    assert.equal(clock.pending, 0)
  })
}

test('without iat the age of a token is counted from the answer', async (context) => {
  const clock = new StepClock()
  const theirs = clock.now() - 5 * hour
  const server = await startFixture(context, (request) => {
    if (!isLogin(request)) return isRefresh(request) ? undefined : empty
    const json = { accessToken: jwt({ exp: (theirs + hour) / 1000 }), refreshToken: { id: 'r' } }
    return { json, headers: { date: new Date(theirs).toUTCString() } }
  })
  const vcf = await clientOf(context, server, { clock })

  await vcf.servicesDown()
  await clock.advance(hour - 130_000)
  await vcf.servicesDown()
  const before = server.count(refresh)
  await clock.advance(20_000)
  await vcf.servicesDown()

  assert.equal(before, 0)
  assert.equal(server.count(refresh), 1)
})

test('a refresh id refused as JSON is sent once more without quotes', async (context) => {
  const server = await startFixture(context, (request) => {
    if (isRefresh(request)) return request.body.startsWith('"') ? { status: 400, json: { message: 'bad' } } : { json: 'renewed' }
    if (isLogin(request)) return undefined
    return request.authorization === 'Bearer renewed' ? empty : { status: 401 }
  })
  const vcf = await clientOf(context, server)

  await vcf.servicesDown()

  assert.deepEqual(
    server.seen.filter(isRefresh).map(({ body, contentType }) => [body, contentType]),
    [
      ['"refresh-1"', 'application/json'],
      ['refresh-1', 'application/json'],
    ],
  )
  assert.equal(server.count(login), 1)
})

test('a new token may come bare', async (context) => {
  const server = await startFixture(context, (request) => {
    if (isRefresh(request)) return { text: jwt({ exp: 1 }, '-bare') }
    if (isLogin(request)) return undefined
    return request.authorization?.endsWith('-bare') ? empty : { status: 401 }
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.servicesDown(), [])
})

test('after a 401 the refresh token is tried once, then the password once, and then it is given up', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === services ? { status: 401 } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.servicesDown(), { name: 'VcfFailure', kind: 'unreachable', status: 401, request: `GET ${services}` })

  assert.deepEqual(
    server.seen.map(({ method, path, authorization }) => `${method} ${path} ${authorization ?? ''}`.trim()),
    [login, `GET ${services} Bearer login-1`, refresh, `GET ${services} Bearer renewed-1`, login, `GET ${services} Bearer login-2`],
  )
})

test('a refresh token that is no longer known leads to one sign-in, not two', async (context) => {
  const server = await startFixture(context, (request) => {
    if (isRefresh(request)) return { status: 404, json: { message: 'no such refresh token' } }
    return request.path === services ? { status: 401 } : undefined
  })
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.servicesDown(), { kind: 'unreachable' })

  assert.equal(server.count(login), 2)
  assert.equal(server.count(refresh), 1)
})

test('twenty reads that meet a dead token renew it once', async (context) => {
  const server = await startFixture(context, (request) => {
    if (isLogin(request) || isRefresh(request)) return undefined
    return request.authorization === 'Bearer login-1' ? { status: 401 } : empty
  })
  const vcf = await clientOf(context, server)

  await Promise.all(Array.from({ length: 20 }, () => vcf.servicesDown()))

  assert.equal(server.count(login), 1)
  assert.equal(server.count(refresh), 1)
})

test('a token near its end goes on working while nobody can sign in', async (context) => {
  const clock = new StepClock()
  const now = clock.now() / 1000
  const server = await startFixture(context, (request, nth) => {
    if (isLogin(request) && nth === 1) return { json: { accessToken: jwt({ iat: now, exp: now + 3600 }), refreshToken: { id: 'r' } } }
    if (isLogin(request) || isRefresh(request)) return { status: 500 }
    return empty
  })
  const vcf = await clientOf(context, server, { clock, retries: { times: 0, firstPauseMs: 1 } })

  await vcf.servicesDown()
  await clock.advance(hour - 60_000)
  const stillWorks = await vcf.servicesDown()
  await clock.advance(60_000)

  assert.deepEqual(stillWorks, [])
  await assert.rejects(vcf.servicesDown(), { kind: 'unreachable', request: login })
})

test('the account of a viewer is told once, however often it signs in; other roles and tokens that name none are not', async (context) => {
  const lines: string[] = []
  const roles = [['VIEWER'], ['VIEWER'], ['OPERATOR'], 'ADMIN', ['VIEWER', 'ADMIN'], undefined, 'viewer']
  const server = await startFixture(context, ({ method, path }, nth) =>
    method === 'POST' && path === '/v1/tokens'
      ? { json: { accessToken: jwt({ exp: 4e9, role: roles[nth - 1] }) } }
      : { json: [{ id: 's', version: '5.2.1.0' }] },
  )
  const vcf = await clientOf(context, server, { log: (level, message) => void (level === 'warn' && lines.push(message)) })
  const seen: unknown[] = []

  for (const _ of roles) {
    await vcf.signIn()
    seen.push((await vcf.system()).onlyReads)
  }

  assert.deepEqual(seen, [true, true, undefined, undefined, undefined, undefined, true])
  assert.equal(lines.length, 2)
  assert.match(
    lines[0]!,
    /VCF_USERNAME has the role VIEWER .* only watches and starts nothing\. Give the account of VCF_USERNAME the role ADMIN/,
  )
})
