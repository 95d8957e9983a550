import type { LedgerDisk } from './disk.ts'

/** The files of a ledger without a disk: they last as long as the object. */
export function memoryDisk(): LedgerDisk {
  let ledger: Buffer | undefined
  let head: string | undefined
  return {
    ledgerPath: 'history.jsonl',
    headPath: 'history-head.json',
    readLedger: () => ledger,
    readHead: () => head,
    write(at, text) {
      ledger = Buffer.concat([(ledger ?? Buffer.alloc(0)).subarray(0, at), Buffer.from(text)])
    },
    writeHead(text) {
      head = text
    },
  }
}
