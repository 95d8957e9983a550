import { keyOf } from '../../history/events.ts'
import type { HistoryEntry, HistoryEvent, HistoryNote } from '../../ports/history.ts'
import { trouble } from '../trouble.ts'
import type { LedgerDisk } from './disk.ts'
import { lineOf, sha256 } from './entry.ts'
import { examine, type Fault } from './examine.ts'
import { type Head, headText } from './head.ts'
import { readStored } from './stored.ts'

export interface LedgerNeeds {
  readonly installation: string
  readonly now: () => number
  /** Told of damage, and of what could not be written. */
  readonly warn: (message: string) => void
}

export interface Ledger {
  /**
   * Adds those of the events that are not in it yet; on disk when it returns. Never throws: an upgrade is not stopped by its history. What could not be
   * written is told once, kept, and tried again with the next events.
   */
  add(events: readonly HistoryEvent[]): void
  /** All that is on disk, oldest first. */
  entries(): readonly HistoryEntry[]
}

/**
 * Opens the ledger for adding. A line that a death left unfinished is written anew; damage is told, noted in the ledger and never taken out of it. For one
 * server at a time. One that cannot be read is told and left alone: an upgrade is not stopped by its history.
 *
 * @throws Error with a sentence where a newer version of this server wrote it
 */
export function openLedger(disk: LedgerDisk, { installation, now, warn }: LedgerNeeds): Ledger {
  const stored = readStored(disk)
  if ('why' in stored) {
    warn(`${stored.why} Upgrades go on; nothing is added to the history until a start at which it can be read.`)
    return { add: () => {}, entries: () => [] }
  }
  const { bytes, headFile } = stored.content
  const found = examine(bytes, headFile, installation)
  const entries = [...found.entries]
  const known = new Set(entries.flatMap((entry) => ('run' in entry ? [keyOf(entry)] : [])))
  const isDamaged = found.passing.length > 0
  // An unfinished line that was once finished is damage, and stays as a line.
  const rest = found.torn > 0 && isDamaged ? bytes.subarray(found.size) : undefined
  let end: Head = rest ? { entries: found.end.entries + 1, hash: sha256(rest) } : found.end
  let size = rest ? bytes.length : found.size
  let start = rest ? '\n' : ''
  let hasHead = headFile !== undefined || isDamaged
  let waiting: readonly HistoryEvent[] = []
  let troubled = false

  function write(news: readonly (HistoryEvent | HistoryNote)[]): void {
    // Before the first entry: one without a head would look like a ledger that has lost it.
    if (!hasHead) disk.writeHead(headText(end))
    hasHead = true
    let next: Head = end
    const lines = news.map((event) => {
      const { line, hash } = lineOf(event, { n: next.entries + 1, prev: next.hash })
      next = { entries: next.entries + 1, hash }
      return { line, entry: { ...event, hash } }
    })
    const text = start + lines.map(({ line }) => `${line}\n`).join('')
    disk.write(size, text)
    size += Buffer.byteLength(text)
    start = ''
    end = next
    entries.push(...lines.map(({ entry }) => entry))
    disk.writeHead(headText(end))
  }

  function open(): void {
    const opened = entries.findLast(({ event }) => event === 'opened')
    const isOurs = opened && 'installation' in opened && opened.installation === installation
    const notes = [...(isOurs ? [] : [{ event: 'opened' as const, at: now(), installation }]), ...notesOf(found.passing, now())]
    if (notes.length > 0) write(notes)
    else if (headFile !== headText(end)) disk.writeHead(headText(end))
  }

  function add(events: readonly HistoryEvent[]): void {
    const keys = new Set(waiting.map(keyOf))
    waiting = [...waiting, ...events.filter((event) => !known.has(keyOf(event)) && !keys.has(keyOf(event)))]
    if (waiting.length === 0) return
    attempt(() => {
      const news = waiting
      const before = end
      try {
        write(news)
      } finally {
        // The lines may be there though the head could not be written after them.
        if (end !== before) for (const event of news) known.add(keyOf(event))
        if (end !== before) waiting = []
      }
    })
  }

  function attempt(work: () => void): void {
    try {
      work()
      troubled = false
    } catch (error) {
      if (!troubled)
        warn(`${trouble('Cannot write the history to', disk.ledgerPath, error).message} The upgrade goes on; it is tried again.`)
      troubled = true
    }
  }

  for (const message of messagesOf(found.faults, disk.ledgerPath)) warn(message)
  if (found.torn > 0 && !isDamaged)
    warn(`The last line of ${disk.ledgerPath} was not written to its end when the server died. It is written again; nothing is lost.`)
  attempt(open)
  return { add, entries: () => entries }
}

function notesOf(faults: readonly Fault[], at: number): readonly HistoryNote[] {
  return faults.map(({ line, text }) => ({ event: 'damage found', at, text: line === undefined ? text : `line ${line} ${text}` }))
}

function messagesOf(faults: readonly Fault[], path: string): readonly string[] {
  if (faults.length === 0) return []
  const [{ line, text }] = faults as readonly [Fault, ...Fault[]]
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more.` : ''
  return [
    `The history ${path} does not fit together. ${line === undefined ? text : `Line ${line} ${text}`}${more} The server goes on; "vcf-upgrade-server history verify" says all of it.`,
  ]
}
