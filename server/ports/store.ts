/** Where facts outlive the process. Synchronous on purpose: a request leaves only after its record is on disk. */
import type { DomainRecord } from './facts.ts'
import type { HistoryEntry } from './history.ts'
import type { Outbox } from './outbox.ts'
import type { RunTrace } from './trace.ts'

/** A record that cannot be used. The file was set aside; the message says why and where, `remedy` how to have it back, without a full stop. */
export interface BrokenRecord {
  readonly domainId: string
  readonly message: string
  readonly remedy: string
}

/** Names given once and kept: entity prefixes by domain id. */
export type Prefixes = Readonly<Record<string, string>>

/** Names given once and kept while they are there: of clusters and hosts by their ids. */
export type Names = Readonly<Record<string, string>>

/** What stands at an MQTT broker and in Home Assistant because of it, by device. */
export interface Announced {
  /** Topics whose newest message the broker keeps. */
  readonly devices: Readonly<Record<string, readonly string[]>>
  /** Devices that a person deleted in Home Assistant: not announced again until that is asked for. */
  readonly deleted: readonly string[]
}

export interface Store {
  /** UUID of this installation, made on the first start. */
  readonly instance: string
  /** Every record found, and those that are broken (each set aside, never guessed at, never started over). Called once, at start. Throws a sentence where a newer version wrote one. */
  load(): { readonly records: readonly DomainRecord[]; readonly broken: readonly BrokenRecord[] }
  /**
   * Atomic and on disk (file and folder) when it returns. Throws a plain Error with a sentence for a person when it cannot; then nothing was changed.
   * What is new in the record goes into the history too; trouble there is told and does not throw.
   */
  save(record: DomainRecord): void
  /** Keeps a finished run for good, under its id; the same run again replaces it. Throws like `save`. */
  archive(record: DomainRecord): void
  /** All that happened in the runs of this installation, oldest first. Complete once `load` was called. */
  history(): readonly HistoryEntry[]
  /** What is recorded of the runs under way. */
  readonly trace: RunTrace
  prefixes(): Prefixes
  savePrefixes(prefixes: Prefixes): void
  resourceNames(): Names
  saveResourceNames(names: Names): void
  /** What is still to be told outside of Home Assistant's pages; empty where nothing ever was, or where that cannot be used. */
  outbox(): Outbox
  /** As durable as `save`, and throws like it. */
  saveOutbox(outbox: Outbox): void
  announced(): Announced
  saveAnnounced(announced: Announced): void
  /** Lets the next server have the folder. */
  close(): void
}
