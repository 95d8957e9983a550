/** States and changes in the short form of `subscribe_entities`. */
import type { HubChange, HubContext, HubState } from './states.ts'

type Json = Readonly<Record<string, unknown>>

export function snapshot(states: readonly HubState[]): Json {
  return { a: Object.fromEntries(states.map((state) => [state.entity_id, whole(state)])) }
}

export function compressedChange({ entity_id, before, now }: HubChange): Json {
  if (!now) return { r: [entity_id] }
  if (!before) return { a: { [entity_id]: whole(now) } }
  const added = Object.entries(now.attributes).filter(([key, value]) => JSON.stringify(before.attributes[key]) !== JSON.stringify(value))
  const gone = Object.keys(before.attributes).filter((key) => !(key in now.attributes))
  const plus = {
    ...(now.state !== before.state && { s: now.state }),
    ...(added.length > 0 && { a: Object.fromEntries(added) }),
    ...(now.lastChanged === before.lastChanged ? { lu: seconds(now.lastUpdated) } : { lc: seconds(now.lastChanged) }),
    ...contextChange(before.context, now.context),
  }
  return { c: { [entity_id]: { '+': plus, ...(gone.length > 0 && { '-': { a: gone } }) } } }
}

function whole({ state, attributes, context, lastChanged, lastUpdated }: HubState): Json {
  const nobody = context.user_id === null && context.parent_id === null
  return {
    s: state,
    a: attributes,
    c: nobody ? context.id : context,
    lc: seconds(lastChanged),
    ...(lastUpdated !== lastChanged && { lu: seconds(lastUpdated) }),
  }
}

/** Only what differs: whoever presses twice is named the first time only. */
function contextChange(before: HubContext, now: HubContext): Json {
  if (before.id === now.id) return {}
  const people = {
    ...(before.parent_id !== now.parent_id && { parent_id: now.parent_id }),
    ...(before.user_id !== now.user_id && { user_id: now.user_id }),
  }
  return { c: Object.keys(people).length === 0 ? now.id : { ...people, id: now.id } }
}

const seconds = (at: number): number => at / 1000
