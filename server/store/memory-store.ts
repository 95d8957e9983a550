import type { DomainRecord } from '../ports/facts.ts'
import type { Prefixes, Store } from '../ports/store.ts'
import { checkedRecord, runIdOf } from './checked-record.ts'

export interface MemoryStore extends Store {
  /** Finished runs kept so far, by run id. */
  readonly runs: ReadonlyMap<string, DomainRecord>
}

/** The store without a disk: lasts as long as the object, so giving it to a new fleet is a restart. Checks and copies what it takes as the one on disk does. */
export function createMemoryStore(instance: string): MemoryStore {
  const records = new Map<string, DomainRecord>()
  const runs = new Map<string, DomainRecord>()
  let prefixes: Prefixes = {}
  return {
    instance,
    runs,
    load: () => ({ records: [...records.values()].map(checkedRecord), broken: [] }),
    save: (record) => void records.set(record.domain.id, checkedRecord(record)),
    archive: (record) => void runs.set(runIdOf(record), checkedRecord(record)),
    prefixes: () => prefixes,
    savePrefixes: (given) => {
      prefixes = { ...given }
    },
    close: () => {},
  }
}
