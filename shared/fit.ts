import { attributeBudget } from './attributes.ts'
import { byteLength } from './findings.ts'

/** Bytes of the attributes as Home Assistant's recorder counts them. */
export function attributeBytes(attributes: object): number {
  return byteLength(JSON.stringify(attributes))
}

/** The attributes after as few of the reductions, in their order, as make them fit the recorder; each takes the outcome of the one before. */
export function fit<Attributes extends object>(
  attributes: Attributes,
  reductions: readonly ((attributes: Attributes) => Attributes)[],
): Attributes {
  let fitted = attributes
  for (const reduce of reductions) {
    if (attributeBytes(fitted) <= attributeBudget) return fitted
    fitted = reduce(fitted)
  }
  return fitted
}

/** As many of the items, from the first, as fit into `bytes` of JSON. */
export function firstThatFit<Item>(items: readonly Item[], bytes: number): Item[] {
  let room = bytes
  const end = items.findIndex((item) => {
    room -= byteLength(JSON.stringify(item)) + 1
    return room < 0
  })
  return items.slice(0, end < 0 ? items.length : end)
}
