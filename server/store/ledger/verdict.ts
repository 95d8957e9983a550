import { runsOf } from '../../history/runs.ts'
import type { Fault } from './examine.ts'
import type { ReadHistory } from './read.ts'

/** What verifying says, line by line. @param head hash of an entry that somebody wrote down, which has to be there */
export function verdictOf(found: ReadHistory, head?: string): { readonly intact: boolean; readonly lines: readonly string[] } {
  const { path, entries, faults, passing, torn, end } = found
  const hasHead = head === undefined || entries.some(({ hash }) => hash === head)
  if (faults.length === 0 && hasHead) {
    if (end.entries === 0) return { intact: true, lines: [`There is no history in ${path} yet.`] }
    const note = `The last line is not written to its end: the server writes it just now, or died there and writes it again at its next start.`
    return {
      intact: true,
      lines: [
        `The history is intact: ${counted(end.entries, 'entry', 'entries')} of ${counted(runsOf(entries).length, 'run', 'runs')} in ${path}.`,
        `It ends with ${end.hash}. Written down elsewhere, this proves later that nothing before it was changed or cut off.`,
        ...(torn > 0 ? [note] : []),
      ],
    }
  }
  return {
    intact: false,
    lines: [
      `The history ${path} is not as it was written:`,
      ...faults.map(sentence),
      ...(hasHead ? [] : [`  No entry with the hash ${head} is in it: it was cut off before that entry, written anew, or is another one.`]),
      meaning(faults, hasHead && passing.length === 0 && !entries.some(({ event }) => event === 'damage found')),
    ],
  }
}

function sentence({ line, run, text }: Fault): string {
  const place = line === undefined ? '' : `line ${line}${run === undefined ? '' : ` (run ${run})`} `
  return `  ${place}${text}`
}

/** @param vouched nothing but single lines is wrong: the chain vouches for what stands before them */
function meaning([first]: readonly Fault[], vouched: boolean): string {
  const before = !vouched || first?.line === undefined ? '' : ` What stands before line ${first.line} is as it was written.`
  return `Somebody or something else than this server changed the file, or the folder was put back from a copy.${before} Compare with a backup of STATE_DIR; the server goes on and keeps what is there.`
}

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}
