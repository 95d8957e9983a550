import { eventsOf } from '../history/events.ts'
import type { DomainRecord } from '../ports/facts.ts'
import type { Outbox } from '../ports/outbox.ts'
import type { Announced, Names, Prefixes, Store } from '../ports/store.ts'
import { checkedRecord, runIdOf } from './checked-record.ts'
import { openLedger } from './ledger/ledger.ts'
import { memoryDisk } from './ledger/memory-disk.ts'
import { checkedOutbox } from './outbox-file.ts'

export interface MemoryStore extends Store {
  /** Finished runs kept so far, by run id. */
  readonly runs: ReadonlyMap<string, DomainRecord>
}

/** The store without a disk: lasts as long as the object, so giving it to a new fleet is a restart. Checks and copies what it takes as the one on disk does. */
export function createMemoryStore(instance: string): MemoryStore {
  const records = new Map<string, DomainRecord>()
  const saved = new Map<string, string>()
  const runs = new Map<string, DomainRecord>()
  const ledger = openLedger(memoryDisk(), { installation: instance, now: () => 0, warn: cannotHappen })
  let prefixes: Prefixes = {}
  let names: Names = {}
  let outbox: Outbox = {}
  let announced: Announced = { devices: {}, deleted: [] }
  return {
    instance,
    runs,
    load: () => ({ records: [...records.values()].map((record) => checkedRecord(record)), broken: [] }),
    save: (record) => {
      const content = JSON.stringify(record)
      if (saved.get(record.domain.id) === content) return
      const checked = checkedRecord(record, content)
      records.set(record.domain.id, checked)
      saved.set(record.domain.id, content)
      ledger.add(eventsOf(checked))
    },
    archive: (record) => void runs.set(runIdOf(record), checkedRecord(record)),
    history: ledger.entries,
    trace: { request: () => {}, task: () => {}, about: () => {} },
    prefixes: () => prefixes,
    savePrefixes: (given) => {
      prefixes = { ...given }
    },
    resourceNames: () => names,
    saveResourceNames: (given) => {
      names = { ...given }
    },
    outbox: () => outbox,
    saveOutbox: (given) => {
      outbox = checkedOutbox(given)
    },
    announced: () => announced,
    saveAnnounced: (given) => {
      announced = structuredClone(given)
    },
    close: () => {},
  }
}

function cannotHappen(message: string): never {
  throw new Error(message)
}
