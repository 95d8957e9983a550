/** `vcf-upgrade-server check`: tries every connection and right, and changes nothing. */
import { type Line, linesOf, type Part, written } from './lines.ts'

export interface CheckNeeds {
  /** In the order in which they are tried. */
  readonly parts: readonly Part[]
  /** Whether marks may have colours too. */
  readonly isColoured: boolean
  /** Takes secrets out. */
  readonly mask: (text: string) => string
  readonly print: (line: string) => void
}

/** Prints one line for each thing that was tried, then what became of all. Answers the exit code: 0 no fault, 1 at least one. */
export async function check({ parts, isColoured, mask, print }: CheckNeeds): Promise<0 | 1> {
  const lines: Line[] = []
  for (const part of parts) lines.push(...(await linesOf(part, (line) => print(written({ ...line, text: mask(line.text) }, isColoured)))))
  const faults = lines.filter(({ mark }) => mark === 'FAULT').length
  const untried = lines.filter(({ mark }) => mark === 'not tried').length
  if (faults === 0) print('All is well. Nothing was changed.')
  else print(`${faults === 1 ? 'One fault' : `${faults} faults`}${untried > 0 ? `, ${untried} not tried` : ''}. Nothing was changed.`)
  return faults === 0 ? 0 : 1
}
