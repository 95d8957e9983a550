/** Tells the targets of `NOTIFY` what happens: each event once, and again while a person is waited for. */
import type { DomainView } from '../../shared/view.ts'
import type { Hub, Notice, NoticePurpose } from '../ports/hub.ts'
import type { NewsItem } from '../ports/outbox.ts'
import { createMailing, type MailingNeeds } from './mailing.ts'
import { asPlainText, newsOf } from './news.ts'
import { itemOf, overOf, reminded, used, withNews } from './outbox.ts'
import { type BookNeeds, openOutboxBook } from './outbox-book.ts'
import { nextReminder } from './reminders.ts'

export interface NotifierNeeds extends Omit<BookNeeds, 'changed' | 'log'>, Omit<MailingNeeds, 'book' | 'log'> {
  /** `NOTIFY`; without any nothing is told and nothing kept. */
  readonly targets: readonly string[]
  readonly log: BookNeeds['log'] & MailingNeeds['log']
  /** What the reminders are counted in, in milliseconds. */
  readonly hour: number
}

/** A button on a phone. */
export interface FoundButton {
  readonly domainId: string
  readonly gate: NewsItem['gate']
  /** It was used, or what it was for is over. */
  readonly lapsed: boolean
  /** To be called before it is obeyed: it does nothing a second time. */
  use(): void
}

export interface Notifier {
  /** The same hub; what passes on its way there is told. */
  beside(hub: Hub): Hub
  /** Home Assistant is there: what waits is tried. */
  flush(): void
  /** What a button on a phone belongs to; undefined when it is none of ours, or of long ago. */
  find(token: string): FoundButton | undefined
  stop(): void
}

export function createNotifier(needs: NotifierNeeds): Notifier {
  const { targets, clock, hour, digest } = needs
  const book = openOutboxBook({ ...needs, changed })
  const mailing = createMailing({ ...needs, book })
  let reason = ''
  let reminder: unknown
  let stopped = false

  function changed(): void {
    schedule()
    mailing.send()
  }

  function schedule(): void {
    clock.clearTimeout(reminder)
    const next = book
      .entries()
      .flatMap(({ item: { at, reminders, over } }) => (reminders === undefined || over ? [] : at + nextReminder(reminders, hour)))
    if (next.length === 0 || stopped) return
    reminder = clock.setTimeout(remind, Math.max(0, Math.min(...next) - clock.now()))
  }

  function remind(): void {
    for (const { domainId, purpose, item } of book.entries()) {
      const now = reminded(item, clock.now(), hour, targets)
      if (now !== item) book.put(domainId, purpose, now)
    }
    schedule()
  }

  const see = (view: DomainView): void => book.keep(view.domain.id, withNews(book.of(view.domain.id), newsOf(view), targets))

  /** Not to be seen in a view: told when the person is. */
  function signedOut({ domainId, title, purpose }: Notice): void {
    const before = book.of(domainId)?.signed_out
    if (purpose !== 'signed_out' || (before && !before.over)) return
    const at = clock.now()
    const message = `${asPlainText.text(reason)}\nThe upgrade waits for that.`
    const news = { key: String(at), at, title: asPlainText.text(title), message, waits: true }
    book.put(domainId, purpose, itemOf(news, before, targets))
  }

  function dismissed(domainId: string, purpose: NoticePurpose): void {
    const item = book.of(domainId)?.signed_out
    if (purpose === 'signed_out' && item && !item.over) book.put(domainId, purpose, overOf(item, targets))
  }

  function beside(hub: Hub): Hub {
    if (targets.length === 0) return hub
    return {
      ...hub,
      publish(view) {
        hub.publish(view)
        see(view)
      },
      publishFleet(view) {
        reason = view.reason ?? ''
        hub.publishFleet(view)
      },
      notify(notice) {
        hub.notify(notice)
        signedOut(notice)
      },
      dismiss(domainId, purpose) {
        hub.dismiss(domainId, purpose)
        dismissed(domainId, purpose)
      },
    }
  }

  schedule()
  return {
    beside,
    flush: mailing.flush,
    find(token) {
      const wanted = digest(token)
      for (const { domainId, purpose, item } of book.entries()) {
        const isLive = item.tokens.includes(wanted)
        if (!isLive && !item.lapsed.includes(wanted)) continue
        const use = () => book.put(domainId, purpose, used(book.of(domainId)![purpose]!))
        return { domainId, gate: item.gate, lapsed: !isLive || item.over === true, use }
      }
      return undefined
    },
    stop() {
      stopped = true
      clock.clearTimeout(reminder)
      mailing.stop()
    },
  }
}
