import assert from 'node:assert/strict'
import test from 'node:test'
import type { Trust } from '../../server/vcf/trust.ts'
import { certificate, clientOf, type Reply, startFixture, usualCertificate } from './fixture.ts'

const services: Reply = { json: { elements: [] } }
const answer = ({ path }: { path: string }) => (path === '/v1/vcf-services' ? services : undefined)

type Failure = Error & { kind: string; remediation: string }

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    () => undefined,
    (error: Failure) => error,
  )
  assert(outcome, 'it should have failed')
  assert.equal(outcome.kind, 'unreachable')
  return outcome
}

test('a private CA is trusted', async (context) => {
  const server = await startFixture(context, answer)
  const vcf = await clientOf(context, server, { trust: { ca: (await usualCertificate()).cert } })

  assert.deepEqual(await vcf.servicesDown(), [])
})

test('without a setting an unknown certificate is refused before anything is sent, and the remedy is named', async (context) => {
  const { fingerprint } = await usualCertificate()
  const server = await startFixture(context, answer)
  const vcf = await clientOf(context, server, { trust: {} })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /not signed by a CA that this machine trusts/)
  assert(failure.message.includes(fingerprint), failure.message)
  assert.match(failure.remediation, /VCF_CA_FILE.*VCF_FINGERPRINT/)
  assert.deepEqual(server.seen, [])
})

test('another CA than the given one is refused', async (context) => {
  const server = await startFixture(context, answer)
  const vcf = await clientOf(context, server, { trust: { ca: (await certificate()).cert } })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /not signed by the CA in VCF_CA_FILE/)
  assert.deepEqual(server.seen, [])
})

test('a certificate for another name is refused, and says so', async (context) => {
  const pair = await certificate('other.example')
  const server = await startFixture(context, answer, pair)
  const vcf = await clientOf(context, server, { trust: { ca: pair.cert } })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /not for the name 127\.0\.0\.1/)
  assert.match(failure.remediation, /VCF_URL.*VCF_FINGERPRINT/)
  assert.deepEqual(server.seen, [])
})

test('an expired certificate is refused, and says so', async (context) => {
  const pair = await certificate('127.0.0.1', new Date(Date.UTC(2021, 0, 1)))
  const server = await startFixture(context, answer, pair)
  const vcf = await clientOf(context, server, { trust: { ca: pair.cert } })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /has expired/)
  assert.deepEqual(server.seen, [])
})

for (const [form, write] of [
  ['with colons', (pin: string) => pin],
  ['in lower case without colons', (pin: string) => pin.replaceAll(':', '').toLowerCase()],
  ['after the name of its kind', (pin: string) => `SHA256:${pin}`],
] as const) {
  test(`a pinned fingerprint ${form} is trusted, whatever the name and the dates of the certificate`, async (context) => {
    const pair = await certificate('other.example', new Date(Date.UTC(2021, 0, 1)))
    const server = await startFixture(context, answer, pair)
    const vcf = await clientOf(context, server, { trust: { fingerprint: write(pair.fingerprint) } })

    assert.deepEqual(await vcf.servicesDown(), [])
  })
}

for (const [other, trust] of [
  ['alone', {}],
  ['beside insecure', { insecure: true }],
] as const) {
  test(`a changed certificate is refused before anything is sent when a pin is given ${other}`, async (context) => {
    const pair = await certificate()
    const server = await startFixture(context, answer, pair)
    const { fingerprint } = await usualCertificate()
    const vcf = await clientOf(context, server, { trust: { ...trust, fingerprint } satisfies Trust })

    const failure = await failureOf(vcf.servicesDown())

    assert.match(failure.message, /changed/)
    assert(failure.message.includes(pair.fingerprint), failure.message)
    assert.match(failure.remediation, /VCF_FINGERPRINT/)
    assert.deepEqual(server.seen, [])
  })
}

test('insecure takes any certificate and warns once at the start', async (context) => {
  const pair = await certificate('other.example')
  const server = await startFixture(context, answer, pair)
  const warnings: string[] = []
  const vcf = await clientOf(context, server, {
    trust: { insecure: true },
    log: (level, message) => level === 'warn' && warnings.push(message),
  })

  await vcf.servicesDown()
  await vcf.servicesDown()

  assert.equal(warnings.length, 1)
  assert.match(warnings[0]!, /VCF_INSECURE is true: .* not checked/)
})

test('a certificate that is not trusted is not asked again', async (context) => {
  const server = await startFixture(context, answer)
  const lines: string[] = []
  const vcf = await clientOf(context, server, { trust: {}, log: (_, message) => lines.push(message) })

  await failureOf(vcf.servicesDown())

  assert.deepEqual(lines, [])
})
