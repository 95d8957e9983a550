import { readdirSync } from 'node:fs'
import { posix } from 'node:path'

const folders = ['bin', 'card', 'demo', 'docs', 'server', 'shared', 'test']
const code = /\.(ts|js|mjs)$/

/** Every file of code in the repository, from its top, built ones excepted. */
export function codeFiles(root: string): readonly string[] {
  const atTop = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  const below = folders.flatMap((folder) =>
    readdirSync(posix.join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join(posix.relative(root, entry.parentPath), entry.name)),
  )
  return [...atTop.map(({ name }) => name), ...below].filter((path) => code.test(path)).sort()
}

export function isTest(path: string): boolean {
  return path.startsWith('test/')
}

/** Settings of tools at the top: they import their tools. */
export function isToolSetting(path: string): boolean {
  return !path.includes('/')
}
