/** Persistent notifications: one id per domain and purpose, kept until Home Assistant has taken them. */
import type { Notice, NoticePurpose } from '../ports/hub.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'
import { done } from './wire.ts'

export interface Notices {
  notify(notice: Notice): void
  dismiss(domainId: string, purpose: NoticePurpose): void
  /** Home Assistant is there. `forgotten`: it restarted and shows nothing any more. */
  open(session: Session, forgotten: boolean): void
  /** Tries what waits; called again when a domain got its prefix. */
  flush(): void
}

/** Home Assistant forgets them when it restarts, while the person is still waited for. */
const lasting: readonly NoticePurpose[] = ['waiting', 'failed', 'signed_out']

/** Start of the ids of all our notifications. */
export const noticeIdStart = 'vcf_upgrade_'

const purposes: Readonly<Record<NoticePurpose, true>> = {
  ...{ started: true, waiting: true, stalled: true, refused: true },
  ...{ failed: true, finished: true, nothing_to_update: true, signed_out: true },
}

/** Ids of all notifications that a domain may have. */
export function noticeIdsOf(prefix: string): readonly string[] {
  return (Object.keys(purposes) as NoticePurpose[]).map((purpose) => idOf(prefix, purpose))
}

function idOf(prefix: string, purpose: NoticePurpose): string {
  return `${noticeIdStart}${prefix}_${purpose}`
}

interface Entry {
  readonly domainId: string
  readonly purpose: NoticePurpose
  /** Undefined: is to be gone. */
  readonly notice?: Notice
}

/** @param prefixOf undefined as long as the domain has none; its notices wait */
export function createNotices(prefixOf: (domainId: string) => string | undefined, log: Log): Notices {
  const waiting = new Map<string, Entry>()
  const standing = new Map<string, Entry>()
  let session: Session | undefined
  let sending = false

  function put(entry: Entry): void {
    const key = `${entry.domainId} ${entry.purpose}`
    // Its place in the row is that of the newest word.
    waiting.delete(key)
    waiting.set(key, entry)
    if (entry.notice && lasting.includes(entry.purpose)) standing.set(key, entry)
    else standing.delete(key)
    flush()
  }

  function flush(): void {
    if (!sending) void send()
  }

  async function send(): Promise<void> {
    sending = true
    for (let next = ready(); next; next = ready()) {
      const [key, entry, using, prefix] = next
      try {
        await using.ask(actionFor(entry, prefix), done)
      } catch (error) {
        if (using.signal.aborted) break
        log('error', `A notification was not taken. ${asHubFailure(error).message}`)
      }
      if (waiting.get(key) === entry) waiting.delete(key)
    }
    sending = false
  }

  function ready(): [string, Entry, Session, string] | undefined {
    if (!session || session.signal.aborted) return undefined
    for (const [key, entry] of waiting) {
      const prefix = prefixOf(entry.domainId)
      if (prefix !== undefined) return [key, entry, session, prefix]
    }
    return undefined
  }

  return {
    notify: (notice) => put({ domainId: notice.domainId, purpose: notice.purpose, notice }),
    dismiss: (domainId, purpose) => put({ domainId, purpose }),
    flush,
    open(opened, forgotten) {
      session = opened
      for (const [key, entry] of standing) if (forgotten && !waiting.has(key)) waiting.set(key, entry)
      flush()
    },
  }
}

function actionFor({ purpose, notice }: Entry, prefix: string) {
  const notification_id = idOf(prefix, purpose)
  const fields = notice ? { notification_id, title: notice.title, message: notice.message } : { notification_id }
  return { type: 'call_service', ...{ domain: 'persistent_notification', service: notice ? 'create' : 'dismiss', service_data: fields } }
}
