/** What Home Assistant calls helpers: `input_button` and `input_boolean`, made over websocket and kept over restarts. */
import { transliterate } from 'transliteration'
import { Refusal } from './refusal.ts'
import type { Registry } from './registry.ts'
import { type HubContext, newContext, type States } from './states.ts'
import { type HubClock, isoTime } from './time.ts'

export const inputKinds = ['input_button', 'input_boolean'] as const
export type InputKind = (typeof inputKinds)[number]

export interface InputItem {
  readonly id: string
  readonly name: string
  readonly icon?: string
}

export interface Inputs {
  list(kind: InputKind): readonly InputItem[]
  create(kind: InputKind, fields: { readonly name: string; readonly icon?: string }): InputItem
  update(kind: InputKind, id: string, fields: { readonly name: string; readonly icon?: string }): InputItem
  remove(kind: InputKind, id: string): void
  press(entityId: string, context: HubContext): void
  turn(entityId: string, on: boolean | 'toggle', context: HubContext): void
  /** Called when the registry renamed an entity: its state moves along. */
  moved(from: string, to: string): void
  /** After a restart: buttons and switches have the state that they had. */
  restore(): void
}

export function createInputs(states: States, registry: Registry, now: HubClock): Inputs {
  const items: Record<InputKind, Map<string, InputItem>> = { input_button: new Map(), input_boolean: new Map() }
  const last = new Map<string, string>()
  const emptyState: Record<InputKind, string> = { input_button: 'unknown', input_boolean: 'off' }

  const found = (kind: InputKind, id: string): InputItem => {
    const item = items[kind].get(id)
    if (!item) throw new Refusal('not_found', `Unable to find ${kind}_id ${id}`)
    return item
  }

  function show(kind: InputKind, { id, name, icon }: InputItem, state: string, context: HubContext): void {
    const entry = registry.byUniqueId(kind, id) ?? registry.add(kind, id, `${kind}.${slug(name)}`, name)
    last.set(`${kind} ${id}`, state)
    states.set(entry.entity_id, state, { editable: true, ...(icon && { icon }), friendly_name: entry.name ?? name }, context)
  }

  function itemOf(entityId: string): [InputKind, InputItem] | undefined {
    const entry = registry.byEntityId(entityId)
    const kind = inputKinds.find((one) => one === entry?.platform)
    const item = kind && entry && items[kind].get(entry.unique_id)
    return kind && item && [kind, item]
  }

  return {
    list: (kind) => [...items[kind].values()],

    create(kind, { name, icon }) {
      let id = slug(name)
      for (let attempt = 2; items[kind].has(id); attempt++) id = `${slug(name)}_${attempt}`
      const item = { id, name, ...(icon && { icon }) }
      items[kind].set(id, item)
      show(kind, item, emptyState[kind], newContext())
      return item
    },

    update(kind, id, { name, icon }) {
      found(kind, id)
      const item = { id, name, ...(icon && { icon }) }
      items[kind].set(id, item)
      show(kind, item, last.get(`${kind} ${id}`) ?? emptyState[kind], newContext())
      return item
    },

    remove(kind, id) {
      found(kind, id)
      items[kind].delete(id)
      last.delete(`${kind} ${id}`)
      const entry = registry.byUniqueId(kind, id)
      registry.remove(kind, id)
      if (entry) states.remove(entry.entity_id)
    },

    press(entityId, context) {
      const [kind, item] = itemOf(entityId) ?? []
      if (kind === 'input_button' && item) show(kind, item, isoTime(now()), context)
    },

    turn(entityId, on, context) {
      const [kind, item] = itemOf(entityId) ?? []
      if (kind !== 'input_boolean' || !item) return
      const wanted = on === 'toggle' ? last.get(`${kind} ${item.id}`) !== 'on' : on
      show(kind, item, wanted ? 'on' : 'off', context)
    },

    moved(from, to) {
      const [kind, item] = itemOf(to) ?? []
      if (!kind || !item) return
      states.remove(from)
      show(kind, item, last.get(`${kind} ${item.id}`) ?? emptyState[kind], newContext())
    },

    restore() {
      for (const kind of inputKinds) {
        for (const item of items[kind].values()) show(kind, item, last.get(`${kind} ${item.id}`) ?? emptyState[kind], newContext())
      }
    },
  }
}

/** As Home Assistant makes an id of a name. */
function slug(name: string): string {
  const words = transliterate(name)
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return words?.join('_') ?? 'unknown'
}
