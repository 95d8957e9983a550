/** One websocket connection: who it is, then commands and subscriptions. */
import type { WebSocket } from 'ws'
import { answer, type Message } from './commands.ts'
import type { House } from './house.ts'
import type { HubPerson } from './people.ts'
import { Refusal } from './refusal.ts'
import { subscribe } from './subscriptions.ts'

export interface ConversationNeeds {
  readonly house: House
  readonly version: string
  /** While it answers true nothing is answered: a hub that is half dead. */
  readonly isMute: () => boolean
}

export function converse(socket: WebSocket, { house, version, isMute }: ConversationNeeds): void {
  const subscriptions = new Map<number, { end(): void }>()
  let person: HubPerson | undefined
  let batches = false
  let batch: unknown[] = []

  const send = (message: unknown) => {
    batch.push(message)
    if (!batches) flush()
    else if (batch.length === 1) setImmediate(flush)
  }
  const flush = () => {
    const messages = batch
    batch = []
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(messages.length === 1 ? messages[0] : messages))
  }

  function signIn(message: Readonly<Record<string, unknown>>): void {
    person = message.type === 'auth' ? house.byToken(message.access_token) : undefined
    if (person) {
      send({ type: 'auth_ok', ha_version: version })
    } else {
      send({ type: 'auth_invalid', message: 'Invalid access token or password' })
      socket.close()
    }
  }

  function obey(someone: HubPerson, message: Message): void {
    const { id, type } = message
    try {
      const subscription = subscribe(house, someone, message, (event) => send({ id, type: 'event', event }))
      const result = subscription ? null : answerHere(someone, message)
      send(type === 'ping' ? { id, type: 'pong' } : { id, type: 'result', success: true, result })
      if (subscription) subscriptions.set(id, subscription)
      subscription?.begin()
    } catch (error) {
      const { code, message: text } = error instanceof Refusal ? error : new Refusal('unknown_error', String(error))
      send({ id, type: 'result', success: false, error: { code, message: text } })
    }
  }

  /** What concerns this connection alone is answered here. */
  function answerHere(someone: HubPerson, message: Message): unknown {
    if (message.type === 'ping') return null
    if (message.type === 'unsubscribe_events') {
      subscriptions.get(Number(message.subscription))?.end()
      subscriptions.delete(Number(message.subscription))
      return null
    }
    batches ||= message.type === 'supported_features'
    return answer(house, someone, message)
  }

  socket.on('message', (content) => {
    if (isMute()) return
    const message = parse(String(content))
    if (!message) socket.close()
    else if (person) obey(person, message as Message)
    else signIn(message)
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const subscription of subscriptions.values()) subscription.end()
  })
  send({ type: 'auth_required', ha_version: version })
}

function parse(content: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(content) as Record<string, unknown>
  } catch {
    return undefined
  }
}
