import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import test from 'node:test'
import { createTransport } from '../../server/vcf/transport.ts'
import type { Trust } from '../../server/vcf/trust.ts'
import { certificate, clientOf, type Reply, startFixture, usualCertificate, wallClock } from './fixture.ts'

const services: Reply = { json: { elements: [] } }
const answer = ({ path }: { path: string }) => (path === '/v1/vcf-services' ? services : undefined)

type Failure = Error & { kind: string; remediation: string; code: string }

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
  assert.match(warnings[0]!, /VCF_INSECURE/)
})

test('a certificate that is not trusted is not asked again', async (context) => {
  const server = await startFixture(context, answer)
  const lines: string[] = []
  const vcf = await clientOf(context, server, { trust: {}, log: (_, message) => lines.push(message) })

  await failureOf(vcf.servicesDown())

  assert.deepEqual(lines, [])
})

test('a refused connection says so', async (context) => {
  const gone = createServer()
  await new Promise<void>((resolve) => {
    gone.listen(0, '127.0.0.1', resolve)
  })
  const { port } = gone.address() as { port: number }
  await new Promise((resolve) => gone.close(resolve))
  const vcf = await clientOf(context, { url: `https://127.0.0.1:${port}` })

  const failure = await failureOf(vcf.servicesDown())

  assert.equal(failure.message, `SDDC Manager refuses connections at 127.0.0.1:${port}.`)
})

test('a name that does not exist points at VCF_URL', async (context) => {
  const vcf = await clientOf(context, { url: 'https://sddc-manager.invalid' })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /sddc-manager\.invalid/)
  assert.match(failure.remediation, /VCF_URL/)
})

test('something that speaks no TLS points at VCF_URL', async (context) => {
  const plain = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => {
    plain.listen(0, '127.0.0.1', resolve)
  })
  context.after(() => plain.close())
  const { port } = plain.address() as { port: number }
  const vcf = await clientOf(context, { url: `https://127.0.0.1:${port}` })

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /does not speak TLS/)
})

test('an answer beyond the limit is not read to its end', async (context) => {
  const server = await startFixture(context, () => ({ text: 'x'.repeat(2_000) }))
  const { cert: ca } = await usualCertificate()
  const options = { url: server.url, trust: { ca }, clock: wallClock, requestTimeoutMs: 5_000 }
  const transport = createTransport({ ...options, maxBodyBytes: 1_000 })
  context.after(() => transport.close())

  await assert.rejects(transport.send({ method: 'GET', path: '/v1/domains' }), { kind: 'unreadable', request: 'GET /v1/domains' })
})

test('a server that takes the connection and says nothing ends with the time of the request', async (context) => {
  const silent = createServer((socket) => socket.on('error', () => undefined))
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  const { port } = silent.address() as { port: number }
  const vcf = await clientOf(context, { url: `https://127.0.0.1:${port}` }, { requestTimeoutMs: 150 })
  context.after(() => silent.close())

  const failure = await failureOf(vcf.servicesDown())

  assert.match(failure.message, /did not answer within 0.15 seconds/)
})

test('a request that ran out of time while connecting is not sent once the connection is there', async (context) => {
  const server = await startFixture(context, answer)
  const late = createServer((near) => {
    near.on('error', () => undefined)
    setTimeout(() => {
      const far = connect(server.port, '127.0.0.1')
      far.on('error', () => undefined)
      far.on('data', () => near.destroyed || connected.resolve())
      near.pipe(far).pipe(near)
    }, 150)
  })
  const connected = Promise.withResolvers<void>()
  await new Promise<void>((resolve) => {
    late.listen(0, '127.0.0.1', resolve)
  })
  context.after(() => late.close())
  const { port } = late.address() as { port: number }
  const vcf = await clientOf(context, { url: `https://127.0.0.1:${port}` }, { requestTimeoutMs: 100 })

  await failureOf(vcf.signIn())
  await connected.promise
  await new Promise((resolve) => setTimeout(resolve, 100))

  assert.deepEqual(server.seen, [])
})
