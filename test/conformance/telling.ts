import { globSync } from 'node:fs'
import { readSource } from '../architecture/source.ts'

/** Where what is said between client and data centre is told to whoever listens. */
const tellers = ['server/simulator/server.ts', 'test/vcf/fixture.ts']

const code = /\.(ts|js|mjs)$/

/** The files of tests that start a data centre, found by what they import: of the others there is nothing to check. */
export function testsThatTell(root: string): readonly string[] {
  const known = new Map<string, readonly string[]>()

  function importsOf(path: string): readonly string[] {
    const imports =
      known.get(path) ??
      readSource(root, path)
        .imports.filter(({ ours, typesOnly, to }) => ours && !typesOnly && code.test(to))
        .map(({ to }) => to)
    known.set(path, imports)
    return imports
  }

  function tells(file: string): boolean {
    const reached = new Set([file])
    for (const path of reached) {
      for (const next of importsOf(path)) reached.add(next)
    }
    return tellers.some((teller) => reached.has(teller))
  }

  return globSync('test/**/*.test.ts', { cwd: root }).sort().filter(tells)
}
