/** What is still to be told, as it changes. Pure. */
import type { DomainNews, NewsItem, NewsPurpose, Outbox } from '../ports/outbox.ts'
import type { News } from './news.ts'
import { dueReminders } from './reminders.ts'

/** What a look at the domain shows. A refused password is not among it: whoever tells that knows when it is over. */
const seen: readonly NewsPurpose[] = ['started', 'waiting', 'failed', 'stalled', 'finished']

/** Of an event or of one after the other, whose buttons may still be on phones. */
const mostTokens = 50

/** Only the app takes back what it shows, and has buttons. */
export const isPhone = (target: string): boolean => /^notify\.mobile_app_/.test(target)

/**
 * After a look at the domain; the same object when nothing is new.
 *
 * @param before undefined at the first sight of the domain: what needs nobody began before anybody wanted to know
 */
export function withNews(
  before: DomainNews | undefined,
  now: Readonly<Partial<Record<NewsPurpose, News>>>,
  targets: readonly string[],
): DomainNews {
  let after: DomainNews = before ?? {}
  for (const purpose of seen) {
    const item = before?.[purpose]
    const news = now[purpose]
    if (news && item?.key !== news.key)
      after = { ...after, [purpose]: itemOf(news, item, before === undefined && !news.waits ? [] : targets) }
    else if (!news && item && !item.over && purpose !== 'finished') after = { ...after, [purpose]: overOf(item, targets) }
  }
  return after
}

export function itemOf({ waits, ...news }: News, before: NewsItem | undefined, targets: readonly string[]): NewsItem {
  return { ...news, left: targets, ...(waits && { reminders: 0 }), tokens: [], lapsed: before ? lapsedOf(before) : [] }
}

/** Nobody needs to hear of it any more; phones that show it take it away. */
export function overOf({ reminders: _, ...item }: NewsItem, targets: readonly string[]): NewsItem {
  return { ...item, over: true, left: targets.filter((target) => isPhone(target) && !item.left.includes(target)) }
}

/** With a reminder for everybody where one is due; several that were missed are one. */
export function reminded(item: NewsItem, now: number, hour: number, targets: readonly string[]): NewsItem {
  if (item.reminders === undefined || item.over) return item
  const due = dueReminders(now - item.at, hour)
  return due > item.reminders ? { ...item, reminders: due, left: targets } : item
}

/** Whatever is pressed from now on does nothing. */
export const used = (item: NewsItem): NewsItem => ({ ...item, tokens: [], lapsed: lapsedOf(item) })

const lapsedOf = ({ lapsed, tokens }: NewsItem): string[] => [...lapsed, ...tokens].slice(-mostTokens)

export const withToken = (item: NewsItem, token: string): NewsItem => ({ ...item, tokens: [...item.tokens, token].slice(-mostTokens) })

export const without = (item: NewsItem, target: string): NewsItem => ({ ...item, left: item.left.filter((one) => one !== target) })

/** What was still to be told to those who are no targets any more is left out. */
export function onlyFor(targets: readonly string[], outbox: Outbox): Outbox {
  const kept = (item: NewsItem): NewsItem => ({ ...item, left: item.left.filter((target) => targets.includes(target)) })
  return mapped(outbox, (news) => mapped(news, kept))
}

function mapped<Record extends object>(record: Record, change: (value: NonNullable<Record[keyof Record]>) => Record[keyof Record]): Record {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)])) as Record
}
