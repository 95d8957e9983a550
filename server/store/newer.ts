import { join } from 'node:path'
import { z } from 'zod'
import { newerFile, openForm } from './envelope.ts'
import { namesIn, textOf } from './set-aside.ts'

/**
 * Refuses a folder in which a newer version of this server has worked, before anything in it is renamed or made: going on would forget what only the newer
 * one understands. Records and the history look at theirs themselves.
 *
 * @throws Error with a sentence that names the file
 */
export function expectKnownForms(folder: string): void {
  for (const name of namesIn(folder).filter((name) => name.endsWith('.json') && !name.startsWith('history'))) {
    const path = join(folder, name)
    const text = textOf(path)
    if (text !== undefined) expectKnownForm(path, text)
  }
}

/** @throws Error with a sentence */
export function expectKnownForm(path: string, text: string): void {
  const opened = openForm(text, z.unknown())
  if ('why' in opened && opened.isNewer) throw newerFile(path, opened.why)
}
