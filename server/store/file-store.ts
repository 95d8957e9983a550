import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { eventsOf } from '../history/events.ts'
import type { Clock } from '../ports/clock.ts'
import type { DomainRecord } from '../ports/facts.ts'
import type { Outbox } from '../ports/outbox.ts'
import type { Announced, Names, Prefixes, Store } from '../ports/store.ts'
import { checkedRecord, runIdOf } from './checked-record.ts'
import { syncFolder, writeDurably } from './durable-file.ts'
import { wrap } from './envelope.ts'
import { fileNameOf } from './file-name.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import {
  readAnnounced,
  readInstance,
  readPrefixes,
  readResourceNames,
  writeAnnounced,
  writePrefixes,
  writeResourceNames,
} from './installation.ts'
import { openDisk } from './ledger/disk.ts'
import { type Ledger, openLedger } from './ledger/ledger.ts'
import { takeIn } from './ledger/take-in.ts'
import { expectKnownForms } from './newer.ts'
import { readOutbox, writeOutbox } from './outbox-file.ts'
import { readRecords } from './records.ts'
import { withRoom } from './room.ts'
import { openTrace, type Tracing } from './trace/trace.ts'
import { trouble } from './trouble.ts'

export interface StoreNeeds {
  /** Dates what is saved. */
  readonly clock: Pick<Clock, 'now'>
  /** Makes a UUID. */
  readonly newId: () => string
  /** Name of this machine. */
  readonly host?: string | undefined
  /** Told when a file beside the records cannot be used and was set aside. */
  readonly warn: (message: string) => void
}

/**
 * The store in a folder (made with 0700 when it is not there), readable files of its owner only:
 * `installation.json`, `prefixes.json`, `resource-names.json`, `outbox.json`, `mqtt.json`, `domains/<domain>.json`, `runs/<run>.json`,
 * `history.jsonl`, `history-head.json`,
 * `trace/<run>/`.
 *
 * @throws Error with a sentence for a person: another server works there, or the folder cannot be made, locked, read or written
 */
export async function openStore(folder: string, { clock, newId, host, warn }: StoreNeeds): Promise<Store> {
  const root = resolve(folder)
  const at = {
    ...{ domains: join(root, 'domains'), runs: join(root, 'runs') },
    ...{ prefixes: join(root, 'prefixes.json'), resourceNames: join(root, 'resource-names.json') },
    outbox: join(root, 'outbox.json'),
    announced: join(root, 'mqtt.json'),
  }
  makeFolders(root, [at.domains, at.runs])
  const lock = await lockFolder(root, newId(), host)
  try {
    expectKnownForms(root)
    const instance = readInstance(join(root, 'installation.json'), newId, warn)
    const ledger = openLedger(openDisk(root), { installation: instance, now: () => clock.now(), warn })
    const trace = openTrace(join(root, 'trace'), { now: () => clock.now(), warn })
    const known = {
      prefixes: readPrefixes(at.prefixes, warn),
      resourceNames: readResourceNames(at.resourceNames, warn),
      outbox: readOutbox(at.outbox, warn),
      announced: readAnnounced(at.announced, warn),
    }
    return storeIn(at, known, { instance, clock, lock, ledger, trace, warn })
  } catch (error) {
    lock.release()
    throw error
  }
}

interface Places {
  readonly domains: string
  readonly runs: string
  readonly prefixes: string
  readonly resourceNames: string
  readonly outbox: string
  readonly announced: string
}

interface Opening {
  readonly instance: string
  readonly clock: Pick<Clock, 'now'>
  readonly lock: FolderLock
  readonly ledger: Ledger
  readonly trace: Tracing
  readonly warn: (message: string) => void
}

function storeIn(
  at: Places,
  known: { prefixes: Prefixes; resourceNames: Names; outbox: Outbox; announced: Announced },
  { instance, clock, lock, ledger, trace, warn }: Opening,
): Store {
  /** What is surely on disk, by domain id, as it was given and in the order of the file: an unchanged record, as most are, is not even checked again. */
  const onDisk = new Map<string, readonly string[]>()
  let { prefixes, resourceNames, outbox, announced } = known
  let open = true

  const expectOpen = () => {
    if (!open) throw new Error('The store is closed; another server may have the folder now.')
    lock.expectHeld()
  }
  const write = (place: string, record: DomainRecord) => {
    expectOpen()
    const text = wrap(record, clock.now())
    try {
      withRoom(trace, () => writeDurably(place, text))
    } catch (error) {
      throw trouble(`Cannot save the record of domain ${record.domain.name} to`, place, error)
    }
  }

  return {
    instance,
    load: () => {
      const found = readRecords(at.domains)
      for (const record of found.records) onDisk.set(record.domain.id, [JSON.stringify(record)])
      takeIn(ledger, at.runs, found.records, warn)
      for (const record of found.records) {
        ledger.add(eventsOf(record))
        trace.follow(record)
      }
      return found
    },
    save: (record) => {
      const { id } = record.domain
      const given = JSON.stringify(record)
      if (open && onDisk.get(id)?.includes(given)) return
      const checked = checkedRecord(record, given)
      const content = JSON.stringify(checked)
      const unchanged = open && onDisk.get(id)?.includes(content)
      onDisk.delete(id)
      if (!unchanged) write(join(at.domains, `${fileNameOf(id)}.json`), checked)
      onDisk.set(id, [content, given])
      if (!unchanged) ledger.add(eventsOf(checked))
      trace.follow(checked)
    },
    archive: (record) => write(join(at.runs, `${fileNameOf(runIdOf(record))}.json`), checkedRecord(record)),
    history: ledger.entries,
    trace,
    prefixes: () => prefixes,
    savePrefixes: (given) => {
      expectOpen()
      if (JSON.stringify(given) === JSON.stringify(prefixes)) return
      writePrefixes(at.prefixes, given)
      prefixes = { ...given }
    },
    resourceNames: () => resourceNames,
    saveResourceNames: (given) => {
      expectOpen()
      writeResourceNames(at.resourceNames, given)
      resourceNames = { ...given }
    },
    outbox: () => outbox,
    saveOutbox: (given) => {
      expectOpen()
      outbox = writeOutbox(at.outbox, given)
    },
    announced: () => announced,
    saveAnnounced: (given) => {
      expectOpen()
      writeAnnounced(at.announced, given)
      announced = structuredClone(given)
    },
    close: () => {
      trace.close()
      if (open) lock.release()
      open = false
    },
  }
}

function makeFolders(root: string, inside: readonly string[]): void {
  try {
    const firstMade = mkdirSync(root, { recursive: true, mode: 0o700 })
    for (const folder of inside) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const changed = firstMade ? [root, dirname(root), dirname(firstMade)] : [root]
    for (const folder of [...inside, ...changed]) syncFolder(folder)
  } catch (error) {
    throw trouble('Cannot use the state folder', root, error)
  }
}
