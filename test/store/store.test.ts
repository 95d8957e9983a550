/** One contract, both stores. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Store } from '../../server/ports/store.ts'
import { openStore } from '../../server/store/file-store.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { StepClock } from '../support/step-clock.ts'
import { managementId, recordOf, workloadId } from './records.ts'

interface Kind {
  readonly name: string
  open(): Promise<Store>
  /** What a restart of the server is to this store. */
  reopen(store: Store): Promise<Store>
  done(): void
}

function onDisk(): Kind {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const opened: Store[] = []
  const open = async () => {
    opened.push(await openStore(folder, { clock: new StepClock(), newId: () => crypto.randomUUID(), warn: assert.fail }))
    return opened.at(-1)!
  }
  return {
    name: 'file',
    open,
    reopen: (store) => {
      store.close()
      return open()
    },
    done: () => {
      for (const store of opened) store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function inMemory(): Kind {
  return { name: 'memory', open: async () => createMemoryStore('instance-1'), reopen: async (store) => store, done: () => {} }
}

for (const kindOf of [onDisk, inMemory]) {
  const promise = (name: string, run: (store: Store, kind: Kind) => Promise<void>) => {
    const kind = kindOf()
    test(`${kind.name} store: ${name}`, async () => {
      const store = await kind.open()
      try {
        await run(store, kind)
      } finally {
        kind.done()
      }
    })
  }

  promise('begins empty, with an id of its own', async (store) => {
    const found = store.load()

    assert.deepEqual(found, { records: [], broken: [] })
    assert.deepEqual(store.prefixes(), {})
    assert.match(store.instance, /.+/)
  })

  promise('what was saved is there after a restart, each domain for itself', async (store, kind) => {
    store.save(recordOf(managementId))
    store.save(recordOf(workloadId, { percent: 7 }))
    store.save(recordOf(managementId, { percent: 43 }))

    const found = (await kind.reopen(store)).load()

    assert.deepEqual(found, { records: [recordOf(managementId, { percent: 43 }), recordOf(workloadId, { percent: 7 })], broken: [] })
  })

  promise('the installation keeps its id and its names', async (store, kind) => {
    const before = store.instance
    store.savePrefixes({ [managementId]: 'vcf_m01' })
    store.savePrefixes({ [managementId]: 'vcf_m01', [workloadId]: 'vcf_w01' })

    const after = await kind.reopen(store)

    assert.equal(after.instance, before)
    assert.deepEqual(after.prefixes(), { [managementId]: 'vcf_m01', [workloadId]: 'vcf_w01' })
  })

  promise('a kept run is not a record: the domain starts without it', async (store, kind) => {
    store.archive(recordOf(managementId))
    store.archive(recordOf(managementId, { percent: 100 }))

    const found = (await kind.reopen(store)).load()

    assert.deepEqual(found.records, [])
  })

  promise('later changes to a saved object are not saved', async (store, kind) => {
    const record = recordOf(managementId)
    store.save(record)
    ;(record.facts.log as unknown[]).push('changed afterwards')

    const found = (await kind.reopen(store)).load()

    assert.deepEqual(found.records, [recordOf(managementId)])
  })

  promise('a record that could not be read back is refused, and the last good one stays', async (store, kind) => {
    store.save(recordOf(managementId))

    assert.throws(() => store.save(recordOf(managementId, { percent: Number.NaN })), /vcf-m01 cannot be saved.*facts\.run\.percent/)
    assert.throws(() => store.archive(recordOf(managementId, { percent: Number.NaN })), /facts\.run\.percent/)

    assert.deepEqual((await kind.reopen(store)).load().records, [recordOf(managementId)])
  })

  promise('a domain without a run has nothing to keep', async (store) => {
    const { domain, facts } = recordOf(managementId)

    assert.throws(() => store.archive({ domain, facts: { phase: facts.phase, log: [] } }), /has no run to keep/)
  })
}
