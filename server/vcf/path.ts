import { VcfError } from './error.ts'

/**
 * A path with ids in it, each encoded: path`/v1/bundles/${id}`.
 *
 * @throws VcfError `unreadable` for an id with which the path would be another one: SDDC Manager gave it, and it names nothing
 */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  const whole = parts.reduce((start, part, at) => `${start}${encoded(ids[at - 1]!)}${part}`)
  if (!ids.some((id) => /^\.{0,2}$/.test(id))) return whole
  throw new VcfError('SDDC Manager gave something that is no id.', { kind: 'unreadable', request: parts.join('{id}'), nothingSent: true })
}

/** For a part of an address. Half characters, which JSON may hold, cannot be encoded as they are. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** The path with those members of the query that have a value. */
export function withQuery(base: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? base : `${base}?${new URLSearchParams(given)}`
}
