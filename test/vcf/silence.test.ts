import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import test from 'node:test'
import { createTransport } from '../../server/vcf/transport.ts'
import { clientOf, startFixture, usualCertificate, wallClock } from './fixture.ts'

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
  const server = await startFixture(context, () => undefined)
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
