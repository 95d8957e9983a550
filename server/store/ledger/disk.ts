import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isCode, syncFolder, writeDurably } from '../durable-file.ts'

/** The two files of a ledger. Each may throw what the file system throws. */
export interface LedgerDisk {
  /** Where they lie, for messages. */
  readonly ledgerPath: string
  readonly headPath: string
  readLedger(): Buffer | undefined
  readHead(): string | undefined
  /** Puts `text` at byte `at`, where everything behind is dropped first; on disk when it returns. */
  write(at: number, text: string): void
  /** On disk when it returns; when it throws the old one is there. */
  writeHead(text: string): void
}

/** The ledger of a state folder. */
export function openDisk(folder: string): LedgerDisk {
  const ledgerPath = join(folder, 'history.jsonl')
  const headPath = join(folder, 'history-head.json')
  return {
    ledgerPath,
    headPath,
    readLedger: () => contentOf(ledgerPath),
    readHead: () => contentOf(headPath)?.toString('utf8'),
    write(at, text) {
      const isNew = contentIsMissing(ledgerPath)
      const file = openSync(ledgerPath, isNew ? 'wx' : 'r+', 0o600)
      try {
        ftruncateSync(file, at)
        writeAll(file, Buffer.from(text), at)
        fdatasyncSync(file)
      } finally {
        closeSync(file)
      }
      if (isNew) syncFolder(dirname(ledgerPath))
    },
    writeHead: (text) => writeDurably(headPath, text),
  }
}

/** A full disk may take a part of it: only the next try shows the error. */
function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
}

function contentIsMissing(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'))
    return false
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true
    throw error
  }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}
