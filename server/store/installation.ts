import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Announced, Names, Prefixes } from '../ports/store.ts'
import { writeDurably } from './durable-file.ts'
import { formVersion, newerFile, openForm, pretty } from './envelope.ts'
import { setAside, textOf } from './set-aside.ts'
import { trouble } from './trouble.ts'

const installation = z.strictObject({ version: z.number(), instance: z.string().min(1) })
const names = z.strictObject({ version: z.number(), prefixes: z.record(z.string(), z.string()) })

const resources = z.strictObject({ version: z.number(), names: z.record(z.string(), z.string()) })

const first = z.strictObject({ version: z.number(), first: z.string().min(1) })

const announcements = z.strictObject({
  version: z.number(),
  devices: z.record(z.string(), z.array(z.string())),
  deleted: z.array(z.string()),
})

export type Warn = (message: string) => void

/** The UUID of this installation; made by `newId` on the first start, and when the file cannot be used. */
export function readInstance(path: string, newId: () => string, warn: Warn): string {
  const known = read(path, installation, warn, 'This installation gets a new id')
  if (known) return known.instance
  const instance = newId()
  write(path, { version: formVersion, instance })
  return instance
}

/** The names given so far; none when there is no file or it cannot be used. */
export function readPrefixes(path: string, warn: Warn): Prefixes {
  return read(path, names, warn, 'The names of the entities are made anew from the names of the domains')?.prefixes ?? {}
}

export function writePrefixes(path: string, prefixes: Prefixes): void {
  write(path, { version: formVersion, prefixes })
}

/** The names of clusters and hosts; none when there is no file or it cannot be used. */
export function readResourceNames(path: string, warn: Warn): Names {
  return read(path, resources, warn, 'The names of the entities of clusters and hosts are made anew from their own names')?.names ?? {}
}

export function writeResourceNames(path: string, names: Names): void {
  write(path, { version: formVersion, names })
}

/** What was announced by MQTT; nothing when there is no file or it cannot be used. */
export function readAnnounced(path: string, warn: Warn): Announced {
  const consequence = 'What was announced by MQTT is announced anew'
  const { devices, deleted } = read(path, announcements, warn, consequence) ?? { devices: {}, deleted: [] }
  return { devices, deleted }
}

export function writeAnnounced(path: string, { devices, deleted }: Announced): void {
  write(path, { version: formVersion, devices, deleted })
}

/**
 * Of several SDDC Managers the first has the names and the facts that lie in `folder` itself: keeps which one that is.
 *
 * @param names of all, the first one first
 * @throws Error with a sentence and the remedy when another one was first before
 */
export function keepFirstInstance(folder: string, name: string, names: readonly string[], warn: Warn): void {
  const path = join(folder, 'first-instance.json')
  const known = read(path, first, warn, `${name} is taken for the first of instances from now on`)?.first
  if (known === name) return
  if (known === undefined) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    write(path, { version: formVersion, first: name })
    return
  }
  const remedy = names.includes(known)
    ? `put ${known} first again`
    : `if it only has another name now, give it its old one; if it is gone for good, run remove with the settings of before and take another STATE_DIR`
  throw new Error(
    `The first of instances is ${name}, and was ${known} until now. Facts in ${folder} and entities without a name of their own in Home Assistant belong to ${known}: ${remedy}.`,
  )
}

/** What a file of ours holds; undefined when there is none, or it cannot be used: then it is set aside and that is told. */
export function read<T>(path: string, shape: z.ZodType<T>, warn: Warn, consequence: string): T | undefined {
  const text = textOf(path)
  if (text === undefined) return undefined
  const opened = openForm(text, shape)
  if ('content' in opened) return opened.content
  if (opened.isNewer) throw newerFile(path, opened.why)
  const aside = setAside(path)
  warn(
    `The file ${path} ${opened.why}. It is kept as ${aside}. ${consequence}; to undo that, stop the server and put a good copy back as ${path}.`,
  )
  return undefined
}

export function write(path: string, content: unknown): void {
  try {
    writeDurably(path, pretty(content))
  } catch (error) {
    throw trouble('Cannot write', path, error)
  }
}
