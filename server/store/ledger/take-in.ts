import { join } from 'node:path'
import { eventsOf } from '../../history/events.ts'
import type { DomainRecord } from '../../ports/facts.ts'
import { unwrap } from '../envelope.ts'
import { fileNameOf } from '../file-name.ts'
import { namesIn, readable } from '../set-aside.ts'
import type { Ledger } from './ledger.ts'

/**
 * Finished runs that a version before the history kept in `folder`, one file each: what they tell is added, marked as taken in. Those whose end is in the
 * ledger were there before.
 *
 * @param records of the domains: their last run is told by them
 */
export function takeIn(ledger: Ledger, folder: string, records: readonly DomainRecord[], warn: (message: string) => void): void {
  const ended = ledger.entries().flatMap((entry) => (entry.event === 'ended' && 'run' in entry ? [entry.run] : []))
  const current = records.flatMap(({ facts }) => (facts.run ? [facts.run.id] : []))
  const told = new Set([...ended, ...current].map((run) => `${fileNameOf(run)}.json`))
  const found = keptIn(folder, warn)
    .filter((name) => name.endsWith('.json') && !told.has(name))
    .flatMap((name) => archived(join(folder, name), warn))
    .sort((a, b) => a.facts.run!.startedAt - b.facts.run!.startedAt)
  for (const record of found) ledger.add(eventsOf(record).map((event) => ({ ...event, archived: true })))
}

/** An upgrade is not stopped by its history: what cannot be read is told. */
function keptIn(folder: string, warn: (message: string) => void): readonly string[] {
  try {
    return namesIn(folder)
  } catch (error) {
    warn(`${error instanceof Error ? error.message : String(error)} Runs of before may be missing in the history.`)
    return []
  }
}

function archived(path: string, warn: (message: string) => void): readonly DomainRecord[] {
  const text = readable(path)
  if ('why' in text) {
    warn(`${text.why} That run is missing in the history.`)
    return []
  }
  const opened = unwrap(text.content)
  if ('why' in opened) warn(`The kept run ${path} ${opened.why}. It is left as it is and missing in the history.`)
  return 'content' in opened && opened.content.facts.run ? [opened.content] : []
}
