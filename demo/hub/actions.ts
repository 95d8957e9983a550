/** `call_service`: the actions that the server, the card and a script need. */
import type { House } from './house.ts'
import type { HubPerson } from './people.ts'
import { Refusal } from './refusal.ts'
import { type HubContext, newContext } from './states.ts'

type Fields = Readonly<Record<string, unknown>>
type Action = (house: House, fields: Fields, context: HubContext) => void

const onEach =
  (act: (house: House, entityId: string, context: HubContext) => void): Action =>
  (house, fields, context) => {
    for (const entityId of entityIds(fields)) act(house, entityId, context)
  }

/** By domain and name. Those of entities are refused to who may only look. */
const entityActions: Readonly<Record<string, Action>> = {
  // An entity without an integration behind it: taken, and nothing comes of it.
  'button.press': onEach(({ installed }, id, context) => installed.press?.(id, context)),
  'switch.turn_on': onEach(({ installed }, id, context) => installed.turn?.(id, true, context)),
  'switch.turn_off': onEach(({ installed }, id, context) => installed.turn?.(id, false, context)),
  'select.select_option': (house, fields, context) => {
    for (const entityId of entityIds(fields)) choose(house, entityId, required('option', fields.option), context)
  },
  'input_button.press': onEach(({ inputs }, id, context) => inputs.press(id, context)),
  'input_boolean.turn_on': onEach(({ inputs }, id, context) => inputs.turn(id, true, context)),
  'input_boolean.turn_off': onEach(({ inputs }, id, context) => inputs.turn(id, false, context)),
  'input_boolean.toggle': onEach(({ inputs }, id, context) => inputs.turn(id, 'toggle', context)),
}

const otherActions: Readonly<Record<string, Action>> = {
  'mqtt.publish': ({ installed }, { topic, payload, retain }) => {
    if (!installed.publish) throw new Refusal('not_found', 'Service mqtt.publish not found.')
    installed.publish(required('topic', topic), required('payload', payload), retain === true)
  },
  'persistent_notification.create': ({ notifications, now }, { notification_id: id, message, title }) =>
    notifications.show(typeof id === 'string' ? id : String(now()), required('message', message), typeof title === 'string' ? title : null),
  'persistent_notification.dismiss': ({ notifications }, { notification_id: id }) => notifications.dismiss(required('notification_id', id)),
  'persistent_notification.dismiss_all': ({ notifications }) => notifications.forget(),
}

/** Does what is asked in the person's name (an automation's: nobody's) and answers in which context. */
export function callAction(house: House, person: HubPerson | undefined, name: string, fields: Fields): HubContext {
  const context = newContext(person?.id ?? null)
  const [domain, service] = name.split('.')
  house.fire({ type: 'call_service', data: { domain, service, service_data: fields }, context })
  const ofEntities = entityActions[name]
  if (ofEntities && person?.group === 'system-read-only' && !person.owner) throw new Refusal('home_assistant_error', 'Unauthorized')
  const action = ofEntities ?? otherActions[name]
  if (!action && name.startsWith('notify.')) house.phones.send(name.slice('notify.'.length), fields)
  else if (!action) throw new Refusal('not_found', `Service ${name} not found.`)
  else action(house, fields, context)
  return context
}

/** As `get_services` lists them. */
export function listActions({ phones }: House): Readonly<Record<string, Readonly<Record<string, object>>>> {
  const list: Record<string, Record<string, object>> = {}
  for (const name of [...Object.keys(entityActions), ...Object.keys(otherActions), ...phones.names().map((one) => `notify.${one}`)]) {
    const [domain = '', action = ''] = name.split('.')
    list[domain] = { ...list[domain], [action]: { name: action, description: '', fields: {} } }
  }
  return list
}

function choose({ states, installed }: House, entityId: string, option: string, context: HubContext): void {
  const options = states.get(entityId)?.attributes.options
  if (!Array.isArray(options) || !options.includes(option))
    throw new Refusal('service_validation_error', `Option ${option} is not valid for entity ${entityId}`)
  installed.choose?.(entityId, option, context)
}

function entityIds({ entity_id: given }: Fields): string[] {
  const all = Array.isArray(given) ? given : [given]
  return all.flatMap((one) => String(one ?? '').split(',')).map((id) => id.trim().toLowerCase())
}

function required(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new Refusal('invalid_format', `required key not provided @ data['${name}']`)
}
