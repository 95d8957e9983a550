import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { openForm } from '../envelope.ts'
import { textOf } from '../set-aside.ts'
import { trouble } from '../trouble.ts'
import { openDisk } from './disk.ts'
import { type Examination, examine } from './examine.ts'

/** What a state folder holds of history, read as it is: nothing is mended, and a server may work there meanwhile. */
export interface ReadHistory extends Examination {
  /** Of the ledger, for messages. */
  readonly path: string
}

const installation = z.looseObject({ version: z.number(), instance: z.string() })

/** @throws Error with a sentence: there is no such folder, or it cannot be read */
export function readHistory(folder: string): ReadHistory {
  const root = resolve(folder)
  if (!existsSync(root)) throw new Error(`There is no folder ${root}. Name that of the server in STATE_DIR.`)
  const disk = openDisk(root)
  const known = openForm(textOf(join(root, 'installation.json')) ?? '', installation)
  try {
    // The head first: what is added between the two reads lies behind it, and is no contradiction.
    const head = disk.readHead()
    const bytes = disk.readLedger() ?? Buffer.alloc(0)
    return { path: disk.ledgerPath, ...examine(bytes, head, 'content' in known ? known.content.instance : undefined) }
  } catch (error) {
    throw trouble('Cannot read the history in', root, error)
  }
}
