import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = globSync(['*.md', 'docs/*.md', 'app/*.md'], { cwd: root }).sort()

for (const page of pages) {
  test(`every link in ${page} leads to what is there`, () => {
    for (const link of linksIn(read(page))) {
      const [path, anchor] = link.split('#') as [string, string?]
      const target = path === '' ? page : join(dirname(page), path)
      assert.ok(existsSync(join(root, target)), `${link}: there is no ${target}`)
      if (anchor !== undefined) assert.ok(anchorsOf(read(target)).includes(anchor), `${link}: ${target} has no such heading`)
    }
  })
}

test('every page of docs can be reached from the README', () => {
  const reached = new Set(['README.md'])
  for (const page of reached)
    for (const link of linksIn(read(page))) {
      const path = link.split('#')[0]!
      if (path.endsWith('.md')) reached.add(join(dirname(page), path))
    }

  assert.deepEqual(
    globSync('docs/*.md', { cwd: root }).filter((page) => !reached.has(page)),
    [],
  )
})

function read(page: string): string {
  return statSync(join(root, page)).isFile() ? readFileSync(join(root, page), 'utf8') : ''
}

/** Without those that lead out of the repository. */
function linksIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link))
}

/** As GitHub names the headings of a page. */
function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '')
}
