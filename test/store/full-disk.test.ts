/** What is recorded for later gives way to the facts, without which an upgrade halts. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { failingDisk } from '../support/failing-disk.ts'
import { managementId, recordOf } from './records.ts'
import { withFolder } from './with-folder.ts'

const exchange = { at: 0, method: 'GET', path: '/v1/tasks', status: 200, took: 3 }

for (const code of ['ENOSPC', 'EDQUOT']) {
  test(`${code}: the trace is dropped, the record is saved, and nothing is recorded any more in this run`, () =>
    withFolder(async ({ folder, open, warnings }) => {
      const store = await open()
      store.save(recordOf(managementId))
      store.trace.request(exchange)
      const trace = join(folder, 'trace')
      const isFull = () => existsSync(trace)
      assert.ok(isFull())
      const disk = failingDisk(folder, {
        ...{ nth: 0, code, lasting: true },
        which: (call, path) => call === 'writeFileSync' && path.includes('domains') && isFull(),
      })
      try {
        store.save(recordOf(managementId, { percent: 50 }))
        store.trace.request(exchange)
        store.save(recordOf(managementId, { percent: 51 }))
      } finally {
        disk.restore()
      }

      assert.equal(isFull(), false)
      assert.equal(store.load().records[0]?.facts.run?.percent, 51)
      assert.equal(warnings.length, 1, warnings.join(' '))
      assert.match(warnings[0]!, /trace: .*\. The requests to SDDC Manager that were recorded there were deleted to make room/)
    }))
}

test('where that makes no room the sentence about the full disk is told as before', () =>
  withFolder(async ({ folder, open }) => {
    const store = await open()
    store.save(recordOf(managementId))
    const disk = failingDisk(folder, {
      nth: 0,
      code: 'ENOSPC',
      lasting: true,
      which: (call, path) => call === 'writeFileSync' && path.includes('domains'),
    })
    try {
      assert.throws(() => store.save(recordOf(managementId, { percent: 50 })), /the disk is full; make room on it \(ENOSPC\)/)
    } finally {
      disk.restore()
    }
  }))
