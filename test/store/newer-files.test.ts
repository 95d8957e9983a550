/** A start of an older server in a folder of a newer one: nothing is renamed, made anew or forgotten. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { keepFirstInstance } from '../../server/store/installation.ts'
import { managementId, recordOf } from './records.ts'
import { withFolder } from './with-folder.ts'

const newer = (text: string) => JSON.stringify({ ...JSON.parse(text), version: 2, more: 1 })
const record = `domains/${managementId}.json`
const changes: readonly (readonly [string, string, (text: string) => string])[] = [
  ...['installation.json', 'prefixes.json', 'resource-names.json', 'history-head.json', record].map(
    (name) => [`${name} of a later form`, name, newer] as const,
  ),
  ['a record with a fact that is not known here', record, (text) => text.replace('"percent": 42', '"percent": 42, "later": true')],
]

for (const [what, name, change] of changes) {
  test(`${what}: the server refuses to start, says which one to start, and touches nothing`, () =>
    withFolder(async ({ folder, open }) => {
      const first = await open()
      first.savePrefixes({ [managementId]: 'vcf_m01' })
      first.saveResourceNames({ a: 'b' })
      first.load()
      first.save(recordOf(managementId))
      first.close()
      const file = join(folder, name)
      writeFileSync(file, change(readFileSync(file, 'utf8')))
      const before = contentsOf(folder)

      await assert.rejects(
        open().then((store) => store.load()),
        (error: Error) => {
          assert.match(error.message, /was written by a newer version of this server .*Nothing was changed\. Start that version/)
          return error.message.includes(file)
        },
      )

      assert.deepEqual(contentsOf(folder), before)
    }))
}

test('the note of which SDDC Manager is the first one is left alone as well', () =>
  withFolder(async ({ folder, open, warnings }) => {
    ;(await open()).close()
    writeFileSync(join(folder, 'first-instance.json'), '{"version":2,"first":"berlin"}')

    assert.throws(
      () => keepFirstInstance(folder, 'berlin', ['berlin'], (message) => warnings.push(message)),
      /newer version .*Start that version/,
    )
    assert.deepEqual(warnings, [])
    assert.equal(readFileSync(join(folder, 'first-instance.json'), 'utf8'), '{"version":2,"first":"berlin"}')
  }))

function contentsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return Object.fromEntries(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]))
}
