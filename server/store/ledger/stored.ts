import type { Opened } from '../envelope.ts'
import { expectKnownForm } from '../newer.ts'
import { trouble } from '../trouble.ts'
import type { LedgerDisk } from './disk.ts'

/** The two files of a ledger as they are. */
export interface Stored {
  readonly bytes: Buffer
  readonly headFile: string | undefined
}

/** What is there, or the sentence that says why it cannot be read. @throws Error with a sentence where a newer version of this server wrote it */
export function readStored(disk: LedgerDisk): Opened<Stored> {
  const bytes = attempt(disk.ledgerPath, disk.readLedger)
  const head = attempt(disk.headPath, disk.readHead)
  if ('why' in bytes) return bytes
  if ('why' in head) return head
  if (head.content !== undefined) expectKnownForm(disk.headPath, head.content)
  return { content: { bytes: bytes.content ?? Buffer.alloc(0), headFile: head.content } }
}

function attempt<Content>(path: string, read: () => Content): Opened<Content> {
  try {
    return { content: read() }
  } catch (error) {
    return { why: trouble('Cannot read', path, error).message }
  }
}
