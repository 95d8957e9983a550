/** What is told to people outside of Home Assistant's pages (`NOTIFY`), as it is kept until everybody has it. Times are milliseconds since the epoch. */

/** What for: a newer event of a domain and a purpose takes the place of the older one. */
export type NewsPurpose = 'started' | 'waiting' | 'failed' | 'stalled' | 'signed_out' | 'finished'

/** One event of a domain, told once to every target. */
export interface NewsItem {
  /** Which event: the same after a restart. */
  readonly key: string
  readonly at: number
  readonly title: string
  /** Plain text. */
  readonly message: string
  /** Targets that do not have it yet; of an event that is over: phones that still show it. */
  readonly left: readonly string[]
  /** Reminders that were due so far; absent while nobody is waited for. */
  readonly reminders?: number | undefined
  /** Warnings that may be acknowledged from a phone: of which run, and what was to be read. */
  readonly gate?: { readonly run: string; readonly digest: string } | undefined
  /** Digests of what the buttons on phones carry, newest last. */
  readonly tokens: readonly string[]
  /** Those that were used, and of events whose place this one took. */
  readonly lapsed: readonly string[]
  /** It is no longer so. */
  readonly over?: true | undefined
}

export type DomainNews = Readonly<Partial<Record<NewsPurpose, NewsItem>>>

/** By domain id. A domain that is not there was never told of: what began before is then no news. */
export type Outbox = Readonly<Record<string, DomainNews>>
