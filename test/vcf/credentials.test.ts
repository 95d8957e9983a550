import assert from 'node:assert/strict'
import test from 'node:test'
import { StepClock } from '../support/step-clock.ts'
import { clientOf, type Reply, type Seen, startFixture } from './fixture.ts'

const empty: Reply = { json: { elements: [] } }
const login = 'POST /v1/tokens'
const refresh = 'PATCH /v1/tokens/access-token/refresh'

function isLogin({ method, path }: Seen): boolean {
  return `${method} ${path}` === login
}

function isRefresh({ method, path }: Seen): boolean {
  return `${method} ${path}` === refresh
}

for (const status of [400, 401, 403, 423]) {
  test(`credentials refused with ${status} are not tried again before the pause is over`, async (context) => {
    const clock = new StepClock()
    const lines: string[] = []
    const server = await startFixture(context, (request) =>
      isLogin(request)
        ? { status, json: { errorCode: 'IDENTITY_UNAUTHORIZED', message: 'no, not the-secret', referenceToken: 'REF1' } }
        : empty,
    )
    const vcf = await clientOf(context, server, {
      clock,
      log: (level, message, fields) => lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
    })

    const refusal = { kind: 'credentials', status, code: 'IDENTITY_UNAUTHORIZED', reference: 'REF1', request: login }
    await assert.rejects(vcf.servicesDown(), refusal)
    await assert.rejects(vcf.domains(), refusal)
    await clock.advance(899_000)
    await assert.rejects(vcf.setTarget('d', '5.2.1.0'), { ...refusal, nothingSent: true })
    const withinThePause = server.count(login)
    await clock.advance(2_000)
    await assert.rejects(vcf.servicesDown(), refusal)

    assert.equal(withinThePause, 1)
    assert.equal(server.count(login), 2)
    assert.deepEqual(server.asked(), [])
    assert.equal(lines.filter((line) => /refused the user name or the password/.test(line)).length, 2)
    assert.doesNotMatch(lines.join(), /the-secret/)
  })
}

test('refused credentials name the settings to look at and never the password', async (context) => {
  const server = await startFixture(context, (request) =>
    isLogin(request) ? { status: 401, json: { message: 'administrator and the-secret do not match' } } : undefined,
  )
  const vcf = await clientOf(context, server)

  const failure = await vcf.servicesDown().catch((error: Error & { remediation: string }) => error)

  assert(failure instanceof Error)
  assert.match(failure.message, /refused the user name or the password.*administrator and \*\*\* do not match/)
  assert.match(failure.remediation, /VCF_USERNAME and VCF_PASSWORD/)
})

test('a refresh token that works again ends the pause after refused credentials', async (context) => {
  let away = true
  const server = await startFixture(context, (request, nth) => {
    if (isLogin(request) && nth > 1) return { status: 401 }
    if (isRefresh(request)) return away ? { status: 401 } : { json: 'renewed' }
    if (isLogin(request)) return undefined
    return request.authorization === 'Bearer renewed' ? empty : { status: 401 }
  })
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.servicesDown(), { kind: 'credentials' })
  away = false

  assert.deepEqual(await vcf.servicesDown(), [])
  assert.equal(server.count(login), 2)
})

test('a refresh token that has ended is not tried again', async (context) => {
  const server = await startFixture(context, (request, nth) => {
    if (isLogin(request)) return nth > 1 ? { status: 401 } : undefined
    return { status: isRefresh(request) ? 404 : 401 }
  })
  const vcf = await clientOf(context, server)

  for (let time = 0; time < 3; time++) await assert.rejects(vcf.servicesDown(), { kind: 'credentials' })

  assert.equal(server.count(refresh), 1)
  assert.equal(server.count(login), 2)
})

test('signing in by hand tries at once, also after refused credentials', async (context) => {
  const clock = new StepClock()
  const server = await startFixture(context, (request, nth) => {
    if (isLogin(request)) return nth === 1 ? { status: 401, json: { message: 'wrong' } } : undefined
    return empty
  })
  const vcf = await clientOf(context, server, { clock })

  await assert.rejects(vcf.servicesDown(), { kind: 'credentials' })
  await vcf.signIn()

  assert.deepEqual(await vcf.servicesDown(), [])
  assert.equal(server.count(login), 2)
})

test('signing in by hand says what SDDC Manager answered', async (context) => {
  const server = await startFixture(context, (request) =>
    isLogin(request) ? { status: 503, text: '<html>maintenance</html>' } : undefined,
  )
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.signIn(), { kind: 'unreachable', status: 503, request: login })

  assert.equal(server.count(login), 1)
})

test('signing in by hand replaces a token that still works', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === '/v1/vcf-services' ? empty : undefined))
  const vcf = await clientOf(context, server)

  await vcf.servicesDown()
  await vcf.signIn()
  await vcf.servicesDown()

  assert.equal(server.seen.at(-1)!.authorization, 'Bearer login-2')
})

test('an unreadable sign-in does not show what it held', async (context) => {
  const server = await startFixture(context, (request) => (isLogin(request) ? { text: 'precious token, not JSON' } : undefined))
  const vcf = await clientOf(context, server)

  const failure = await vcf.signIn().catch((error: Error) => error)

  assert(failure instanceof Error)
  assert.equal((failure as Error & { kind: string }).kind, 'unreadable')
  assert.doesNotMatch(`${failure.stack} ${JSON.stringify(failure)} ${failure.cause}`, /precious/)
})

test('another password in the settings is tried at once, and one that was refused is not tried twice', async (context) => {
  const clock = new StepClock()
  let password = 'old'
  const server = await startFixture(context, (request) =>
    isLogin(request) && !request.body.includes('right') ? { status: 401 } : isLogin(request) ? undefined : empty,
  )
  const vcf = await clientOf(context, server, { clock, password: () => password })

  await assert.rejects(vcf.servicesDown(), { kind: 'credentials' })
  password = 'wrong too'
  for (let time = 0; time < 5; time++) await assert.rejects(vcf.servicesDown(), { kind: 'credentials' })
  password = 'right'

  assert.deepEqual(await vcf.servicesDown(), [])
  assert.equal(server.count(login), 3)
})

test('refused credentials are left alone for their pause, not until a clock that was set back has caught up', async (context) => {
  const clock = new StepClock()
  const server = await startFixture(context, (request) => (isLogin(request) ? { status: 401, json: { message: 'no' } } : undefined))
  const vcf = await clientOf(context, server, { clock, credentialsPauseMs: 900_000, retries: { times: 0, firstPauseMs: 1 } })
  await assert.rejects(vcf.domains(), { kind: 'credentials' })
  await assert.rejects(vcf.domains(), { kind: 'credentials' })
  assert.equal(server.count('POST /v1/tokens'), 1)

  clock.jump(-8 * 3_600_000)
  await assert.rejects(vcf.domains(), { kind: 'credentials' })

  assert.equal(server.count('POST /v1/tokens'), 2)
})
