import type { Source } from './source.ts'

export const lineLimit = 200
const banned = /^(manager|service|helper|util|data|info|handle|process)s?$/

/** Sentences about files that are too long. */
export function tooLong(sources: readonly Source[]): readonly string[] {
  return sources.filter(({ lines }) => lines > lineLimit).map(({ path, lines }) => `${path} has ${lines} lines, more than ${lineLimit}`)
}

/** Sentences about files and folders named by a word that says nothing. SDDC Manager is a name. */
export function emptyNames(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const words = path
      .replaceAll(/sddc-?manager/gi, '')
      .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z]+/)
    const word = words.find((one) => banned.test(one))
    return word ? [`${path} is named "${word}": name it by what it is about`] : []
  })
}

/** Sentences about code of server and shared that reads the clock, waits, or rolls dice by itself. */
export function ownTime(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => /^(server|shared)\//.test(path) && path !== 'server/main.ts')
    .flatMap(({ path, impure }) => impure.map((use) => `${path} uses ${use}: time, chance and ids come in from server/main.ts`))
}

/** Sentences about files that import each other in a circle, types included. */
export function circles(sources: readonly Source[]): readonly string[] {
  const next = new Map(sources.map(({ path, imports }) => [path, imports.filter(({ ours }) => ours).map(({ to }) => to)]))
  const finished = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const seen = trail.indexOf(path)
    if (seen >= 0) found.push(`import circle: ${[...trail.slice(seen), path].join(' → ')}`)
    if (seen >= 0 || finished.has(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    finished.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return found
}
