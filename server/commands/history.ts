import { parseArgs } from 'node:util'
import { readConfig, readStateDir, SettingsError } from '../config.ts'
import { type PastRun, runsOf } from '../history/runs.ts'
import { tableOf } from '../history/table.ts'
import { type ReadHistory, readHistory } from '../store/ledger/read.ts'
import { verdictOf } from '../store/ledger/verdict.ts'
import { supportOf } from './support.ts'

export interface HistoryNeeds {
  readonly env: Readonly<Record<string, string | undefined>>
  /** A whole text file, or throws. */
  readonly readFile: (path: string) => string
  /** Makes a file for its owner only; throws when there is one. */
  readonly writeFile: (path: string, text: string) => void
  /** Of this server. */
  readonly version: string
  readonly now: () => number
  /** One or more lines for standard output. */
  readonly print: (line: string) => void
  /** One or more lines for standard error. */
  readonly fail: (line: string) => void
}

const historyUsage = `vcf-upgrade-server history [--json] [--config FILE] [--instance NAME | --state-dir FOLDER]
  past runs: when, which domain, from which version to which, by whom, how it ended, how long it took
vcf-upgrade-server history verify [--head HASH] [--config FILE] [--instance NAME | --state-dir FOLDER]
  whether the history is as it was written; with --head: whether it holds the end of a run whose hash was written down (attribute "head" of
  sensor.<domain>_upgrade_history). Exit code 0: intact, 1: not
vcf-upgrade-server history support RUN [--out FILE] [--config FILE] [--instance NAME | --state-dir FOLDER]
  one file with all that is known of a run, for whoever is to find out why it stopped: facts, log, history, requests to SDDC Manager, its tasks, versions,
  settings without secrets. RUN: its id or the beginning of it, or last. Default file: vcf-upgrade-support-RUN.json
  --json             everything that is known, for programs
  --config FILE      the settings of the server, for its STATE_DIR
  --instance NAME    one of several SDDC Managers; default the first
  --state-dir FOLDER in place of STATE_DIR

All three only read that folder, and may be used while the server works.`

/** `vcf-upgrade-server history …`. Answers the exit code: 0; 1 the history is damaged or cannot be read; 2 an argument is wrong. */
export function history(argv: readonly string[], needs: HistoryNeeds): number {
  const { env, readFile, print, fail } = needs
  try {
    const { values, positionals } = parsed(argv)
    if (values.help) {
      print(historyUsage)
      return 0
    }
    if (positionals[0] === 'support') {
      support(positionals[1]!, values, needs)
      return 0
    }
    const found = readHistory(values['state-dir'] ?? readStateDir(env, values.config, readFile, values.instance))
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

interface Given {
  readonly config?: string | undefined
  readonly instance?: string | undefined
  readonly 'state-dir'?: string | undefined
  readonly out?: string | undefined
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

function parsed(argv: readonly string[]) {
  const options = { config: text, instance: text, 'state-dir': text, head: text, out: text, json: flag, help: flag }
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const [what, ...more] = positionals
  if (more.length !== (what === 'support' ? 1 : 0) || (what !== undefined && what !== 'verify' && what !== 'support'))
    throw new WrongArgument(`history ${positionals.join(' ')}: expected verify, or support and a run`)
  if (values.out !== undefined && what !== 'support') throw new WrongArgument('--out belongs to history support')
  if (values.head !== undefined && what !== 'verify') throw new WrongArgument('--head belongs to history verify')
  if (values.json && what !== undefined) throw new WrongArgument(`--json belongs to history without ${what}`)
  return { values, positionals }
}

/** With all settings: their secrets are what has to stay out. */
function support(wanted: string, given: Given, { env, readFile, writeFile, version, now, print }: HistoryNeeds): void {
  const { configs, config: first } = readConfig(env, given.config, readFile)
  const stateDir = given['state-dir'] ?? readStateDir(env, given.config, readFile, given.instance)
  const config = configs.find(({ instance }) => instance !== undefined && instance.name === given.instance) ?? first
  const { run, text } = supportOf(wanted, { stateDir, config, version, now: now() })
  const file = given.out ?? `vcf-upgrade-support-${run.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 64)}.json`
  try {
    writeFile(file, text)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw isThere ? new Error(`There is a file ${file} already; it is left alone. Name another one with --out.`) : error
  }
  print(`All that is known of run ${run} is in ${file}. Passwords and tokens are not; names of people, hosts and addresses are.`)
}

type Output = Pick<HistoryNeeds, 'print' | 'fail'>

function verify(found: ReadHistory, head: string | undefined, { print, fail }: Output): number {
  const { intact, lines } = verdictOf(found, head)
  for (const line of lines) (intact ? print : fail)(line)
  return intact ? 0 : 1
}

function show(found: ReadHistory, json: boolean, { print, fail }: Output): void {
  const runs = runsOf(found.entries)
  if (json)
    print(JSON.stringify({ intact: found.faults.length === 0, runs: runs.map(datedRun), entries: found.entries.map(dated) }, undefined, 2))
  else if (runs.length === 0) print(`No run has been started from this installation yet (${found.path} tells of none).`)
  else print(tableOf(runs))
  if (found.faults.length > 0) fail('The history does not fit together; "vcf-upgrade-server history verify" says where.')
}

function datedRun({ startedAt, finishedAt, ...rest }: PastRun): object {
  const iso = (at: number) => new Date(at).toISOString()
  return { ...rest, startedAt: iso(startedAt), ...(finishedAt !== undefined && { finishedAt: iso(finishedAt) }) }
}

function dated({ at, ...rest }: ReadHistory['entries'][number]): object {
  return { at: new Date(at).toISOString(), ...rest }
}
