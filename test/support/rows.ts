/** Runs tests that each prove one row of a table, and prints one line per row. */
import { run } from 'node:test'

export interface Row {
  readonly name: string
  /** Why no test runs for it. */
  readonly without?: string
}

/** Name of the test of a row; `rowOf` reads the number again. */
export function rowTitle(number: number, name: string, promise: string): string {
  return `${number} ${name}: ${promise}`
}

/** What a test says beside its result, for the line of its row. */
export function rowNote(number: number, note: string): string {
  return `row ${number}: ${note}`
}

/** Answers whether every row that can be tested was, with success. */
export async function runRows(
  files: readonly string[],
  rows: Readonly<Record<number, Row>>,
  print: (line: string) => void,
): Promise<boolean> {
  const results = new Map<number, { passed: boolean; title: string; why?: string }[]>()
  const notes = new Map<number, string[]>()
  const strays: string[] = []
  const events = run({ files: [...files], concurrency: 2 })
  events.on('test:diagnostic', ({ message }) => {
    const note = /^row (\d+): (.*)$/s.exec(message)
    if (note) notes.set(Number(note[1]), [...(notes.get(Number(note[1])) ?? []), note[2]!])
  })
  events.on('test:pass', ({ name, skip }) => ended(name, skip === undefined || skip === false))
  events.on('test:fail', ({ name, details }) =>
    ended(name, false, (details.error.cause as Error | undefined)?.message ?? details.error.message),
  )
  for await (const _ of events);

  function ended(title: string, passed: boolean, why?: string): void {
    const number = Number(/^(\d+) /.exec(title)?.[1])
    if (rows[number]) results.set(number, [...(results.get(number) ?? []), { passed, title, ...(why !== undefined && { why }) }])
    else if (!passed) strays.push(`${title}: ${why}`)
  }

  let all = strays.length === 0
  for (const [key, { name, without }] of Object.entries(rows)) {
    const number = Number(key)
    const of = results.get(number) ?? []
    const passed = of.length > 0 && of.every((one) => one.passed)
    const result = of.length === 0 ? (without === undefined ? 'NO TEST' : 'without') : passed ? 'ok' : 'FAILED'
    if (result === 'NO TEST' || result === 'FAILED') all = false
    const said = [...(without === undefined ? [] : [without]), ...(notes.get(number) ?? [])]
    const failures = of.filter((one) => !one.passed).map(({ title, why }) => `${title}: ${why?.slice(0, 300)}`)
    print(
      `${String(number).padStart(3)}  ${result.padEnd(7)}  ${name}${[...said, ...failures].map((text) => ` | ${text.replaceAll(/\s+/g, ' ')}`).join('')}`,
    )
  }
  for (const stray of strays) print(`     FAILED   ${stray}`)
  return all
}
