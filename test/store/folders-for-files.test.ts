/** Folders in the places of files, as a copy that went wrong or a mount of a container leaves them. */
import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { managementId, recordOf } from './records.ts'
import { withFolder } from './with-folder.ts'

const sentence = (name: string) => new RegExp(`/${name}: there is a folder where a file belongs; move it away .*\\((ERR_FS_)?EISDIR\\)`)

for (const name of ['history.jsonl', 'history-head.json']) {
  test(`${name} is a folder: the server says so and works, and the history goes on once it can be read`, () =>
    withFolder(async ({ folder, open, warnings }) => {
      const first = await open()
      first.load()
      first.save(recordOf(managementId))
      const before = first.history().length
      first.close()
      rmSync(join(folder, name))
      mkdirSync(join(folder, name))

      const second = await open()
      second.load()
      second.save(recordOf(managementId, { percent: 43 }))
      second.close()
      const said = warnings.splice(0)
      rmSync(join(folder, name), { recursive: true })
      const third = await open()
      third.load()

      assert.equal(said.length, 1, said.join(' '))
      assert.match(said[0]!, sentence(name))
      assert.match(said[0]!, /Upgrades go on; nothing is added to the history until a start at which it can be read/)
      assert.ok(before > 0)
      assert.ok(third.history().filter((entry) => 'run' in entry).length >= before - 1)
    }))
}

test('installation.json is a folder: the server does not start, and says what to do', () =>
  withFolder(async ({ folder, open }) => {
    ;(await open()).close()
    rmSync(join(folder, 'installation.json'))
    mkdirSync(join(folder, 'installation.json'))

    await assert.rejects(open(), sentence('installation.json'))
  }))

test('the record of a domain is a folder: that domain halts with what to do', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    mkdirSync(join(folder, 'domains', `${managementId}.json`))

    const { broken } = store.load()

    assert.match(broken[0]!.message, sentence(`${managementId}.json`))
  }))

test('a folder in the place where a record is written is told as well', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    mkdirSync(join(folder, 'domains', `${managementId}.json.part`))

    assert.throws(() => store.save(recordOf(managementId)), sentence(`${managementId}.json`))
  }))
