import { parseArgs } from 'node:util'
import { readStateDir, SettingsError } from '../config.ts'
import { runsOf } from '../history/runs.ts'
import { tableOf } from '../history/table.ts'
import { type ReadHistory, readHistory } from '../store/ledger/read.ts'
import { verdictOf } from '../store/ledger/verdict.ts'

export interface HistoryNeeds {
  readonly env: Readonly<Record<string, string | undefined>>
  /** A whole text file, or throws. */
  readonly readFile: (path: string) => string
  /** One or more lines for standard output. */
  readonly print: (line: string) => void
  /** One or more lines for standard error. */
  readonly fail: (line: string) => void
}

const historyUsage = `vcf-upgrade-server history [--json] [--config FILE] [--state-dir FOLDER]
  past runs: when, which domain, from which version to which, by whom, how it ended, how long it took
vcf-upgrade-server history verify [--head HASH] [--config FILE] [--state-dir FOLDER]
  whether the history is as it was written; with --head: whether it holds the end of a run whose hash was written down (attribute "head" of
  sensor.<domain>_upgrade_history). Exit code 0: intact, 1: not
  --json             everything that is known, for programs
  --config FILE      the settings of the server, for its STATE_DIR
  --state-dir FOLDER in place of STATE_DIR

Both only read, and may be used while the server works.`

/** `vcf-upgrade-server history …`. Answers the exit code: 0; 1 the history is damaged or cannot be read; 2 an argument is wrong. */
export function history(argv: readonly string[], { env, readFile, print, fail }: HistoryNeeds): number {
  try {
    const { values, positionals } = parsed(argv)
    if (values.help) {
      print(historyUsage)
      return 0
    }
    const found = readHistory(values['state-dir'] ?? readStateDir(env, values.config, readFile))
    if (positionals[0] === 'verify') return verify(found, values.head, { print, fail })
    show(found, values.json === true, { print, fail })
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const isWrong = isOption || error instanceof WrongArgument
    fail(isWrong ? `${message}\n${historyUsage}` : message)
    return isWrong || error instanceof SettingsError ? 2 : 1
  }
}

class WrongArgument extends Error {}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

function parsed(argv: readonly string[]) {
  const options = { config: text, 'state-dir': text, head: text, json: flag, help: flag }
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const [what, ...more] = positionals
  if (more.length > 0 || (what !== undefined && what !== 'verify'))
    throw new WrongArgument(`history ${positionals.join(' ')}: expected verify`)
  if (values.head !== undefined && what !== 'verify') throw new WrongArgument('--head belongs to history verify')
  if (values.json && what === 'verify') throw new WrongArgument('--json belongs to history without verify')
  return { values, positionals }
}

type Output = Pick<HistoryNeeds, 'print' | 'fail'>

function verify(found: ReadHistory, head: string | undefined, { print, fail }: Output): number {
  const { intact, lines } = verdictOf(found, head)
  for (const line of lines) (intact ? print : fail)(line)
  return intact ? 0 : 1
}

function show(found: ReadHistory, json: boolean, { print, fail }: Output): void {
  const runs = runsOf(found.entries)
  if (json) print(JSON.stringify({ intact: found.faults.length === 0, runs, entries: found.entries.map(dated) }, undefined, 2))
  else if (runs.length === 0) print(`No run has been started from this installation yet (${found.path} tells of none).`)
  else print(tableOf(runs))
  if (found.faults.length > 0) fail('The history does not fit together; "vcf-upgrade-server history verify" says where.')
}

function dated({ at, ...rest }: ReadHistory['entries'][number]): object {
  return { at: new Date(at).toISOString(), ...rest }
}
