/** Places in a JSON value where something can be put instead. */
type Json = Record<string, unknown> | unknown[]

export interface Slot {
  readonly value: unknown
  put(value: unknown): void
  remove(): void
}

/** At most so many: every later one is like an earlier one. */
const most = 2_000

/** A copy of the value in `root.value`, and each of its places, the whole first. */
export function slotsOf(value: unknown): { readonly root: { value: unknown }; readonly slots: readonly Slot[] } {
  const root = { value: structuredClone(value) }
  const slots: Slot[] = []
  const open: { parent: Json; key: string | number }[] = [{ parent: root, key: 'value' }]
  for (let next = open.shift(); next && slots.length < most; next = open.shift()) {
    const { parent, key } = next
    const held = (parent as Record<string | number, unknown>)[key]
    slots.push({
      value: held,
      put: (other) => void Reflect.set(parent, key, other),
      remove: () => void (Array.isArray(parent) ? parent.splice(Number(key), 1) : Reflect.deleteProperty(parent, key)),
    })
    if (Array.isArray(held)) open.push(...held.map((_, at) => ({ parent: held, key: at })))
    else if (typeof held === 'object' && held !== null)
      open.push(...Object.keys(held).map((name) => ({ parent: held as Record<string, unknown>, key: name })))
  }
  return { root, slots }
}
