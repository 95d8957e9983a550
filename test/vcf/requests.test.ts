import assert from 'node:assert/strict'
import test from 'node:test'
import { StepClock, turn } from '../support/step-clock.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'

const services = '/v1/vcf-services'
const page: Reply = { status: 502, text: '<html><body>Bad Gateway</body></html>', headers: { 'content-type': 'text/html' } }
const empty: Reply = { json: { elements: [] } }

for (const [trouble, reply] of [
  ['502 with a web page', page],
  ['404 with a web page', { ...page, status: 404 }],
  ['200 with a web page', { ...page, status: 200 }],
  ['a redirect', { status: 302, headers: { location: '/login' } }],
  ['a closed connection', 'drop'],
  ['408', { status: 408 }],
  ['409', { status: 409, json: { message: 'cache not seeded' } }],
  ['429', { status: 429 }],
  ['500', { status: 500, json: { message: 'internal' } }],
  ['503', { status: 503 }],
] as const) {
  test(`a read that meets ${trouble} is repeated until it is answered`, async (context) => {
    const server = await startFixture(context, ({ path }, nth) => (path === services ? (nth <= 2 ? reply : empty) : undefined))
    const vcf = await clientOf(context, server)

    assert.deepEqual(await vcf.servicesDown(), [])

    assert.equal(server.count(`GET ${services}`), 3)
  })

  test(`a read that meets ${trouble} every time is given up as unreachable`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === services ? reply : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.servicesDown(), { name: 'VcfFailure', kind: 'unreachable', request: `GET ${services}` })

    assert.equal(server.count(`GET ${services}`), 3)
  })
}

for (const [status, kind] of [
  [400, 'refused'],
  [403, 'refused'],
  [422, 'refused'],
  [404, 'missing'],
] as const) {
  test(`a read answered with ${status} is ${kind} and not repeated`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === services ? { status, json: { message: 'No.' } } : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.servicesDown(), { kind, status, message: 'No.' })

    assert.equal(server.count(`GET ${services}`), 1)
  })
}

for (const [how, reply] of [
  ['with its remedy', { status: 410, json: { message: 'Gone.', remediationMessage: 'Use /v1/product-binaries.', referenceToken: 'R1' } }],
  ['as a web page', { ...page, status: 410 }],
  ['with nothing', { status: 410 }],
] as const) {
  test(`what SDDC Manager says is gone, ${how}, was moved elsewhere and is not asked for again`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path.startsWith('/v1/tokens') ? undefined : reply))
    const vcf = await clientOf(context, server)
    const gone = how === 'with its remedy'
    const failure = {
      ...{ kind: 'refused', status: 410, message: new RegExp(`moved elsewhere \\(410\\)\\.${gone ? ' Gone\\.' : ''}$`) },
      ...{ remediation: gone ? 'Use /v1/product-binaries.' : undefined, reference: gone ? 'R1' : undefined },
    }

    await assert.rejects(vcf.depot(), failure)
    await assert.rejects(vcf.downloadBundle('b'), failure)

    assert.deepEqual(server.asked(), ['GET /v1/system/settings/depot', 'PATCH /v1/bundles/b'])
  })
}

test('a sign-in that moved elsewhere says nothing about the password', async (context) => {
  const server = await startFixture(context, () => ({ status: 410, json: { message: 'Gone.' } }))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.servicesDown(), { kind: 'refused', status: 410 })
})

for (const [what, reply] of [
  ['text', { text: 'fine' }],
  ['nothing', {}],
  ['an object that is no page', { json: { status: 'UP' } }],
  ['a page with nonsense in it', { json: { elements: [17] } }],
] as const) {
  test(`a read answered with ${what} is unreadable and not repeated`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === services ? reply : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.servicesDown(), { kind: 'unreadable', status: 200, request: `GET ${services}` })

    assert.equal(server.count(`GET ${services}`), 1)
  })
}

test('a page may leave its elements out when it says that there are none', async (context) => {
  const server = await startFixture(context, ({ path }) =>
    path === services ? { json: { elements: null, pageMetadata: { totalElements: 0 } } } : undefined,
  )
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.servicesDown(), [])
})

test('each pause between tries is twice the one before', async (context) => {
  const clock = new StepClock()
  const start = clock.now()
  const arrivals: number[] = []
  let pauses = 0
  const server = await startFixture(context, ({ path }) => {
    if (path !== services) return undefined
    arrivals.push(clock.now() - start)
    return { status: 503 }
  })
  const log = (_: string, message: string) => {
    if (message.startsWith('asking')) pauses++
  }
  const vcf = await clientOf(context, server, { clock, log, retries: { times: 3, firstPauseMs: 1_000 } })

  const outcome = vcf.servicesDown().catch((error: Error & { kind: string }) => error.kind)
  for (const [nth, pause] of [1_000, 2_000, 4_000].entries()) {
    while (pauses <= nth) await turn()
    await clock.advance(pause - 1)
    await clock.advance(1)
  }

  assert.equal(await outcome, 'unreachable')
  assert.deepEqual(arrivals, [0, 1_000, 3_000, 7_000])
  assert.equal(clock.pending, 0)
})

test('a query changes nothing and is repeated like a read', async (context) => {
  const queries = '/v1/system/check-sets/queries'
  const server = await startFixture(context, ({ path }, nth) =>
    path === queries ? (nth === 1 ? page : { json: { queryId: 'q', resources: [] } }) : undefined,
  )
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.queryChecks('d'), { queryId: 'q', resources: [] })

  assert.equal(server.count(`POST ${queries}`), 2)
})

test('a request that uses up its time is unreachable and not repeated', async (context) => {
  const clock = new StepClock()
  const server = await startFixture(context, ({ path }) => (path === services ? 'hang' : undefined))
  const vcf = await clientOf(context, server, { clock, requestTimeoutMs: 30_000 })

  const outcome = assert.rejects(vcf.servicesDown(), { kind: 'unreachable', message: 'SDDC Manager did not answer within 30 seconds.' })
  while (server.count(`GET ${services}`) < 1) await turn()
  await clock.advance(30_000)

  await outcome
  assert.equal(server.count(`GET ${services}`), 1)
})

test('ids are encoded where they become part of a path', async (context) => {
  const server = await startFixture(context, ({ path }) =>
    path.includes('/bundles/') ? { json: { downloadStatus: 'PENDING' } } : undefined,
  )
  const vcf = await clientOf(context, server)

  await vcf.bundle('../a b?c#d')

  assert.deepEqual(server.asked(), ['GET /v1/bundles/..%2Fa%20b%3Fc%23d'])
})

test('closing ends what waits', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === services ? { status: 503 } : undefined))
  const vcf = await clientOf(context, server, { retries: { times: 5, firstPauseMs: 60_000 } })

  const outcome = assert.rejects(vcf.servicesDown(), { kind: 'unreachable' })
  while (server.count(`GET ${services}`) < 1) await turn()
  await vcf.close()

  await outcome
  assert.equal(server.count(`GET ${services}`), 1)
})

test('an error carries the words, the code, the remedy and the reference token of VCF', async (context) => {
  const error = {
    errorCode: 'LCM_FAILED',
    message: 'The request failed',
    nestedErrors: [
      {
        message: 'The bundle is not there.',
        remediationMessage: 'Download it.',
        referenceToken: 'DEEP',
        causes: [{ message: 'disk full' }],
      },
      { message: 'The request failed' },
    ],
    causes: null,
    context: null,
  }
  const server = await startFixture(context, ({ method }) => (method === 'DELETE' ? { status: 400, json: error } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.clearTarget('d'), {
    message: 'The request failed. The bundle is not there. disk full',
    kind: 'refused',
    code: 'LCM_FAILED',
    remediation: 'Download it.',
    reference: 'DEEP',
    request: 'DELETE /v1/releases/domains/d',
  })
})
