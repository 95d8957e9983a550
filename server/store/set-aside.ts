import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { isCode, syncFolder } from './durable-file.ts'
import type { Opened } from './envelope.ts'
import { trouble } from './trouble.ts'

/** Gives a file that cannot be used another name, never that of an earlier one, and answers it. Nothing is lost: a person may want to repair it. */
export function setAside(path: string): string {
  let number = 1
  while (existsSync(`${path}.broken-${number}`)) number += 1
  const aside = `${path}.broken-${number}`
  try {
    renameSync(path, aside)
    syncFolder(dirname(path))
  } catch (error) {
    throw trouble('Cannot set aside the unusable file', path, error)
  }
  return aside
}

/** The name that a file had before it was set aside, and how many were before it; undefined for any other name. */
export function wasSetAside(name: string): { readonly original: string; readonly number: number } | undefined {
  const match = /^(.+)\.broken-(\d+)$/.exec(name)
  return match ? { original: match[1]!, number: Number(match[2]) } : undefined
}

/** A file's text, empty when there is none; or the sentence that says why it cannot be read. */
export function readable(path: string): Opened<string> {
  try {
    return { content: textOf(path) ?? '' }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

/** The names in a folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    throw trouble('Cannot read the folder', folder, error)
  }
}

/** A file's text; undefined when there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw trouble('Cannot read', path, error)
  }
}
