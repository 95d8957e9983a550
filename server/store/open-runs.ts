import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { unwrap } from './envelope.ts'
import { namesIn, readable } from './set-aside.ts'

/**
 * Runs that have not ended, one sentence without a full stop for each; and each record that cannot be read: nobody knows whether there is one. Reads as it
 * is: nothing is mended or set aside.
 *
 * @param instance name of the SDDC Manager among several
 * @throws Error with a sentence: the folder cannot be read
 */
export function openRunsIn(stateDir: string, instance?: string): readonly string[] {
  const folder = join(resolve(stateDir), 'domains')
  if (!existsSync(folder)) return []
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const text = readable(join(folder, name))
      const opened = 'why' in text ? text : unwrap(text.content)
      if ('why' in opened) return [`the record ${join(folder, name)} cannot be read, so that nobody knows whether a run is open`]
      const { domain, facts } = opened.content
      const { run } = facts
      if (!run || run.finished) return []
      return [
        `${domain.name}${instance === undefined ? '' : ` of ${instance}`} to ${run.target}, started ${new Date(run.startedAt).toISOString()}`,
      ]
    })
}
