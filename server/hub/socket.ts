import type { SecureContext } from 'node:tls'
import type { HaWebSocket } from 'home-assistant-js-websocket'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import { type HubAddress, placeIn, tokenOf } from './address.ts'
import { connectionFailure, HubFailure, tokenRefused } from './failure.ts'
import { parsed } from './parsed.ts'
import { failureAt } from './speaks-tls.ts'

const greeting = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auth_required') }),
  // It is told in the log: what is longer than any version is cut.
  z.object({ type: z.literal('auth_ok'), ha_version: z.string().transform((version) => version.slice(0, 60)) }),
  z.object({ type: z.literal('auth_invalid') }),
])

export interface SocketNeeds {
  readonly address: HubAddress
  readonly trust: SecureContext | undefined
  readonly clock: Clock
  /** Longest time from the first packet to a taken token. */
  readonly answerMs: number
  /** Gives up connecting. */
  readonly signal?: AbortSignal | undefined
}

/**
 * A websocket on which Home Assistant has taken the token. One attempt: who repeats it decides elsewhere, because a refused token counts as a failed login there.
 *
 * @throws HubFailure
 */
export function openSocket({ address, trust, clock, answerMs, signal }: SocketNeeds): Promise<HaWebSocket & WebSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<HaWebSocket & WebSocket>()
  const { url } = address
  const socket = new WebSocket(placeIn(address, '/api/websocket').replace(/^http/, 'ws'), { secureContext: trust } as object)
  const timer = clock.setTimeout(() => end(connectionFailure(url, new Error('no answer to the sign-in'))), answerMs)

  const end = (failure: HubFailure) => {
    clock.clearTimeout(timer)
    reject(failure)
    socket.terminate()
  }
  let isSettled = false
  const fail = (error: unknown) => {
    if (!isSettled) void failureAt(url, error, clock).then(end)
    else socket.terminate()
    isSettled = true
  }
  // Stays for good: without a listener an error of the socket would end the process.
  socket.on('error', fail)
  const giveUp = () => end(connectionFailure(url, new Error('given up')))
  signal?.addEventListener('abort', giveUp, { once: true })
  const gone = () => fail(new Error('it closed the connection'))
  socket.on('close', gone)

  const greet = (content: unknown) => {
    const message = greeting.safeParse(parsed(String(content)))
    if (!message.success)
      return end(new HubFailure('unexpected', `What answers at ${url} does not speak as Home Assistant does. Check HA_URL.`))
    if (message.data.type === 'auth_required') return socket.send(JSON.stringify({ type: 'auth', access_token: tokenOf(address) }))
    if (message.data.type === 'auth_invalid') return end(tokenRefused())
    isSettled = true
    clock.clearTimeout(timer)
    socket.off('message', greet)
    socket.off('close', gone)
    signal?.removeEventListener('abort', giveUp)
    socket.send(JSON.stringify({ id: 1, type: 'supported_features', features: { coalesce_messages: 1 } }))
    resolve(Object.assign(guarded(socket), { haVersion: message.data.ha_version }) as unknown as HaWebSocket & WebSocket)
  }
  socket.on('message', greet)
  return promise
}

/** The library parses in its listener, and what a listener throws ends the process: here it ends the connection. */
function guarded(socket: WebSocket): WebSocket {
  const listen = socket.addEventListener.bind(socket) as (type: string, listener: (event: unknown) => void) => void
  return Object.assign(socket, {
    addEventListener: (type: string, listener: (event: unknown) => void) =>
      listen(type, (event) => {
        try {
          listener(event)
        } catch {
          socket.terminate()
        }
      }),
  })
}
