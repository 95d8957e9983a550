import { Refusal } from './refusal.ts'
import type { States } from './states.ts'

export interface HubMessage {
  /** `notify.…`. */
  readonly target: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** `notify.…`: actions of signed-in phones, and entities by `notify.send_message`. */
export function createPhones(states: Pick<States, 'get'>) {
  const actions = new Map<string, string | undefined>()
  const messages: HubMessage[] = []
  return {
    /** What arrived, oldest first. */
    messages: (): readonly HubMessage[] => messages,
    names: (): readonly string[] => [...actions.keys()],
    /** @param trouble what its service answers instead of taking anything */
    signIn: (name: string, trouble?: string): void => void actions.set(name, trouble),
    send(name: string, { entity_id: entityId, ...fields }: Readonly<Record<string, unknown>>): void {
      if (typeof fields.message !== 'string') throw new Refusal('invalid_format', "required key not provided @ data['message']")
      if (name === 'send_message') {
        // As Home Assistant: an entity that is not there is only a warning in its log.
        if (states.get(String(entityId))) messages.push({ target: String(entityId), fields })
        return
      }
      if (!actions.has(name)) throw new Refusal('not_found', `Service notify.${name} not found.`)
      const trouble = actions.get(name)
      if (trouble !== undefined) throw new Refusal('home_assistant_error', trouble)
      messages.push({ target: `notify.${name}`, fields })
    },
  }
}
