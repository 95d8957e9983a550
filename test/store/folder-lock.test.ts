import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { firstLine } from '../package/run.ts'
import { managementId, recordOf } from './records.ts'
import { withFolder } from './with-folder.ts'

const program = fileURLToPath(new URL('./second-server.ts', import.meta.url))

const locksIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.lock'))

test('a second server on the same folder is refused by name of the folder; a killed one no longer counts', () =>
  withFolder(async ({ folder, open }) => {
    const other = await anotherServer(folder)

    await assert.rejects(open(), (error: Error) => {
      assert.match(
        error.message,
        /Another server is already working in the state folder .*state\. Stop it first, or give this one a STATE_DIR of its own\./,
      )
      return error.message.includes(folder)
    })
    other.kill('SIGKILL')
    await once(other, 'exit')
    const store = await open()

    store.save(recordOf(managementId))
    assert.equal(locksIn(folder).length, 1)
  }))

test('a server that hangs still counts', () =>
  withFolder(async ({ folder, open }) => {
    const other = await anotherServer(folder)
    other.kill('SIGSTOP')

    await assert.rejects(open(), /Another server/)

    other.kill('SIGKILL')
    await once(other, 'exit')
  }))

test('closing lets the next one in and leaves nothing behind', () =>
  withFolder(async ({ folder, open }) => {
    const first = await open()
    await assert.rejects(open(), /Another server/)

    first.close()
    const left = locksIn(folder)
    const second = await open()

    assert.deepEqual(left, [])
    assert.ok(second)
  }))

test('of many that start together never two go on', () =>
  withFolder(async ({ folder, open }) => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => open()))

    assert.ok(tries.filter(({ status }) => status === 'fulfilled').length <= 1)
    assert.ok(locksIn(folder).length <= 1)
  }))

test('who has the folder is named by its machine', () =>
  withFolder(async ({ folder, open }) => {
    await open(folder, 'rack-2.example.org')

    await assert.rejects(open(folder, 'rack-3'), /Another server on rack-2\.example\.org is already working in the state folder/)
  }))

test('whose lock was removed writes nothing any more once another server has taken the folder, and says where that is', () =>
  withFolder(async ({ folder, open }) => {
    const first = await open(folder, 'rack-2')
    first.save(recordOf(managementId))
    for (const name of locksIn(folder)) rmSync(join(folder, name))
    first.save(recordOf(managementId, { percent: 43 }))

    const second = await open(folder, 'rack-3')
    second.load()

    assert.throws(
      () => first.save(recordOf(managementId, { percent: 44 })),
      /Another server on rack-3 has taken the state folder .*, because the lock of this one was removed\. Stop both, then start one/,
    )
    assert.throws(() => first.savePrefixes({ a: 'vcf_a' }), /has taken the state folder/)
    second.save(recordOf(managementId, { percent: 45 }))
    assert.equal(second.load().records[0]?.facts.run?.percent, 45)
  }))

test('a folder with a path too long for a socket is locked as well', () =>
  withFolder(async ({ folder, open }) => {
    const deep = join(folder, 'd'.repeat(120))
    const first = await open(deep)

    await assert.rejects(open(deep), /Another server/)

    first.close()
    assert.deepEqual(locksIn(deep), [])
    ;(await open(deep)).save(recordOf(managementId))
  }))

test('a disk that fills up in the middle of a record is an error, and the record before stays whole', () =>
  withFolder(async ({ folder, open }) => {
    const other = spawn('bash', ['-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, program, folder, 'fill'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines: string[] = []
    for await (const line of createInterface(other.stdout)) lines.push(line)

    const found = (await open()).load()

    assert.match(lines.join('\n'), /Cannot save the record of domain vcf-m01 to .*: the file would be larger than this machine allows/)
    assert.deepEqual(found, { records: [recordOf(managementId)], broken: [] })
    assert.deepEqual(readdirSync(join(folder, 'domains')), [`${managementId}.json`])
  }))

async function anotherServer(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  assert.equal(await firstLine(child), 'open')
  return child
}
