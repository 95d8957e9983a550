/** Somebody with an own connection to Home Assistant: presses, looks, renames. */
import { createConnection, createLongLivedTokenAuth, type MessageBase } from 'home-assistant-js-websocket'

export interface SeenState {
  readonly entity_id: string
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface Person {
  readonly id: string
  ask<Answer = unknown>(message: MessageBase & Record<string, unknown>): Promise<Answer>
  press(entityId: string): Promise<unknown>
  choose(entityId: string, option: string): Promise<unknown>
  turn(entityId: string, on: boolean): Promise<unknown>
  state(entityId: string): Promise<SeenState | undefined>
  notifications(): Promise<readonly { readonly notification_id: string; readonly message: string }[]>
  leave(): void
}

export async function enter(url: string, token: string): Promise<Person> {
  const connection = await createConnection({ auth: createLongLivedTokenAuth(url, token), setupRetry: 5 })
  const ask = <Answer>(message: MessageBase) => connection.sendMessagePromise<Answer>(message)
  const act = (domain: string, service: string, entityId: string) =>
    ask({ type: 'call_service', ...{ domain, service, target: { entity_id: entityId } } })
  const { id } = await ask<{ id: string }>({ type: 'auth/current_user' })
  return {
    id,
    ask,
    press: (entityId) => act(domainOf(entityId), 'press', entityId),
    choose: (entityId, option) =>
      ask({
        type: 'call_service',
        ...{ domain: 'select', service: 'select_option', target: { entity_id: entityId }, service_data: { option } },
      }),
    turn: (entityId, on) => act(domainOf(entityId), on ? 'turn_on' : 'turn_off', entityId),
    state: async (entityId) => (await ask<SeenState[]>({ type: 'get_states' })).find(({ entity_id }) => entity_id === entityId),
    notifications: () => ask({ type: 'persistent_notification/get' }),
    leave: () => connection.close(),
  }
}

function domainOf(entityId: string): string {
  return entityId.split('.')[0]!
}
