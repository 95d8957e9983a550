import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { Store } from '../../server/ports/store.ts'
import { failingDisk } from '../support/failing-disk.ts'
import { managementId, recordOf, workloadId } from './records.ts'
import { withFolder } from './with-folder.ts'

/** Every kind of file is written, some twice. */
const deeds: readonly ((store: Store) => void)[] = [
  (store) => store.save(recordOf(managementId)),
  (store) => store.save(recordOf(workloadId)),
  (store) => store.save(recordOf(managementId, { percent: 50 })),
  (store) => store.archive(recordOf(managementId, { percent: 50 })),
  (store) => store.savePrefixes({ [managementId]: 'vcf_m01' }),
  (store) => store.savePrefixes({ [managementId]: 'vcf_m01', [workloadId]: 'vcf_w01' }),
]

/** What a person reads for each way in which a disk fails: what, where, and what to do. */
const remedies: Readonly<Record<string, RegExp>> = {
  ENOSPC: /the disk is full; make room on it \(ENOSPC\)/,
  EDQUOT: /the disk quota is used up; make room or raise it \(EDQUOT\)/,
  EROFS: /it is read-only; mount it writable or name another folder in STATE_DIR \(EROFS\)/,
  EACCES: /give it to the user that runs the server, or name another folder in STATE_DIR \(EACCES\)/,
  EIO: /the disk does not work; look at its health \(EIO\)/,
}

async function trouble(act: () => unknown): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error instanceof Error && error.constructor === Error ? error.message : `no sentence: ${String(error)}`
  }
}

test('whatever call that writes fails, in whatever way, once or for good: one sentence with the remedy, nothing lost, and on when it is mended', async (context) => {
  const codes = Object.keys(remedies)
  let calls = 0
  while (await withOneFault(calls, codes[calls % codes.length]!, calls % 2 === 1)) calls++
  context.diagnostic(`${calls} calls`)
  assert.ok(calls > 60, `${calls}`)
})

async function withOneFault(nth: number, code: string, lasting: boolean): Promise<boolean> {
  let reached = false
  await withFolder(async ({ folder, open, warnings }) => {
    const disk = failingDisk(folder, { nth, code, lasting })
    try {
      const told: string[] = []
      const done = new Set<number>()
      let store: Store | undefined
      const opened = await trouble(async () => {
        store = await open()
        store.load()
      })
      if (opened) told.push(opened)
      for (const [at, deed] of store ? deeds.entries() : []) {
        const said = await trouble(() => deed(store!))
        if (said === undefined) done.add(at)
        else told.push(said)
      }
      reached = disk.failed !== undefined
      // Only trouble with the history may be told without stopping anything, or a folder whose list of names could not be put on disk.
      if (reached) assert.ok(told.length + warnings.length > 0, `nobody was told of ${disk.failed}`)
      for (const message of [...told, ...warnings]) assert.match(message, remedies[code]!, `${disk.failed}: ${message}`)
      disk.mend()

      // What is said to be on disk is there after a restart, whole; what was not may be the old or the new.
      store?.close()
      const again = await open()
      const { records, broken } = again.load()
      assert.deepEqual(broken, [], disk.failed)
      const percent = (id: string) => records.find(({ domain }) => domain.id === id)?.facts.run?.percent
      if (done.has(2)) assert.equal(percent(managementId), 50, disk.failed)
      else if (done.has(0)) assert.ok([42, 50].includes(percent(managementId)!), disk.failed)
      if (done.has(1)) assert.equal(percent(workloadId), 42, disk.failed)
      if (done.has(5)) assert.deepEqual(Object.keys(again.prefixes()).sort(), [managementId, workloadId].sort(), disk.failed)
      for (const deed of deeds) deed(again)
      assert.deepEqual(again.load().records.length, 2)
      assert.deepEqual(
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /part|broken/.test(name)),
        [],
        disk.failed,
      )
      again.close()
    } finally {
      disk.restore()
    }
  })
  return reached
}

test('a disk that cannot be read is told by the file, and no record is taken for lost', () =>
  withFolder(async ({ folder, open, warnings }) => {
    const before = await open()
    for (const deed of deeds) deed(before)
    before.close()
    for (const code of ['EIO', 'EACCES']) {
      let reached = true
      for (let nth = 0; reached; nth++) {
        const disk = failingDisk(folder, { nth, code, which: (call) => call === 'readFileSync' || call === 'readdirSync' })
        try {
          const store = await open().catch((error: Error) => error)
          const said = store instanceof Error ? store.message : await loaded(store)
          if (!(store instanceof Error)) store.close()
          reached = disk.failed !== undefined
          if (reached) assert.match(said ?? warnings.splice(0).at(-1) ?? 'nothing was told', remedies[code]!, disk.failed)
        } finally {
          disk.restore()
        }
      }
    }

    const { records, broken } = (await open()).load()

    assert.equal(records.length, 2)
    assert.deepEqual(broken, [])
    assert.deepEqual(readdirSync(join(folder, 'domains')).length, 2, 'nothing was set aside because it could not be read for once')
  }))

async function loaded(store: Store): Promise<string | undefined> {
  let broken: readonly { message: string }[] = []
  const said = await trouble(() => {
    broken = store.load().broken
  })
  return said ?? broken[0]?.message
}
