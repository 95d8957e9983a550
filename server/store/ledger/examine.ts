/** Whether a ledger is whole: every byte of it, against itself and against its head. */
import type { HistoryEntry } from '../../ports/history.ts'
import { beforeAll, entryOf, sha256 } from './entry.ts'
import { type Head, headOf } from './head.ts'

/** What does not fit, as a sentence without the file's name; `line` from 1, `run` as far as it can be told. */
export interface Fault {
  readonly line?: number
  readonly run?: string
  readonly text: string
}

export interface Examination {
  /** What can be read, damaged lines left out. */
  readonly entries: readonly HistoryEntry[]
  readonly faults: readonly Fault[]
  /** Those of the faults that are gone when the ledger goes on: they have to be written into it. */
  readonly passing: readonly Fault[]
  /** Where the ledger ends now, damaged lines counted. */
  readonly end: Head
  /** Bytes up to the end of the last whole line. */
  readonly size: number
  /** Bytes of a line behind that which was not written to its end. */
  readonly torn: number
}

/** @param installation the UUID of this installation, if it is known @param headFile undefined when there is none */
export function examine(bytes: Buffer, headFile: string | undefined, installation?: string): Examination {
  const { lines, size } = linesOf(bytes)
  const hashes: string[] = []
  const entries: HistoryEntry[] = []
  const faults: Fault[] = []
  /** Numbers of lines that cannot be read. */
  const damaged = new Set<number>()
  for (const [index, line] of lines.entries()) {
    const entry = entryOf(line)
    const before = hashes.at(-1) ?? beforeAll
    const fault = entry ? misfit(entry, { n: index + 1, prev: before }) : changed
    if (fault !== undefined) faults.push({ line: index + 1, ...(entry ?? guess(line)), text: fault })
    if (entry) entries.push(entry)
    else damaged.add(index + 1)
    hashes.push(entry?.hash ?? sha256(line))
  }
  const passing = [...headFaults(hashes, damaged, headFile, bytes.length > 0), ...strangers(entries, installation)]
  const end = { entries: hashes.length, hash: hashes.at(-1) ?? beforeAll }
  return { entries, faults: [...faults.map(onlyNamed), ...passing], passing, end, size, torn: bytes.length - size }
}

const changed = 'was changed after it was written, or was never written by this server.'

function misfit(entry: HistoryEntry & { readonly n: number; readonly prev: string }, expected: { n: number; prev: string }) {
  if (entry.n !== expected.n || entry.prev !== expected.prev)
    return 'does not follow the line before it: something was changed, taken out, put in or moved here.'
  return entry.event === 'damage found' ? `is where this server noted at a start: ${'text' in entry ? entry.text : ''}` : undefined
}

function headFaults(
  hashes: readonly string[],
  damaged: ReadonlySet<number>,
  headFile: string | undefined,
  begun: boolean,
): readonly Fault[] {
  if (headFile === undefined)
    return begun ? [{ text: 'The file that says how far the history went is gone: nobody can tell whether its end was cut off.' }] : []
  const head = headOf(headFile)
  if (!head) return [{ text: 'The file that says how far the history went was changed: nobody can tell whether its end was cut off.' }]
  const { entries, hash } = head
  const missing = entries - hashes.length
  if (missing > 0)
    return [{ line: hashes.length + 1, text: `and what followed is missing: ${missing} of ${entries} entries were cut off the end.` }]
  if ((hashes[entries - 1] ?? beforeAll) !== hash && !damaged.has(entries))
    return [{ line: entries, text: 'is not the entry that was written last at that place: the history was written anew or replaced.' }]
  return []
}

function strangers(entries: readonly HistoryEntry[], installation: string | undefined): readonly Fault[] {
  const opened = entries.findLast(({ event }) => event === 'opened')
  const known = opened && 'installation' in opened ? opened.installation : undefined
  if (installation === undefined || known === undefined || known === installation) return []
  return [{ text: `It is the history of another installation (${known}), this one is ${installation}.` }]
}

function linesOf(bytes: Buffer): { readonly lines: readonly Buffer[]; readonly size: number } {
  const lines: Buffer[] = []
  let size = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, size)) {
    lines.push(bytes.subarray(size, end))
    size = end + 1
  }
  return { lines, size }
}

/** The run that a damaged line seems to tell of. */
function guess(line: Buffer): { readonly run?: string } {
  const run = /"run":"([^"]{1,100})"/.exec(line.toString('utf8'))?.[1]
  return run === undefined ? {} : { run }
}

function onlyNamed({ line, run, text }: Fault): Fault {
  return { ...(line !== undefined && { line }), ...(run !== undefined && { run }), text }
}
