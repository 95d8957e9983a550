/** Text of others as Markdown in which nothing acts: no markup, no HTML, no link, no image. */
import { plain } from './plain.ts'

/** Characters that begin or end markup wherever they stand; `@` and `://` make addresses into links by themselves. */
const markup = /[\\`*_[\]~|#@]/g
/** What makes a line a list or the underline of a heading. */
const lineStart = /^(?:[-+=]|(\d+)(?=[.)]))/

/** One line of Markdown that reads as `text` does. */
export function escapeMarkdown(text: string): string {
  return plain(text)
    .replace(markup, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', '\\://')
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(lineStart, (start, digits) => (digits === undefined ? `\\${start}` : `${digits}\\`))
}

/** A link to a page of SDDC Manager; only its label where the address is not an `https` one. */
export function markdownLink(label: string, url: string): string {
  const address = httpsAddress(url)
  return address ? `[${escapeMarkdown(label)}](<${address}>)` : escapeMarkdown(label)
}

/** Longer ones are no page of SDDC Manager's. */
const longestAddress = 1_000

/** Undefined unless a browser would open it over TLS. What comes back can stand between angle brackets. */
function httpsAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, username, password, href } = new URL(url)
  if (protocol !== 'https:' || username || password) return undefined
  const address = href.replace(/[\\<>\s`]/g, encodeURIComponent)
  return address.length <= longestAddress ? address : undefined
}
