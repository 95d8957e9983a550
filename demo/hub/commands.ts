/** The websocket's commands that are answered once. */
import { callAction, listActions } from './actions.ts'
import type { House } from './house.ts'
import { type InputKind, inputKinds } from './inputs.ts'
import { type HubPerson, isAdmin, listed } from './people.ts'
import { Refusal, unauthorized } from './refusal.ts'
import type { HubState } from './states.ts'
import { isoTime } from './time.ts'

export type Message = Readonly<Record<string, unknown>> & { readonly id: number; readonly type: string }

type Answer = (house: House, person: HubPerson, message: Message) => unknown

const answers: Readonly<Record<string, Answer>> = {
  supported_features: () => null,
  get_config: (house) => house.config(),
  get_states: ({ states }) => states.all().map(asJson),
  get_services: (house) => listActions(house),
  'auth/current_user': (_, person) => ({
    id: person.id,
    name: person.name,
    is_owner: person.owner,
    is_admin: isAdmin(person),
    credentials: [],
    mfa_modules: [],
  }),
  'config/entity_registry/list': ({ registry }) => registry.all(),
  'config/entity_registry/get': ({ registry }, _, { entity_id: id }) =>
    registry.byEntityId(String(id)) ?? refuse('not_found', 'Entity not found'),
  'persistent_notification/get': ({ notifications }) => notifications.all(),
  call_service: (house, person, message) => {
    const fields = { ...asFields(message.service_data), ...asFields(message.target) }
    return { context: callAction(house, person, `${message.domain}.${message.service}`, fields), response: null }
  },
}

/** These are for administrators. */
const adminAnswers: Readonly<Record<string, Answer>> = {
  'config/auth/list': ({ people }) => people().map(listed),
  'config/entity_registry/update': ({ registry }, _, { entity_id: id, new_entity_id, name }) => ({
    entity_entry: registry.update(String(id), {
      ...(typeof new_entity_id === 'string' && { new_entity_id }),
      ...(name !== undefined && { name: name as string | null }),
    }),
  }),
}

/** Home Assistant's answer. @throws Refusal */
export function answer(house: House, person: HubPerson, message: Message): unknown {
  const [kind, verb] = message.type.split('/')
  if (inputKinds.some((one) => one === kind)) return answerInput(house, person, message, kind as InputKind, verb)
  const forAdmins = adminAnswers[message.type]
  if (forAdmins && !isAdmin(person)) throw unauthorized()
  const found = forAdmins ?? answers[message.type] ?? refuse('unknown_command', 'Unknown command.')
  return found(house, person, message)
}

function answerInput({ inputs }: House, person: HubPerson, message: Message, kind: InputKind, verb: string | undefined): unknown {
  if (verb === 'list') return inputs.list(kind)
  if (!isAdmin(person)) throw unauthorized()
  const id = String(message[`${kind}_id`])
  const { name, icon } = message
  if (verb === 'delete') {
    inputs.remove(kind, id)
    return null
  }
  if (typeof name !== 'string' || name === '') refuse('invalid_format', `required key not provided @ data['name']`)
  const fields = { name: name as string, ...(typeof icon === 'string' && { icon }) }
  if (verb === 'create') return inputs.create(kind, fields)
  if (verb === 'update') return inputs.update(kind, id, fields)
  return refuse('unknown_command', 'Unknown command.')
}

/** As REST and `get_states` write a state. */
export function asJson({ entity_id, state, attributes, lastChanged, lastUpdated, context }: HubState): object {
  const updated = isoTime(lastUpdated)
  return { entity_id, state, attributes, last_changed: isoTime(lastChanged), last_reported: updated, last_updated: updated, context }
}

export function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function refuse(code: string, message: string): never {
  throw new Refusal(code, message)
}
