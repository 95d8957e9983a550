/** The websocket's commands that go on telling. */
import type { Message } from './commands.ts'
import { compressedChange, snapshot } from './compressed.ts'
import type { House } from './house.ts'
import { type HubPerson, isAdmin } from './people.ts'
import { unauthorized } from './refusal.ts'
import { newContext } from './states.ts'
import { isoTime } from './time.ts'

/** Events that everybody may hear. */
const openToAll = [
  'entity_registry_updated',
  'state_changed',
  'component_loaded',
  'core_config_updated',
  'service_registered',
  'service_removed',
]

/**
 * Begins a subscription; undefined when the message asks for something else.
 * Answers what ends it. `tell` is called after the command was answered.
 */
export function subscribe(
  house: House,
  person: HubPerson,
  message: Message,
  tell: (event: unknown) => void,
): { begin(): void; end(): void } | undefined {
  if (message.type === 'subscribe_entities') return entities(house, message, tell)
  if (message.type === 'subscribe_events') return events(house, person, message, tell)
  if (message.type === 'mqtt/subscribe' && house.installed.subscribe) return messages(house, person, message, tell)
  return undefined
}

function messages({ installed }: House, person: HubPerson, { topic }: Message, tell: (event: unknown) => void) {
  if (!isAdmin(person)) throw unauthorized()
  let end: (() => void) | undefined
  return {
    begin: () => {
      end = installed.subscribe?.(String(topic), tell)
    },
    end: () => end?.(),
  }
}

function entities({ states }: House, { entity_ids: ids }: Message, tell: (event: unknown) => void) {
  const wanted = Array.isArray(ids) ? new Set(ids.map(String)) : undefined
  const isWanted = (entityId: string) => !wanted || wanted.has(entityId)
  let end = () => {}
  return {
    begin: () => {
      tell(snapshot(states.all().filter(({ entity_id }) => isWanted(entity_id))))
      const stop = states.onChange((change) => isWanted(change.entity_id) && tell(compressedChange(change)))
      end = () => void stop()
    },
    end: () => end(),
  }
}

function events(house: House, person: HubPerson, { event_type: type }: Message, tell: (event: unknown) => void) {
  if (!isAdmin(person) && !openToAll.includes(String(type))) throw unauthorized()
  let open = false
  const event = (data: unknown, context = newContext()) => ({
    event_type: type,
    data,
    origin: 'LOCAL',
    time_fired: isoTime(house.now()),
    context,
  })
  return {
    begin: () => {
      open = true
      house.onEvent((fired) => open && fired.type === type && tell(event(fired.data, fired.context)))
      if (type === 'entity_registry_updated') house.registry.onChange((change) => open && tell(event(change)))
    },
    end: () => {
      open = false
    },
  }
}
