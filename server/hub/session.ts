/** One connection to Home Assistant, from the sign-in to its end. It never comes back: a new one is opened instead, so nothing of an old one is left. */
import type { SecureContext } from 'node:tls'
import { createConnection, ERR_CONNECTION_LOST, type MessageBase } from 'home-assistant-js-websocket'
import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import type { HubAddress } from './address.ts'
import { asHubFailure, HubFailure } from './failure.ts'
import type { Log } from './log.ts'
import { openSocket } from './socket.ts'

export interface Session {
  /** Home Assistant's version. */
  readonly version: string
  /** Given when the session has ended, with the `HubFailure` as its reason. */
  readonly signal: AbortSignal
  /**
   * Asks and checks the answer. An answer that does not come ends the session, unless what is asked for may be `slow`.
   *
   * @throws HubFailure
   */
  ask<Answer>(message: MessageBase, answer: z.ZodType<Answer>, how?: { readonly slow: true }): Promise<Answer>
  /**
   * Tells every event of the subscription until the answered function is called or the session ends. Events of another shape are logged and left out.
   *
   * @throws HubFailure
   */
  subscribe<Event>(message: MessageBase, event: z.ZodType<Event>, listener: (event: Event) => void): Promise<() => void>
  end(failure: HubFailure): void
}

export interface SessionNeeds {
  readonly address: HubAddress
  readonly trust: SecureContext | undefined
  readonly clock: Clock
  readonly log: Log
  /** How often a quiet connection is tried, and how long any answer may take. */
  readonly heartbeatMs: number
  readonly answerMs: number
  /** Gives up connecting. */
  readonly signal?: AbortSignal
}

/** How long a closing handshake may take. */
const farewellMs = 1_000
const refusal = z.object({ code: z.union([z.string(), z.number()]), message: z.string().optional() })

/** @throws HubFailure */
export async function openSession({ address, trust, clock, log, heartbeatMs, answerMs, signal }: SessionNeeds): Promise<Session> {
  const socket = await openSocket({ address, trust, clock, answerMs, signal })
  const connection = await createConnection({ setupRetry: 0, createSocket: async () => socket })
  const ended = new AbortController()
  const over = new Promise<never>((_, reject) => ended.signal.addEventListener('abort', () => reject(ended.signal.reason)))
  over.catch(() => {})
  let heartbeat: unknown

  const broken = () => new HubFailure('unreachable', `The connection to Home Assistant at ${address.url} broke.`)

  function end(failure: HubFailure): void {
    if (ended.signal.aborted) return
    clock.clearTimeout(heartbeat)
    ended.abort(failure)
    connection.close()
    const farewell = clock.setTimeout(() => socket.terminate(), farewellMs)
    socket.once('close', () => clock.clearTimeout(farewell))
  }

  async function answered<Result>(work: Promise<Result>, what: string, slow = false): Promise<Result> {
    const tooLate = () =>
      end(new HubFailure('unreachable', `Home Assistant at ${address.url} did not answer ${what} within ${answerMs / 1000} s.`))
    const timer = slow ? undefined : clock.setTimeout(tooLate, answerMs)
    try {
      return await Promise.race([work, over])
    } catch (error) {
      const refused = refusal.safeParse(error)
      if (refused.success && refused.data.code !== ERR_CONNECTION_LOST) throw refusedCommand(what, refused.data)
      throw refused.success || error === ERR_CONNECTION_LOST ? broken() : asHubFailure(error)
    } finally {
      clock.clearTimeout(timer)
    }
  }

  const beat = () => {
    heartbeat = clock.setTimeout(() => void answered(connection.ping(), 'ping').then(beat, () => {}), heartbeatMs)
  }
  connection.addEventListener('disconnected', () => end(broken()))
  beat()

  return {
    version: connection.haVersion,
    signal: ended.signal,
    end,

    async ask(message, answer, how) {
      ended.signal.throwIfAborted()
      const result = answer.safeParse(await answered(connection.sendMessagePromise(message), message.type, how?.slow))
      if (result.success) return result.data
      throw new HubFailure('unexpected', `Home Assistant answered ${message.type} in a form that this version does not know.`, {
        cause: result.error,
      })
    },

    async subscribe(message, event, listener) {
      ended.signal.throwIfAborted()
      const stop = await answered(
        connection.subscribeMessage(
          (content) => {
            // What still arrives while it closes is left to the next session, which finds it.
            if (ended.signal.aborted) return
            const parsed = event.safeParse(content)
            if (!parsed.success) {
              log('warn', `Home Assistant told of ${message.type} in a form that this version does not know.`, {
                error: parsed.error.message,
              })
              return
            }
            try {
              listener(parsed.data)
            } catch (error) {
              log('error', `What Home Assistant told of ${message.type} could not be followed.`, { error: String(error) })
            }
          },
          message,
          { resubscribe: false },
        ),
        message.type,
      )
      return () => void stop().catch(() => {})
    },
  }
}

function refusedCommand(what: string, { code, message = '' }: z.infer<typeof refusal>): HubFailure {
  if (code === 'unauthorized') return notAllowed(what)
  return new HubFailure('unexpected', `Home Assistant refused ${what} (${code}): ${message}`)
}

export function notAllowed(what: string): HubFailure {
  return new HubFailure(
    'refused',
    `The token may not use ${what} of Home Assistant. Set HA_TOKEN (or the content of the file in HA_TOKEN_FILE) to a long-lived access token of an administrator.`,
  )
}
