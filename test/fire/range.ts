/** A server that answers from a tape, one answer excepted, and counts what was written to it. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { usualCertificate } from '../vcf/fixture.ts'
import type { Shot } from './mutations.ts'
import type { Recorded, Tape } from './tape.ts'
import { keyOf } from './tape.ts'

/** What is asked next, and which request of it gets a shot for an answer. */
export interface Aim {
  readonly tape: Tape
  /** Counted from 0; token calls count only when there are no others. */
  readonly nth?: number
  readonly shot?: (answer: Recorded) => Shot
}

export interface Range {
  readonly url: string
  readonly ca: string
  /** From now on. */
  aim(aim: Aim): void
  /** Whether the shot was delivered, and what was written, since the aim was taken. */
  readonly hit: boolean
  readonly writes: readonly string[]
  /** Requests that are being answered. */
  readonly busy: number
  close(): Promise<void>
}

const notFound: Recorded = { status: 404, body: { errorCode: 'NOT_FOUND', message: 'Not found' } }

export async function openRange(): Promise<Range> {
  const { key, cert } = await usualCertificate()
  let aim: Aim | undefined
  let asked = 0
  let hit = false
  let writes: string[] = []
  let busy = 0

  const server = createServer({ key, cert }, (request, response) => {
    busy++
    response.once('close', () => void busy--)
    request.resume().once('end', () => answer(request, response))
  })
  // Connections that the other side broke.
  server.on('secureConnection', (socket) => socket.on('error', () => undefined))

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'https://localhost')
    const method = request.method!
    const isToken = pathname.startsWith('/v1/tokens')
    const isQuery = pathname.endsWith('/queries')
    if (method !== 'GET' && !isToken && !isQuery) writes.push(`${method} ${pathname}`)
    const truth = isToken ? grant(method) : (aim?.tape.answers.get(keyOf(method, pathname, searchParams)) ?? notFound)
    const counts = !isToken || aim?.tape.requests === 0
    const isNext = counts && aim?.shot && asked++ === aim.nth
    if (isNext) hit = true
    send(response, isNext ? aim!.shot!(truth) : { status: truth.status, text: truth.body === undefined ? '' : JSON.stringify(truth.body) })
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    aim(next) {
      aim = next
      asked = 0
      hit = false
      writes = []
    },
    get hit() {
      return hit
    },
    get writes() {
      return writes
    },
    get busy() {
      return busy
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function grant(method: string): Recorded {
  return method === 'POST'
    ? { status: 201, body: { accessToken: 'granted', refreshToken: { id: 'refreshed' } } }
    : { status: 200, body: 'renewed' }
}

/** Sends what is wrong as it is wrong. */
export function send(response: ServerResponse, { status, text, headers, manner }: Shot): void {
  const { socket } = response
  if (manner === 'silent') return
  if (manner === 'raw') {
    socket?.write(text)
    socket?.end()
    return
  }
  const bytes = Buffer.from(text as string)
  if (manner === 'endless') {
    flood(response)
    return
  }
  if (manner === 'cut off') {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length + 1 })
    response.write(bytes.subarray(0, bytes.length >> 1), () => socket?.destroy())
    return
  }
  const without = status === 204 || status === 304
  response.writeHead(status, {
    ...(bytes.length > 0 && !without && { 'content-type': 'application/json' }),
    ...(headers as Record<string, string>),
  })
  response.end(without ? undefined : bytes)
}

/** As much as the other side takes. */
function flood(response: ServerResponse): void {
  const piece = Buffer.alloc(1024 * 1024, '[')
  response.writeHead(200, { 'content-type': 'application/json' })
  const pour = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', pour)
  }
  pour()
}
