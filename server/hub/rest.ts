/** Home Assistant's states, by REST: the websocket cannot set one. */
import type { SecureContext } from 'node:tls'
import { Agent, request } from 'undici'
import { z } from 'zod'
import type { EntityState } from '../../shared/encoded.ts'
import { spellingsOf } from '../../shared/secret-spellings.ts'
import type { Clock } from '../ports/clock.ts'
import { type HubAddress, placeIn, tokenOf } from './address.ts'
import { connectionFailure, HubFailure, sentElsewhere, tokenRefused } from './failure.ts'
import { instant } from './instant.ts'

export interface FoundState {
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** Home Assistant's clock, milliseconds since the epoch. */
  readonly lastUpdated: number
  /** The same clock when it answered, to the second. */
  readonly now: number
}

/** Every method throws a `HubFailure`, `unreachable` when Home Assistant is down or stopping. Nothing is repeated. */
export interface StatesByRest {
  /** `GET /api/states/{id}`. */
  read(entityId: string): Promise<FoundState | undefined>
  /** `POST /api/states/{id}`; answers when the entity changed last, by Home Assistant's clock. Throws `unexpected` when Home Assistant does not take this very state. */
  write(state: EntityState): Promise<number>
  /** `DELETE /api/states/{id}`; answers whether it was there. */
  remove(entityId: string): Promise<boolean>
  /** Gives up what is on its way or waits for a connection: after a restart it must not arrive before the rest does. */
  cut(): void
  close(): Promise<void>
}

/** For a whole exchange, connecting included. */
const answerMs = 10_000
/** Far more than a state can hold. */
const longestAnswer = 4 * 1024 * 1024
type Method = 'GET' | 'POST' | 'DELETE'
const found = z.object({ state: z.string(), attributes: z.record(z.string(), z.unknown()), last_updated: z.string() })

export function createStatesByRest(address: HubAddress, trust: SecureContext | undefined, clock: Clock): StatesByRest {
  // The library's own limits count from each part to the next; ours is for the whole.
  const connect = () =>
    new Agent({
      connect: { secureContext: trust, timeout: answerMs },
      connections: 2,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: longestAnswer,
    })

  let agent = connect()

  async function send(method: Method, entityId: string, body?: object) {
    const limit = new AbortController()
    // While a connection is being opened the library does not look at the signal; it does before it sends anything.
    const overdue = Promise.withResolvers<never>()
    const timer = clock.setTimeout(() => {
      overdue.reject(new Error(`no answer within ${answerMs / 1000} s`))
      limit.abort()
    }, answerMs)
    try {
      return await Promise.race([exchange(method, entityId, body, limit.signal), overdue.promise])
    } catch (error) {
      throw connectionFailure(address.url, error)
    } finally {
      clock.clearTimeout(timer)
    }
  }

  async function exchange(method: Method, entityId: string, body: object | undefined, signal: AbortSignal) {
    const response = await request(placeIn(address, `/api/states/${encodeURIComponent(entityId)}`), {
      ...{ dispatcher: agent, method, signal },
      headers: { authorization: `Bearer ${tokenOf(address)}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body, wellFormed),
    })
    const text = await response.body.text()
    return { status: response.statusCode, text, date: Date.parse(String(response.headers.date)) }
  }

  /** Before it is cut: a piece of a secret is found by nobody any more. */
  function withoutToken(text: string): string {
    return spellingsOf(tokenOf(address)).reduce((left, spelling) => left.replaceAll(spelling, '***'), text)
  }

  function refused(what: string, status: number, text: string): HubFailure {
    if (status === 401 || status === 403) return tokenRefused()
    if (status >= 300 && status < 400) return sentElsewhere(address.url, status)
    if (status >= 500) return new HubFailure('unreachable', `Home Assistant at ${address.url} is not ready (${status}).`)
    return new HubFailure('unexpected', `Home Assistant did not take ${what} (${status}): ${withoutToken(text).slice(0, 200)}`)
  }

  return {
    async read(entityId) {
      const { status, text, date } = await send('GET', entityId)
      if (status === 404) return undefined
      if (status !== 200) throw refused(entityId, status, text)
      const { state, attributes, last_updated } = found.parse(JSON.parse(text))
      const lastUpdated = instant(last_updated)
      return { state, attributes, lastUpdated, now: Number.isNaN(date) ? lastUpdated : date }
    },
    async write({ entity_id, state, attributes }) {
      const { status, text } = await send('POST', entity_id, { state, attributes })
      if (status !== 200 && status !== 201) throw refused(entity_id, status, text)
      return instant(found.parse(JSON.parse(text)).last_updated)
    },
    async remove(entityId) {
      const { status, text } = await send('DELETE', entityId)
      if (status !== 200 && status !== 404) throw refused(entityId, status, text)
      return status === 200
    },
    cut() {
      void agent.destroy()
      agent = connect()
    },
    close: () => agent.destroy(),
  }
}

/** Half characters and zeros are refused by Home Assistant's JSON or by its database; a text of VCF's may hold them. */
export function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
}
