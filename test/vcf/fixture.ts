/** A small HTTPS server that answers as a test says, and what a client needs to speak to it. */
import { channel } from 'node:diagnostics_channel'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { generate } from 'selfsigned'
import type { Clock } from '../../server/ports/clock.ts'
import { createVcfClient, type VcfClient, type VcfOptions } from '../../server/vcf/client.ts'

export interface Seen {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly authorization?: string
  readonly contentType?: string
  readonly body: string
}

/** What the server does with a request: an answer, or no answer at all. */
export type Reply =
  | 'hang'
  | 'drop'
  | { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }

export interface Fixture {
  readonly url: string
  readonly port: number
  /** Every request so far, in order. */
  readonly seen: Seen[]
  /** Requests as `METHOD path`, token calls left out. */
  asked(): string[]
  count(request: string): number
}

/** The clock of the machine. */
export const wallClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}

export interface Certificate {
  readonly key: string
  readonly cert: string
  readonly fingerprint: string
}

/** A certificate of its own for each name; made once. */
export async function certificate(altName: '127.0.0.1' | 'other.example' = '127.0.0.1', end?: Date): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: altName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.UTC(2020, 0, 1)),
    notAfterDate: end ?? new Date(Date.UTC(2090, 0, 1)),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [altName === '127.0.0.1' ? { type: 7, ip: altName } : { type: 2, value: altName }] },
    ],
  })
  const { X509Certificate } = await import('node:crypto')
  return { key: pems.private, cert: pems.cert, fingerprint: new X509Certificate(pems.cert).fingerprint256 }
}

let shared: Promise<Certificate> | undefined
/** The one that most tests use. */
export function usualCertificate(): Promise<Certificate> {
  shared ??= certificate()
  return shared
}

/** `answer` decides about each request; what it leaves undecided of the token calls is granted, all else is not found. */
export async function startFixture(
  context: TestContext,
  answer: (request: Seen, nth: number) => Reply | undefined,
  pair?: Certificate,
): Promise<Fixture> {
  const { key, cert } = pair ?? (await usualCertificate())
  const seen: Seen[] = []
  let vcf: '5.2.1' | '9.0.2' = '5.2.1'
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one: Seen = {
        method: request.method!,
        path: request.url!,
        authorization: request.headers.authorization,
        contentType: request.headers['content-type'],
        body: Buffer.concat(chunks).toString('utf8'),
      }
      seen.push(one)
      tell(one, vcf)
      const nth = seen.filter(({ method, path }) => method === one.method && path === one.path).length
      const reply = answer(one, nth) ?? grantOf(one, nth) ?? { status: 404, json: { errorCode: 'NOT_FOUND', message: 'Not found' } }
      if (reply === 'hang') return
      if (reply === 'drop') {
        request.socket.destroy()
        return
      }
      const { status = 200, json, text, headers } = reply
      if (one.path === '/v1/sddc-managers' && JSON.stringify(json)?.includes('"version":"9.')) vcf = '9.0.2'
      const type = json === undefined ? {} : { 'content-type': 'application/json' }
      response.writeHead(status, { ...type, ...headers }).end(text ?? (json === undefined ? '' : JSON.stringify(json)))
    })
  })
  await listen(server)
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const named = () => seen.map(({ method, path }) => `${method} ${path}`)
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    seen,
    asked: () => named().filter((request) => !request.includes('/v1/tokens')),
    count: (request) => named().filter((one) => one === request).length,
  }
}

/** For those who hold every request of the server against the documents; what is answered here is wrong on purpose. */
const wire = channel('vcf-simulator:exchange')

function tell({ method, path, body }: Seen, vcf: '5.2.1' | '9.0.2'): void {
  if (!wire.hasSubscribers) return
  const { pathname, searchParams } = new URL(path, 'https://localhost')
  wire.publish({ vcf, method, path: pathname, query: Object.fromEntries(searchParams), requestBody: parsed(body) })
}

function parsed(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body)
  } catch {
    return body
  }
}

function grantOf({ method, path }: Seen, nth: number): Reply | undefined {
  if (method === 'POST' && path === '/v1/tokens') {
    return { status: 201, json: { accessToken: `login-${nth}`, refreshToken: { id: `refresh-${nth}` } } }
  }
  if (method === 'PATCH' && path === '/v1/tokens/access-token/refresh') return { json: `renewed-${nth}` }
  return undefined
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
}

/** A client for the fixture, closed after the test. Pauses are a millisecond unless said otherwise. */
export async function clientOf(context: TestContext, { url }: { url: string }, changes: Partial<VcfOptions> = {}): Promise<VcfClient> {
  const { cert } = await usualCertificate()
  const client = createVcfClient({
    url,
    username: 'administrator@vsphere.local',
    password: 'the-secret',
    trust: { ca: cert },
    clock: wallClock,
    requestTimeoutMs: 5_000,
    retries: { times: 2, firstPauseMs: 1 },
    credentialsPauseMs: 900_000,
    ...changes,
  })
  context.after(() => client.close())
  return client
}

/** A token whose claims say so. */
export function jwt(claims: object, mark = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part(claims)}.signature${mark}`
}
