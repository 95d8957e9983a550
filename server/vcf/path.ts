/** A path with ids in it, each encoded: path`/v1/bundles/${id}`. */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.reduce((whole, part, at) => `${whole}${encodeURIComponent(ids[at - 1]!)}${part}`)
}

/** The path with those members of the query that have a value. */
export function withQuery(base: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? base : `${base}?${new URLSearchParams(given)}`
}
