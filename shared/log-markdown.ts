/** The log as a person reads it in Home Assistant. */
import { byteLength, cut } from './findings.ts'
import { escapeMarkdown, markdownLink } from './markdown.ts'
import { plain } from './plain.ts'
import type { LogLevel, LogLine } from './upgrade.ts'

const emptyLog = 'No Messages'

const icon: Readonly<Record<LogLevel, string>> = { ok: '✅', error: '❌', warning: '⚠️', info: 'ℹ️' }
/** Characters of one line's text, of one of its details, of a link's label. */
const limit = { text: 1_000, detail: 400, label: 200 } as const
/** Bytes kept per line for a heading with the date, and once for the note about what is left out. */
const overhead = 40

/** The newest line without markup, as short as a state must be. */
export function newestLine(lines: readonly LogLine[]): string {
  const newest = lines.at(-1)
  return (newest && cut(plain(newest.text), 255)) || emptyLog
}

/**
 * Newest last, every line with its time and icon, a heading where a day begins. At most `budget` bytes (6,000 or more) as UTF-8 JSON:
 * older lines give way to a note that counts them.
 *
 * @param timeZone IANA name; Home Assistant's
 */
export function logMarkdown(lines: readonly LogLine[], timeZone: string, budget: number): string {
  if (lines.length === 0) return emptyLog
  const moment = momentIn(timeZone)
  const shown: { day: string; text: string }[] = []
  let room = budget - overhead
  for (const line of lines.toReversed()) {
    const { day, time } = moment(line.at)
    const text = render(line, time, often(line, moment), room - overhead)
    room -= jsonBytes(text) + overhead
    if (room < 0) break
    shown.unshift({ day, text })
  }
  const left = lines.length - shown.length
  const parts = shown.flatMap(({ day, text }, index) => (day === shown[index - 1]?.day ? [text] : [`**${day}**`, text]))
  return [...(left > 0 ? [`*${left} older ${left === 1 ? 'line' : 'lines'} left out*`] : []), ...parts].join('\n\n')
}

/** One line with as many of its details as the room holds. */
function render({ level, text, details = [], link }: LogLine, time: string, times: string, room: number): string {
  const first = `${icon[level]} ${time} ${escapeMarkdown(cut(text, limit.text))}${times}`
  const last = link ? `\n\n${markdownLink(cut(link.label, limit.label), link.url)}` : ''
  const items: string[] = []
  let left = room - jsonBytes(first) - jsonBytes(last) - overhead
  for (const detail of details) {
    const item = `\n- ${escapeMarkdown(cut(detail, limit.detail))}`
    left -= jsonBytes(item)
    if (left < 0) break
    items.push(item)
  }
  const hidden = details.length - items.length
  if (hidden > 0) items.push(`\n- … ${hidden} more`)
  return `${first}${items.length > 0 ? '\n' : ''}${items.join('')}${last}`
}

/** How often it happened and since when, as an end of the line; empty: once. */
function often({ at, times = 1, since = at }: LogLine, moment: Moments): string {
  const [first, last] = [moment(since), moment(at)]
  const from = first.day === last.day ? first.time : `${first.day} ${first.time}`
  if (times <= 1) return ''
  return from === last.time ? ` (${times} times)` : ` (${times} times since ${from})`
}

type Moments = (at: number) => { readonly day: string; readonly time: string }

function momentIn(timeZone: string): Moments {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time }
  }
}

function jsonBytes(text: string): number {
  return byteLength(JSON.stringify(text))
}
