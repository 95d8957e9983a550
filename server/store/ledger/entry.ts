/** An entry as a line of the ledger: canonical JSON, so that the same entry has the same bytes and the same hash. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { components } from '../../../shared/upgrade.ts'
import type { HistoryEntry, HistoryEvent, HistoryNote } from '../../ports/history.ts'

/** What stands in for the entry before the first one. */
export const beforeAll = '0'.repeat(64)

/** Number of the entry (from 1) and hash of the one before it. */
export interface Link {
  readonly n: number
  readonly prev: string
}

const person = z.object({ id: z.string(), name: z.string() })
const text = z.string().optional()
const count = z.number().optional()
const flag = z.boolean().optional()

/** Loose: what a newer server tells of an entry is kept, hashed and not understood. */
const form = z.looseObject({
  n: z.number(),
  prev: z.string(),
  hash: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  ...{
    run: text,
    domain: z.object({ id: z.string(), name: z.string() }).optional(),
    step: count,
    by: person.optional(),
    chosenBy: person.optional(),
  },
  ...{ from: text, to: text, only: z.literal('download').optional(), queued: flag, errors: count, warnings: count, gaps: count },
  ...{ digest: text, how: z.enum(['pressed', 'switch', 'overridden']).optional(), on: flag, component: z.enum(components).optional() },
  ...{
    resource: text,
    hosts: count,
    drift: flag,
    attempt: count,
    outcome: text,
    took: count,
    outage: count,
    followed: flag,
    what: text,
    of: text,
  },
  ...{ reason: text, text, reference: text, archived: flag, installation: text },
})

/** The line of an entry, without its end, and the hash in it. */
export function lineOf({ at, ...rest }: HistoryEvent | HistoryNote, link: Link): { readonly line: string; readonly hash: string } {
  const content = { ...rest, ...link, at: new Date(at).toISOString() }
  const hash = sha256(canonical(content))
  return { line: canonical({ ...content, hash }), hash }
}

/** What a line tells; undefined when it is not, byte for byte, what this or another server wrote. */
export function entryOf(line: Buffer): (HistoryEntry & Link) | undefined {
  const read = form.safeParse(parsed(line.toString('utf8')))
  if (!read.success) return undefined
  const { hash, ...content } = read.data
  if (hash !== sha256(canonical(content)) || !line.equals(Buffer.from(canonical(read.data)))) return undefined
  return { ...read.data, at: Date.parse(read.data.at) } as HistoryEntry & Link
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** JSON without white space, keys in the order of their characters. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
