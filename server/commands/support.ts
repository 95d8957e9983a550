import process from 'node:process'
import { type Config, secretsOf } from '../config.ts'
import { type PastRun, runsOf } from '../history/runs.ts'
import { createMask } from '../log/mask.ts'
import { readHistory } from '../store/ledger/read.ts'
import { readRun } from '../store/trace/read.ts'

export interface SupportNeeds {
  readonly stateDir: string
  /** Told without what is secret in it; its secrets are masked wherever else they turn up. */
  readonly config: Config
  /** Of this server. */
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Raised when the form of the file changes. */
const supportForm = 1

/**
 * Everything that is known of one run, as the text of one file: plain JSON, so that whoever is to send it away can read first what is in it.
 * No header and no body of a request was ever recorded; passwords and tokens of the settings are masked in every spelling.
 *
 * @param wanted id of the run or its beginning, or `last`
 * @throws Error with a sentence: there is no such run, or several
 */
export function supportOf(
  wanted: string,
  { stateDir, config, version, now }: SupportNeeds,
): { readonly run: string; readonly text: string } {
  const { entries, faults, torn } = readHistory(stateDir)
  const run = chosen(wanted, runsOf(entries))
  const { record, requests, tasks, about } = readRun(stateDir, run.id)
  const mask = createMask(secretsOf(config), { stacks: false })
  const content = {
    ...{ form: supportForm, made_at: new Date(now).toISOString(), run },
    versions: { of_the_run: about, now: { server: version, node: process.versions.node, platform: `${process.platform} ${process.arch}` } },
    settings: mask(config),
    history: {
      ...{ intact: faults.length === 0, faults, unfinished_bytes: torn },
      entries: entries.filter((entry) => 'run' in entry && entry.run === run.id).map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
    },
    domain: record?.domain,
    log: record?.facts.log.map(({ at, since, ...line }) => ({ at: iso(at), ...line, ...(since !== undefined && { since: iso(since) }) })),
    facts: record && { ...record.facts, log: undefined },
    ...{ requests, tasks },
  }
  return { run: run.id, text: `${String(mask(JSON.stringify(content, undefined, 1)))}\n` }
}

function chosen(wanted: string, runs: readonly PastRun[]): PastRun {
  const last = runs.at(-1)
  if (!last) throw new Error('No run has been started from this installation yet.')
  const fitting = wanted === 'last' ? [last] : runs.filter(({ id }) => id.startsWith(wanted))
  const exact = fitting.find(({ id }) => id === wanted) ?? (fitting.length === 1 ? fitting[0] : undefined)
  if (exact) return exact
  const known = runs.slice(-5).map(({ id, domain, startedAt }) => `  ${id}  ${domain.name}, started ${iso(startedAt)}`)
  const why = fitting.length === 0 ? `There is no run ${wanted}` : `Several runs begin with ${wanted}`
  throw new Error(`${why}. The last ones are:\n${known.join('\n')}\n"history --json" lists all; "last" means the last one.`)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
