import { Agent } from 'undici'
import type { Clock } from '../ports/clock.ts'
import type { Exchange } from '../ports/trace.ts'
import { explainSilence } from './outage.ts'
import { scrubbed } from './scrub.ts'
import { connectorFor, type Trust } from './trust.ts'

export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, unknown>>) => void

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly path: string
  /** JSON as text. */
  readonly body?: string
  readonly token?: string
  /** What its body is about, when that is a secret. What such a call is answered with, when it is a yes, is a secret too. */
  readonly secret?: string
}

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** Origin that a redirection leads to, when that is another one. Never followed. */
  readonly elsewhere?: string
  /** Its `Date` header. */
  readonly date?: string
  /** How far that is ahead of our clock, in milliseconds, the time of the exchange and the second that a date leaves open not counted. */
  readonly clockAhead?: number
}

export interface Transport {
  /** Sends once. Any status is an answer; without one it throws a `VcfError` that says why. */
  send(call: Call): Promise<Answer>
  /** Ends what is under way. */
  close(): Promise<void>
}

interface TransportOptions {
  readonly url: string
  readonly trust: Trust
  readonly clock: Clock
  /** For a whole exchange, connecting included. */
  readonly requestTimeoutMs: number
  /** What was sent and must not be seen again in any answer: every password used so far. */
  readonly secrets?: () => readonly string[]
  /** Told of every exchange when it is over. */
  readonly seen?: (exchange: Exchange) => void
  /** Longest answer that is read. */
  readonly maxBodyBytes?: number
}

/** Enough for every answer known, far below what would hurt. */
const bodyLimit = 32 * 1024 * 1024
/** SDDC Manager is busy enough with an upgrade. */
const connections = 8
/** For one connection; a request may outlast several. */
const connectLimitMs = 10_000

export function createTransport({
  url,
  trust,
  secrets = () => [],
  clock,
  requestTimeoutMs,
  seen = () => {},
  maxBodyBytes = bodyLimit,
}: TransportOptions): Transport {
  const { origin } = new URL(url)
  const closing = new AbortController()
  // The library's own limits count from each part to the next; ours is for the whole.
  const agent = new Agent({
    connect: connectorFor(trust, Math.min(connectLimitMs, requestTimeoutMs), closing.signal),
    connections,
    maxResponseSize: maxBodyBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  async function exchange({ method, path, body, token, secret }: Call, signal: AbortSignal): Promise<Answer> {
    const headers = {
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const begin = clock.now()
    const response = await agent.request({ origin, path, method, headers, body, signal })
    const date = header(response.headers.date)
    const { statusCode: status, body: content } = response
    const told = await content.text()
    return {
      status,
      elsewhere: elsewhere(status, header(response.headers.location), origin),
      contentType: header(response.headers['content-type']) ?? '',
      date,
      clockAhead: aheadOf(Date.parse(date ?? ''), { begin, end: clock.now() }),
      text: secret !== undefined && status < 300 ? told : scrubbed(told, [...secrets(), token ?? '', secret ?? ''], status >= 300),
    }
  }

  async function send(call: Call): Promise<Answer> {
    const limit = new AbortController()
    // While a connection is being opened the library does not look at the signal; it does before it sends anything.
    const overdue = Promise.withResolvers<never>()
    const timer = clock.setTimeout(() => {
      limit.abort()
      overdue.reject(limit.signal.reason)
    }, requestTimeoutMs)
    const about = { at: clock.now(), method: call.method, path: call.path }
    const took = () => clock.now() - about.at
    try {
      const answer = await Promise.race([exchange(call, limit.signal), overdue.promise])
      seen({ ...about, status: answer.status, took: took() })
      return answer
    } catch (error) {
      const timedOut = limit.signal.aborted
      const failure = await explainSilence(error, {
        url: new URL(url),
        trust,
        request: nameOf(call),
        timeoutMs: requestTimeoutMs,
        timedOut,
      })
      seen({ ...about, failure: failure.message, took: took() })
      throw failure
    } finally {
      clock.clearTimeout(timer)
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    await agent.destroy()
  }

  return { send, close }
}

function elsewhere(status: number, location: string | undefined, origin: string): string | undefined {
  if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, origin)) return undefined
  const to = new URL(location, origin).origin
  return to === origin ? undefined : to
}

/** Zero while the second that the date names can lie between begin and end. */
function aheadOf(date: number, { begin, end }: { readonly begin: number; readonly end: number }): number | undefined {
  if (Number.isNaN(date)) return undefined
  const latest = date + 999
  if (latest < begin) return latest - begin
  return Math.max(0, date - end)
}

/** How a request is named in errors and in the log. */
export function nameOf({ method, path }: Pick<Call, 'method' | 'path'>): string {
  return `${method} ${path}`
}

function header(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
