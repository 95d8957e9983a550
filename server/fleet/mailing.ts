/** Brings what is in the outbox to its targets, one after the other, until each was taken. */
import type { Clock } from '../ports/clock.ts'
import type { Letter, Post } from '../ports/post.ts'
import { isPhone, without, withToken } from './outbox.ts'
import type { Entry, OutboxBook } from './outbox-book.ts'
import { spanOf } from './reminders.ts'

export interface MailingNeeds {
  readonly book: OutboxBook
  readonly post: Post
  readonly clock: Clock
  readonly log: { warn(message: string): void }
  /** Milliseconds until what was not taken is tried again. */
  readonly retryEvery: number
  readonly newToken: () => string
  readonly digest: (text: string) => string
}

export interface Mailing {
  /** Sends what waits, unless it was refused a moment ago. */
  send(): void
  /** Home Assistant is there anew: all that waits is tried. */
  flush(): void
  stop(): void
}

type Waiting = Entry & { readonly target: string; readonly id: string }

export function createMailing({ book, post, clock, log, retryEvery, newToken, digest }: MailingNeeds): Mailing {
  /** Not taken: left alone until the next try. */
  const rested = new Set<string>()
  /** What was said of a target: once, until it takes something. */
  const warned = new Map<string, string>()
  let sending = false
  let stopped = false
  let retry: unknown

  async function send(): Promise<void> {
    if (sending) return
    sending = true
    try {
      for (let next = waiting(); next && !stopped; next = waiting()) await sendOne(next)
    } catch {
      // Home Assistant is not there: everything waits.
    } finally {
      sending = false
    }
  }

  function waiting(): Waiting | undefined {
    for (const entry of book.entries())
      for (const target of entry.item.left) {
        const id = JSON.stringify([entry.domainId, entry.purpose, wordOf(entry.item), target])
        if (!rested.has(id)) return { ...entry, target, id }
      }
    return undefined
  }

  async function sendOne({ domainId, purpose, item, target, id }: Waiting): Promise<void> {
    const delivery = await post.deliver(letterFor({ domainId, purpose, item }, target))
    // A phone that is not there shows nothing that had to be taken away.
    if (!delivery.taken && !item.over) return rest(id, target, delivery.why)
    warned.delete(target)
    const now = book.of(domainId)?.[purpose]
    // A newer word for the same target may have come meanwhile: that one is still to be told.
    if (now && wordOf(now) === wordOf(item)) book.put(domainId, purpose, without(now, target))
  }

  function rest(id: string, target: string, why: string): void {
    rested.add(id)
    retry ??= clock.setTimeout(flush, retryEvery)
    if (warned.get(target) === why) return
    warned.set(target, why)
    log.warn(`NOTIFY: ${target} was not told. ${why}`)
  }

  /** Its token is on disk before it leaves: whoever presses the button in the next moment is known. */
  function letterFor({ domainId, purpose, item }: Entry, target: string): Letter {
    const letter = { target, domainId, tag: `vcf_upgrade_${domainId}_${purpose}` }
    if (item.over) return letter
    const still = item.reminders ? `, for ${spanOf(clock.now() - item.at)}` : ''
    const told = { ...letter, text: { title: `${item.title}${still}`, message: item.message }, urgent: item.reminders !== undefined }
    if (!item.gate || !isPhone(target)) return told
    const token = newToken()
    book.put(domainId, purpose, withToken(item, digest(token)))
    return { ...told, token }
  }

  function flush(): void {
    clock.clearTimeout(retry)
    retry = undefined
    rested.clear()
    void send()
  }

  return {
    send: () => void send(),
    flush,
    stop() {
      stopped = true
      clock.clearTimeout(retry)
    },
  }
}

/** One event at one time: a reminder is another word of it, and so is that it is over. */
const wordOf = ({ key, reminders, over }: Entry['item']): string => [key, reminders, over].join(' ')
