/** Lines to SDDC Manager that die, lead elsewhere or end at another certificate while the client is at work. */
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { VcfClient, VcfOptions } from '../../server/vcf/client.ts'
import { openCrookedLine } from '../support/crooked-line.ts'
import { quietWhen, StepClock } from '../support/step-clock.ts'
import { certificate, clientOf, type Fixture, type Reply, startFixture, usualCertificate } from './fixture.ts'

const services = '/v1/vcf-services'
const empty: Reply = { json: { elements: [] } }
const well = ({ path }: { path: string }) => (path === services ? empty : undefined)

type Failure = Error & { kind: string; remediation?: string }
const failureOf = (asked: Promise<unknown>): Promise<Failure> =>
  asked.then(
    () => assert.fail('it should have failed'),
    (error: Failure) => error,
  )

async function lineTo(context: TestContext, server: Fixture, changes: Partial<VcfOptions> = {}) {
  const line = await openCrookedLine(context, server.port)
  const vcf = await clientOf(context, { url: `https://127.0.0.1:${line.port}` }, { retries: { times: 0, firstPauseMs: 1 }, ...changes })
  return { line, vcf }
}

/** What is asked in virtual time, with as much of it as an exchange may take. */
async function inTime<Answer>(clock: StepClock, asked: Promise<Answer>): Promise<{ readonly took: number; readonly failure?: Failure }> {
  const begin = clock.now()
  let over = false
  const outcome = asked.then(
    () => undefined,
    (error: Failure) => error,
  )
  void outcome.then(() => {
    over = true
  })
  const real = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
  for (let second = 0; second < 120 && !over; second++) {
    await real()
    if (!over)
      await clock.advance(
        1_000,
        quietWhen(() => false),
      )
  }
  const failure = await outcome
  return { took: clock.now() - begin, ...(failure && { failure }) }
}

test('connections that died idle are found with the first request, within half a minute, however many there are', async (context) => {
  const clock = new StepClock()
  const server = await startFixture(context, well)
  const { line, vcf } = await lineTo(context, server, { clock, requestTimeoutMs: 30_000 })
  await Promise.all(Array.from({ length: 8 }, () => vcf.servicesDown()))
  const before = line.opened()

  line.forget()
  const first = await inTime(clock, vcf.servicesDown())
  const second = await inTime(clock, vcf.servicesDown())

  assert.ok(before > 1)
  assert.match(first.failure!.message, /did not answer within 30 seconds/)
  assert.ok(first.took <= 31_000, String(first.took))
  assert.equal(second.failure, undefined)
})

for (const [what, reply] of [
  ['headers', 'hang'],
  ['the end of the body', { text: '{"elements":[', headers: { 'content-length': '1000' } }],
] as [string, Reply][]) {
  test(`an SDDC Manager that keeps ${what} back is given up after half a minute`, async (context) => {
    const clock = new StepClock()
    const server = await startFixture(context, ({ path }) => (path === services ? reply : undefined))
    const { vcf } = await lineTo(context, server, { clock, requestTimeoutMs: 30_000 })
    // Virtual time goes on while a busy machine still shakes hands: that is over before it begins.
    await vcf.signIn()

    const { took, failure } = await inTime(clock, vcf.servicesDown())

    assert.equal(failure?.kind, 'unreachable')
    assert.ok(took <= 31_000, String(took))
  })
}

test('a write whose answer is lost on a dead line is sent once', async (context) => {
  const clock = new StepClock()
  const server = await startFixture(context, well)
  const { line, vcf } = await lineTo(context, server, { clock, requestTimeoutMs: 30_000 })
  await vcf.servicesDown()

  line.loseAnswers(true)
  const { failure } = await inTime(clock, vcf.setTarget('domain', '5.2.1.0'))
  line.loseAnswers(false)
  await inTime(clock, vcf.servicesDown())

  assert.equal(failure?.kind, 'unreachable')
  assert.equal(server.asked().filter((request) => !request.startsWith('GET')).length, 1)
})

test('an SDDC Manager that moved to another address under its name is found there', async (context) => {
  const [before, after] = [await startFixture(context, well), await startFixture(context, well)]
  const { line, vcf } = await lineTo(context, before)
  await vcf.servicesDown()

  line.lead(after.port)
  line.cut()
  await vcf.servicesDown().catch(() => undefined)

  assert.deepEqual(await vcf.servicesDown(), [])
  assert.equal(after.count(`GET ${services}`) > 0, true)
})

async function changedCertificate(context: TestContext, trust: VcfOptions['trust']): Promise<{ vcf: VcfClient; other: Fixture }> {
  const server = await startFixture(context, well)
  const other = await startFixture(context, well, await certificate())
  const { line, vcf } = await lineTo(context, server, { trust })
  await vcf.servicesDown()
  line.lead(other.port)
  line.cut()
  await vcf.servicesDown().catch(() => undefined)
  return { vcf, other }
}

test('a certificate that changed during a run gets nothing to see: neither token, nor password, nor a write', async (context) => {
  const { cert, fingerprint } = await usualCertificate()
  for (const trust of [{ fingerprint }, { ca: cert }]) {
    const { vcf, other } = await changedCertificate(context, trust)

    const failures = [await failureOf(vcf.servicesDown()), await failureOf(vcf.signIn()), await failureOf(vcf.setTarget('d', '5.2.1.0'))]

    for (const { kind, message, remediation } of failures) {
      assert.equal(kind, 'unreachable')
      assert.match(message, /The certificate of SDDC Manager (changed|is not signed by the CA)/)
      assert.match(remediation!, /VCF_(FINGERPRINT|CA_FILE).* restart this server/s)
    }
    assert.deepEqual(other.seen, [])
  }
})

for (const status of [301, 302, 307, 308]) {
  test(`an SDDC Manager that answers ${status} is not followed: no password, token or write goes elsewhere`, async (context) => {
    const elsewhere = await startFixture(context, well)
    let moved = false
    const server = await startFixture(context, ({ path }) =>
      moved
        ? { status, headers: { location: `${elsewhere.url}${path}`, 'content-type': 'text/html' }, text: '<html>moved</html>' }
        : well({ path }),
    )
    const { vcf } = await lineTo(context, server, { retries: { times: 2, firstPauseMs: 1 } })
    await vcf.servicesDown()
    moved = true
    const logins = server.count('POST /v1/tokens')

    const failures = [await failureOf(vcf.servicesDown()), await failureOf(vcf.signIn()), await failureOf(vcf.setTarget('d', '5.2.1.0'))]

    for (const { kind, message, remediation } of failures) {
      assert.equal(kind, 'unreachable')
      assert.match(message, new RegExp(`points to another address \\(${status} ${elsewhere.url}\\)`))
      assert.match(remediation!, /VCF_URL/)
    }
    assert.deepEqual(elsewhere.seen, [])
    assert.equal(server.count('POST /v1/tokens'), logins + 1)
  })
}
