import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DomainRecord } from '../../ports/facts.ts'
import { unwrap } from '../envelope.ts'
import { fileNameOf } from '../file-name.ts'
import { textOf } from '../set-aside.ts'

/** What a state folder knows of one run beside the history; as it is, nothing is mended. */
export interface KnownOfRun {
  /** Facts and the whole log. */
  readonly record?: DomainRecord
  readonly requests: readonly unknown[]
  readonly tasks: readonly unknown[]
  readonly about: unknown
}

/** @throws Error with a sentence when the folder cannot be read */
export function readRun(folder: string, run: string): KnownOfRun {
  const root = resolve(folder)
  const trace = join(root, 'trace', fileNameOf(run))
  const lines = ['requests.before.jsonl', 'requests.jsonl'].flatMap((name) => (textOf(join(trace, name)) ?? '').split('\n'))
  const record = recordOf(root, run)
  return {
    ...(record && { record }),
    requests: lines.filter((line) => line !== '').map(parsed),
    tasks: namesIn(trace)
      .filter((name) => /^task-.*\.json$/.test(name))
      .map((name) => parsed(textOf(join(trace, name)) ?? '')),
    about: parsed(textOf(join(trace, 'about.json')) ?? '{}'),
  }
}

/** Kept for good when it ended, else that of its domain. */
function recordOf(root: string, run: string): DomainRecord | undefined {
  const kept = opened(join(root, 'runs', `${fileNameOf(run)}.json`))
  if (kept) return kept
  return namesIn(join(root, 'domains'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => opened(join(root, 'domains', name)))
    .find((record) => record?.facts.run?.id === run)
}

function opened(path: string): DomainRecord | undefined {
  const text = textOf(path)
  const found = text === undefined ? undefined : unwrap(text)
  return found && 'content' in found ? found.content : undefined
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** A line that a death cut off is told as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
