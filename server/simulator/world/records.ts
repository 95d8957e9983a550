import type { Component } from '../../../shared/upgrade.ts'
import type { BundleEntry } from './catalogue.ts'
import type { DomainState } from './estate.ts'
import type { TaskRecord } from './tasks.ts'
import type { UpgradeSpec } from './upgrade-spec.ts'

/** One upgrade and its task, which share one id. */
export interface UpgradeRecord {
  readonly id: string
  readonly component: Component
  readonly bundleId: string
  readonly domain: DomainState
  /** As it was asked for. */
  readonly spec: UpgradeSpec
  readonly task: TaskRecord
}

/** What lifecycle management knows about upgrades, and what it offers instead of the next step. */
export interface UpgradeRecords {
  add(record: UpgradeRecord): void
  all(): readonly UpgradeRecord[]
  find(id: string): UpgradeRecord | undefined
  forget(id: string): void
  /** The one that runs, anywhere. */
  running(): UpgradeRecord | undefined
  /** The newest of this bundle in the domain. */
  last(domain: DomainState, bundleId: string): UpgradeRecord | undefined
  /** Domains whose inventory is being read again after an upgrade: nothing is offered meanwhile. */
  readonly syncing: Set<DomainState>
  /** Domains that are offered nothing any more, or something else. */
  readonly instead: Map<DomainState, 'nothing' | BundleEntry>
}

export function createUpgradeRecords(): UpgradeRecords {
  let records: readonly UpgradeRecord[] = []

  return {
    add(record) {
      records = [...records, record]
    },
    all: () => records,
    find: (id) => records.find((record) => record.id === id),
    forget(id) {
      records = records.filter((record) => record.id !== id)
    },
    running: () => records.find(({ task }) => task.work.state === 'running'),
    last: (domain, bundleId) => records.findLast((record) => record.domain === domain && record.bundleId === bundleId),
    syncing: new Set(),
    instead: new Map(),
  }
}
