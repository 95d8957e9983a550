import type { DomainNews, NewsItem, NewsPurpose, Outbox } from '../ports/outbox.ts'
import type { Store } from '../ports/store.ts'
import { onlyFor } from './outbox.ts'

export interface Entry {
  readonly domainId: string
  readonly purpose: NewsPurpose
  readonly item: NewsItem
}

/** What is still to be told, on disk with each change. */
export interface OutboxBook {
  of(domainId: string): DomainNews | undefined
  entries(): readonly Entry[]
  keep(domainId: string, news: DomainNews): void
  put(domainId: string, purpose: NewsPurpose, item: NewsItem): void
}

export interface BookNeeds {
  readonly targets: readonly string[]
  readonly store: Pick<Store, 'outbox' | 'saveOutbox'>
  readonly log: { error(message: string, fields?: object): void }
  readonly changed: () => void
}

export function openOutboxBook({ targets, store, log, changed }: BookNeeds): OutboxBook {
  let outbox: Outbox = onlyFor(targets, store.outbox())

  function keep(domainId: string, news: DomainNews): void {
    if (news === outbox[domainId]) return
    outbox = { ...outbox, [domainId]: news }
    try {
      store.saveOutbox(outbox)
    } catch (error) {
      log.error('What NOTIFY told is not on disk; after a restart it may be told again', { error })
    }
    changed()
  }

  return {
    of: (domainId) => outbox[domainId],
    entries: () =>
      Object.entries(outbox).flatMap(([domainId, news]) =>
        (Object.entries(news) as [NewsPurpose, NewsItem][]).map(([purpose, item]) => ({ domainId, purpose, item })),
      ),
    keep,
    put: (domainId, purpose, item) => keep(domainId, { ...outbox[domainId], [purpose]: item }),
  }
}
