import type { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import { expectYes, type Intent, parseBody } from './answer.ts'
import { VcfError } from './error.ts'
import { allPages, type Paging } from './pages.ts'
import type { Session } from './session.ts'
import type { Grant } from './token.ts'
import { type Answer, type Call, type Log, nameOf, type Transport } from './transport.ts'
import { pageWithNumbers } from './wire.ts'

type Write = 'POST' | 'PATCH' | 'DELETE'

/** What the rest of the client asks with: signed in, checked, parsed. */
export interface Requests {
  /** Repeated with backoff while SDDC Manager is unreachable, and while what it answers is not ready; in the end that is `unreachable` too. */
  read<T>(path: string, schema: z.ZodType<T>, isReady?: (value: T) => boolean): Promise<T>
  /** All elements of a list that may come in pages. */
  readAll<T>(path: string, paging: Paging, schema: z.ZodType<T>): Promise<T[]>
  /** As `read`; also tells with which sign-in it succeeded, and how far the answer's clock is ahead of ours. */
  readSignedIn<T>(path: string, schema: z.ZodType<T>): Promise<SignedIn<T>>
  /** A POST that changes nothing; repeated like a read. */
  query<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>
  /** Sent once. With `grant`, under exactly that sign-in. Anything but 2xx throws; the body is not looked at. */
  write(method: Write, path: string, body?: object, grant?: Grant): Promise<Answer>
}

interface SignedIn<T> {
  readonly value: T
  readonly grant: Grant
  /** Milliseconds; undefined when the answer is not dated. */
  readonly clockAhead: number | undefined
}

interface RequestsOptions {
  readonly transport: Transport
  readonly session: Session
  readonly clock: Clock
  /** `times`: tries after the first; each pause is twice the one before. */
  readonly retries: { readonly times: number; readonly firstPauseMs: number }
  readonly log: Log
  /** Ends the pauses: no more tries. */
  readonly closed: AbortSignal
}

export function createRequests({ transport, session, clock, retries, log, closed }: RequestsOptions): Requests {
  function send(call: Call, grant: Grant): Promise<Answer> {
    return transport.send({ ...call, token: grant.access })
  }

  /** After a 401 the refresh token once, then user name and password once; then it stays a 401. */
  async function sendSignedIn(call: Call): Promise<{ answer: Answer; grant: Grant }> {
    const first = await session.current()
    let answer = await send(call, first)
    if (answer.status !== 401) return { answer, grant: first }
    const second = await session.replace(first, 'refresh')
    answer = await send(call, second)
    if (answer.status !== 401 || second.by === 'login') return { answer, grant: second }
    const third = await session.replace(second, 'login')
    return { answer: await send(call, third), grant: third }
  }

  async function patiently<T>(request: string, attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof VcfError && error.askAgain) || tries >= retries.times || closed.aborted) throw error
        log('debug', 'asking SDDC Manager again', { request, tries: tries + 1, because: error.message })
        await pause(clock, retries.firstPauseMs * 2 ** tries, closed)
      }
    }
  }

  function readCall<T>(call: Call, schema: z.ZodType<T>, isReady?: (value: T) => boolean): Promise<SignedIn<T>> {
    const request = nameOf(call)
    return patiently(request, async () => {
      const { answer, grant } = await sendSignedIn(call)
      expectYes(answer, request, 'read')
      const value = parseBody(answer, request, schema)
      if (isReady && !isReady(value)) throw new VcfError('SDDC Manager is still at it.', { kind: 'unreachable', request, askAgain: true })
      return { value, grant, clockAhead: answer.clockAhead }
    })
  }

  async function write(method: Write, path: string, body?: object, given?: Grant): Promise<Answer> {
    const call = { method, path, body: body && JSON.stringify(body) }
    const grant = given ?? (await session.current().catch(sayNothingSent))
    const answer = await send(call, grant)
    expectYes(answer, nameOf(call), 'write' satisfies Intent)
    return answer
  }

  async function read<T>(path: string, schema: z.ZodType<T>, isReady?: (value: T) => boolean): Promise<T> {
    return (await readCall({ method: 'GET', path }, schema, isReady)).value
  }

  return {
    read,
    readAll: (path, paging, schema) => allPages(path, paging, (address) => read(address, pageWithNumbers(schema))),
    readSignedIn: (path, schema) => readCall({ method: 'GET', path }, schema),
    query: async (path, body, schema) => (await readCall({ method: 'POST', path, body: JSON.stringify(body) }, schema)).value,
    write,
  }
}

/** For what has to go well before a write: when it fails, the write never left. */
export function sayNothingSent(error: unknown): never {
  throw error instanceof VcfError ? error.with({ nothingSent: true }) : error
}

function pause(clock: Clock, ms: number, closed: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = () => {
    closed.removeEventListener('abort', end)
    clock.clearTimeout(timer)
    resolve()
  }
  const timer = clock.setTimeout(end, ms)
  closed.addEventListener('abort', end)
  return promise
}
