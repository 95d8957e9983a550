import { spellingsOf } from '../../shared/secret-spellings.ts'

const hidden = '***'

/** Names of fields that hold a secret. VCF's reference token is none: support asks for it. */
const secretName = /passw|secret|authorization|cookie|credential|^token$|(access|refresh|bearer|api|id)[-_]?token|api[-_]?key/i

const deepest = 6

export type Mask = (value: unknown) => unknown

/**
 * A copy of any value in which nothing secret is left: values of fields with secret names, and the given secrets wherever they stand, also as URLs, JSON and
 * Basic authentication write them. Errors become what they say, with their own fields and their cause.
 *
 * @param stacks whether errors keep their stack
 */
export function createMask(secrets: readonly string[], { stacks }: { readonly stacks: boolean }): Mask {
  const needles = [...new Set(secrets.filter((secret) => secret !== '').flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  const inText = (text: string) => needles.reduce((masked, needle) => masked.replaceAll(needle, hidden), text)

  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return inText(value)
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return inText(String(value))
    if (typeof value !== 'object' || value === null) return value
    if (depth >= deepest) return '…'
    if (value instanceof Date) return value.toJSON()
    if (value instanceof Map) return copy([...value], depth)
    if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
    if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map((one) => copy(one, depth + 1))
    return Object.fromEntries(
      entries(value, stacks).map(([name, one]) => [inText(name), secretName.test(name) ? hidden : copy(one, depth + 1)]),
    )
  }
  return (value) => copy(value, 0)
}

function entries(value: object, stacks: boolean): [string, unknown][] {
  const own = Object.entries(value)
  if (!(value instanceof Error)) return own
  const { name, message, cause, stack } = value
  const several = value instanceof AggregateError && { errors: value.errors }
  const said = { name, message, ...Object.fromEntries(own), ...several, ...(cause !== undefined && { cause }), ...(stacks && { stack }) }
  return Object.entries(said)
}
