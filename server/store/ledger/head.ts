/** How far the ledger went, kept in a file beside it: what was cut off its end is missed by this alone. */
import { z } from 'zod'
import { formVersion } from '../envelope.ts'

/** Number of entries that are surely on disk, and the hash of the last of them. */
export interface Head {
  readonly entries: number
  readonly hash: string
}

const form = z.strictObject({ version: z.number(), entries: z.number().int().min(0), hash: z.string() })

export function headText({ entries, hash }: Head): string {
  return `${JSON.stringify({ version: formVersion, entries, hash })}\n`
}

/** Undefined when it is not, byte for byte, what a server wrote. */
export function headOf(text: string): Head | undefined {
  try {
    const head = form.parse(JSON.parse(text))
    return headText(head) === text ? { entries: head.entries, hash: head.hash } : undefined
  } catch {
    return undefined
  }
}
