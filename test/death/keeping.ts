import type { DomainRecord } from '../../server/ports/facts.ts'
import type { Store } from '../../server/ports/store.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { type Circumstances, lostFacts } from './growth.ts'

/** The disk. It outlives processes, and watches that what is on it only grows. */
export interface Keeping {
  readonly store: Store
  /** How often something on it changed. */
  readonly changes: number
  record(domain: string): DomainRecord | undefined
  /** Whether an upgrade with this bundle was requested and has not ended. */
  isRequested(bundleId: string): boolean
}

export interface KeepingNeeds {
  readonly retries: () => number
  readonly wasSent: Circumstances['wasSent']
  readonly succeeded: (record: DomainRecord) => void
  readonly complain: (text: string) => void
}

export function createKeeping({ retries, wasSent, succeeded, complain }: KeepingNeeds): Keeping {
  const memory = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const last = new Map<string, { readonly record: DomainRecord; readonly text: string; readonly retries: number }>()
  let changes = 0
  return {
    store: {
      ...memory,
      save(record) {
        const text = JSON.stringify(record)
        const known = last.get(record.domain.name)
        if (known?.text === text) return
        memory.save(record)
        changes++
        const since = { retries: retries() - (known?.retries ?? 0), wasSent, wasArchived: (id: string) => memory.runs.has(id) }
        if (known) for (const loss of lostFacts(known.record, record, since)) complain(loss)
        if (record.facts.run?.finished?.outcome === 'successfully_completed' && !known?.record.facts.run?.finished) succeeded(record)
        last.set(record.domain.name, { record, text, retries: retries() })
      },
      archive(record) {
        memory.archive(record)
        changes++
      },
    },
    get changes() {
      return changes
    },
    record: (domain) => last.get(domain)?.record,
    isRequested: (bundleId) =>
      [...last.values()].some(({ record }) => {
        const step = record.facts.run?.steps.at(-1)
        return step?.request.bundleId === bundleId && step.requestedAt !== undefined && step.outcome === undefined
      }),
  }
}
