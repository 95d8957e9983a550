import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}SECURITY.md`, 'utf8')

test('every proof that SECURITY.md names is there, and every row of its first table names one', () => {
  const named = [...page.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => path!)
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes(' | ') && !line.startsWith('| Whoever'))
  const claims = rows.slice(
    0,
    rows.findIndex((line) => line.startsWith('| Role')),
  )

  assert.ok(named.length > 15, `${named.length}`)
  assert.deepEqual(
    named.filter((path) => !existsSync(root + path)),
    [],
  )
  assert.ok(claims.length >= 10, `${claims.length}`)
  for (const claim of claims) assert.match(claim, /`test\/[^`]+` \|$/, claim)
})

test('every request that changes something at SDDC Manager is listed in SECURITY.md with what it is for', () => {
  const requests = globSync('server/vcf/*.ts', { cwd: root }).flatMap((file) => {
    const source = readFileSync(root + file, 'utf8')
    return [...source.matchAll(/\bwrite\('(POST|PATCH|DELETE)', ([^,)]+)/g)].map(
      ([, method, place]) => `${method} ${placeOf(place!, source)}`,
    )
  })
  const listed = page
    .replaceAll('`DELETE` of the same', '`DELETE /v1/releases/domains/{id}`')
    .match(/`(POST|PATCH|DELETE) \/v1\/[^`]+`/g)!
    .map((one) => one.slice(1, -1))
  const queries = listed.filter((one) => /\/queries$|\/v1\/tokens/.test(one))

  assert.ok(requests.length >= 7, requests.join())
  assert.deepEqual([...new Set(requests)].sort(), listed.filter((one) => !queries.includes(one)).sort())
})

/** The path in a call of `write`, or in the constant that it names; ids as the documents write them. */
function placeOf(expression: string, source: string): string {
  const literal = /^(?:path)?[`'](.+)[`']$/.exec(expression.trim())?.[1]
  const path = literal ?? new RegExp(`const ${expression.trim()} = (?:path)?[\`'](.+?)[\`']`).exec(source)?.[1]
  assert.ok(path, `what is ${expression}?`)
  return path.replaceAll(/\$\{\w+\}/g, '{id}')
}
