/** One connection to the broker, from the sign-in to its end. It never comes back: a new one is opened instead. */
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Clock } from '../../ports/clock.ts'
import { HubFailure } from '../failure.ts'
import { authoritiesOf, type BrokerAddress } from './address.ts'
import { attemptFailure, brokerFailure, isCut, isOfVersion } from './refusal.ts'

export interface Message {
  readonly topic: string
  readonly payload: string
  /** The broker had kept it: it is not new. */
  readonly retained: boolean
}

export interface Line {
  /** Given when the connection has ended, with the `HubFailure` as its reason. */
  readonly signal: AbortSignal
  /** The broker has it when this resolves, and keeps it unless it is `passing`. @throws HubFailure */
  publish(topic: string, payload: string, passing?: 'passing'): Promise<void>
  /** Each message once at least; `loosely`: at most, which no broker holds back for want of room. @throws HubFailure */
  subscribe(topics: readonly string[], loosely?: 'loosely'): Promise<void>
  /** @throws HubFailure */
  unsubscribe(topics: readonly string[]): Promise<void>
  /** Answers what ends that. */
  onMessage(listener: (message: Message) => void): () => void
  /** Without a goodbye: the broker publishes the will. */
  end(failure: HubFailure): void
}

export interface LineNeeds {
  readonly address: BrokerAddress
  readonly clock: Clock
  /** Longest wait for any answer, in milliseconds. */
  readonly answerMs: number
  /** Published by the broker when this connection breaks, and kept there. Without one nobody is told. */
  readonly will?: { readonly topic: string; readonly payload: string }
  /** Gives up connecting. */
  readonly signal: AbortSignal
}

/** Seconds: a connection that is cut is found dead by the broker after one and a half times as long. */
const keepalive = 15

/** MQTT 5, or 3.1.1 where the broker does not know that. @throws HubFailure */
export async function openLine(needs: LineNeeds): Promise<Line> {
  try {
    return lineOn(await connected(needs, 5), needs)
  } catch (error) {
    if (!isOfVersion(error)) throw await failureOf(needs, error)
  }
  try {
    return lineOn(await connected(needs, 4), needs)
  } catch (error) {
    throw await failureOf(needs, error)
  }
}

async function failureOf({ address, clock, signal }: LineNeeds, error: unknown): Promise<HubFailure> {
  if (error instanceof HubFailure) return error
  return signal.aborted ? brokerFailure(address.url, error) : attemptFailure(address.url, error, clock)
}

function connected({ address, clock, answerMs, will, signal }: LineNeeds, protocolVersion: 4 | 5): Promise<MqttClient> {
  const { url, username } = address
  const password = address.password?.()
  const ca = authoritiesOf(address)
  const options: IClientOptions = {
    protocolVersion,
    keepalive,
    clean: true,
    reconnectPeriod: 0,
    // Ours is below, and counts by the same clock as everything else.
    connectTimeout: 2 * answerMs,
    resubscribe: false,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(ca && { ca }),
    ...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
  }
  return new Promise((resolve, reject) => {
    const client = connect(url, options)
    // Its own listeners stay: without them the library forgets to clear its timers.
    const settle = () => {
      clock.clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      client.off('error', fail)
      client.off('close', close)
      client.off('connect', succeed)
    }
    const fail = (error: unknown) => {
      settle()
      // What still breaks while it closes has been told.
      client.on('error', () => {})
      client.end(true)
      reject(error)
    }
    const succeed = () => {
      settle()
      resolve(client)
    }
    const close = () => fail(new Error('it closed the connection'))
    const stop = () => fail(new Error('the server is stopping'))
    const timer = clock.setTimeout(() => fail(new Error(`no answer within ${answerMs / 1_000} s`)), answerMs)
    signal.addEventListener('abort', stop)
    client.once('error', fail)
    client.once('close', close)
    client.once('connect', succeed)
  })
}

function lineOn(client: MqttClient, { address, clock, answerMs }: LineNeeds): Line {
  const ended = new AbortController()
  const over = new Promise<never>((_, reject) => ended.signal.addEventListener('abort', () => reject(ended.signal.reason)))
  over.catch(() => {})

  function end(failure: HubFailure): void {
    if (ended.signal.aborted) return
    ended.abort(failure)
    client.end(true)
  }

  /** The library tells nobody of what was under way when a connection broke. */
  async function answered<Result>(work: Promise<Result>): Promise<Result> {
    ended.signal.throwIfAborted()
    const timer = clock.setTimeout(() => end(brokerFailure(address.url, new Error(`no answer within ${answerMs / 1_000} s`))), answerMs)
    try {
      return await Promise.race([work, over])
    } finally {
      clock.clearTimeout(timer)
    }
  }

  const broke = () => new HubFailure('unreachable', `The connection to the MQTT broker at ${address.url} broke.`)
  client.on('error', (error) => end(isCut(error) ? broke() : brokerFailure(address.url, error)))
  client.on('close', () => end(broke()))

  return {
    signal: ended.signal,
    end,
    publish: async (topic, payload, passing) => {
      await answered(client.publishAsync(topic, payload, { qos: 1, retain: passing === undefined }))
    },
    subscribe: async (topics, loosely) => {
      if (topics.length > 0) await answered(client.subscribeAsync([...topics], { qos: loosely ? 0 : 1 }))
    },
    unsubscribe: async (topics) => {
      await answered(client.unsubscribeAsync([...topics]))
    },
    onMessage: (listener) => {
      const hear = (topic: string, payload: Buffer, { retain }: { readonly retain: boolean }) => {
        if (!ended.signal.aborted) listener({ topic, payload: payload.toString(), retained: retain })
      }
      client.on('message', hear)
      return () => void client.off('message', hear)
    },
  }
}
