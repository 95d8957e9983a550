/** What a check says: one line each. */

/** `note`: worth knowing, no fault. `not tried`: it depends on something that has a fault. */
export type Mark = 'ok' | 'note' | 'FAULT' | 'not tried'

export interface Line {
  readonly mark: Mark
  /** What was tried, e.g. `SDDC Manager, sign-in`. */
  readonly about: string
  /** What was found; of a fault with the remedy. Empty when it was not tried. */
  readonly text: string
}

/** Says the next line of a part. Anything but a fault goes on. */
export type Say = (name: string, text: string, mark?: Exclude<Mark, 'not tried'>) => void

/** One connection with all that is tried on it. */
export interface Part {
  readonly name: string
  /** Every line that it says, in this order; those that it leaves out after a fault were not tried. */
  readonly lines: readonly string[]
  /** Says them one by one, and stops where going on makes no sense. Throws nothing. */
  tell(say: Say): Promise<void>
}

/** All lines of a part, told one by one. */
export async function linesOf(part: Part, told: (line: Line) => void): Promise<readonly Line[]> {
  const lines: Line[] = []
  const add = (line: Line) => {
    lines.push(line)
    told(line)
  }
  const about = (name: string) => (name === '' ? part.name : `${part.name}, ${name}`)
  const left = new Set(part.lines)
  await part.tell((name, text, mark = 'ok') => {
    left.delete(name)
    add({ mark, about: about(name), text })
  })
  for (const name of left) add({ mark: 'not tried', about: about(name), text: '' })
  return lines
}

const marks: Readonly<Record<Mark, { readonly colour: number }>> = {
  ok: { colour: 32 },
  note: { colour: 33 },
  FAULT: { colour: 31 },
  'not tried': { colour: 90 },
}
const widest = 'not tried'.length

/** For a terminal, in one line: what others say (SDDC Manager, a file) could hold anything. */
export function written({ mark, about, text }: Line, isColoured: boolean): string {
  const word = mark.padEnd(widest)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach it.
  const plain = (text === '' ? about : `${about}: ${text}`).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
  return `${isColoured ? `\u001b[${marks[mark].colour}m${word}\u001b[0m` : word}  ${plain}`
}
