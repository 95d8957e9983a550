import { closestMatch } from 'leven'
import { z } from 'zod'
import type { DomainSettings } from '../ports/domain-settings.ts'
import { domainsSchema } from './domains.ts'
import { knownNames } from './settings.ts'
import { fromSupervisor } from './supervisor.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** One setting as it was given. `where` names it for a person, with the file it stood in. */
export interface Given {
  readonly text: string
  readonly where: string
  readonly from: 'environment' | 'file' | 'Supervisor'
}

export interface Sources {
  /** By environment name. What is empty counts as not given: compose files and apps pass on empty variables. */
  readonly given: ReadonlyMap<string, Given>
  readonly domains: Readonly<Record<string, DomainSettings>>
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
  /** The file could not be understood at all. */
  readonly unreadable?: true
}

/** Environment and file side by side, the environment winning. @param file its path and text; undefined without one */
export function readSources(env: Environment, file?: { readonly path: string; readonly text: string }): Sources {
  const given = new Map<string, Given>()
  const inFile: Omit<Sources, 'warnings'> = file ? readFileSettings(file.path, file.text) : { given, domains: {}, problems: [] }
  for (const name of knownNames()) {
    const text = env[name]
    const found = text?.trim() ? { text, where: name, from: 'environment' as const } : inFile.given.get(name)
    if (found) given.set(name, found)
  }
  for (const [name, text] of Object.entries(fromSupervisor(env, new Set(given.keys()))))
    given.set(name, { text, where: `${name} (of the Supervisor)`, from: 'Supervisor' })
  return { ...inFile, given, warnings: strangers(env) }
}

function readFileSettings(path: string, text: string): Omit<Sources, 'warnings'> {
  const given = new Map<string, Given>()
  const read = json(text)
  const content = z.record(z.string(), z.unknown()).safeParse(read.value)
  if (!content.success) {
    const why = read.trouble ?? 'it holds something else'
    return { given, domains: {}, problems: [`${path}: expected one JSON object with settings; ${why}`], unreadable: true }
  }
  const problems: string[] = []
  const { domains: ofDomains = {}, ...plain } = content.data
  for (const [key, value] of Object.entries(plain)) {
    const name = key.toUpperCase()
    const where = `${name} (${key} in ${path})`
    if (!knownNames().includes(name) && key.toLowerCase() !== 'domains')
      problems.push(`${key} in ${path}: not known; ${nearest(key.toLowerCase(), fileNames())}`)
    else if (key !== key.toLowerCase()) problems.push(`${key} in ${path}: keys are written in lower case, ${key.toLowerCase()}`)
    else if (typeof value === 'string' || typeof value === 'boolean') {
      if (String(value).trim()) given.set(name, { text: String(value), where, from: 'file' })
    } else if (value !== null) problems.push(`${where}: expected a text in quotes`)
  }
  const asText = typeof ofDomains === 'string' && ofDomains.trim() !== '' ? json(ofDomains) : undefined
  if (asText?.trouble !== undefined) problems.push(`domains in ${path}: expected JSON; ${asText.trouble}`)
  // An App's options have no place for names of one's own: there it is one text.
  const named = domainsSchema.safeParse(typeof ofDomains === 'string' ? (asText?.value ?? {}) : ofDomains)
  if (named.success) return { given, domains: named.data, problems }
  const wrong = named.error.issues.map(({ path: place, message }) => `${['domains', ...place].join('.')} in ${path}: ${message}`)
  return { given, domains: {}, problems: [...problems, ...wrong] }
}

/** Variables that look like ours and are not. Other programs have such names too, so they are only pointed out. */
function strangers(env: Environment): readonly string[] {
  const known = knownNames()
  return Object.keys(env)
    .filter((name) => /^(VCF|HA|MQTT)_/.test(name) && !known.includes(name))
    .sort()
    .map((name) => `${name} is not a setting of this server and has no effect; ${nearest(name, known)}.`)
}

function nearest(name: string, known: readonly string[]): string {
  return `the nearest known one is ${closestMatch(name, known)}`
}

function fileNames(): readonly string[] {
  return [...knownNames().map((name) => name.toLowerCase()), 'domains']
}

/** Editors on Windows begin a file with a byte order mark, which is no JSON. */
function json(text: string): { readonly value?: unknown; readonly trouble?: string } {
  const plain = text.replace(/^\uFEFF/, '')
  try {
    return { value: JSON.parse(plain) }
  } catch (error) {
    return { trouble: whereIn(plain, error) }
  }
}

/** JSON's own message may repeat the text around the place, and with it a secret: only the place is told. */
function whereIn(text: string, error: unknown): string {
  const before = text.slice(0, placeOf(text, String(error))).split('\n')
  return `it is no JSON from line ${before.length}, column ${before.at(-1)!.length + 1} on (a comma or a quote too many or missing?)`
}

/** Index of what cannot stand there. Of an unexpected token Node tells none: it is the end of the shortest beginning that has one. */
function placeOf(text: string, message: string): number {
  const told = /position (\d+)/.exec(message)?.[1]
  if (told !== undefined) return Number(told)
  // Each beginning of one that has it has it too; an offending letter may be the last of all.
  let [fine, broken] = [0, text.length]
  if (!hasUnexpectedToken(text)) return text.length
  while (broken - fine > 1) {
    const middle = (fine + broken) >> 1
    if (hasUnexpectedToken(text.slice(0, middle))) broken = middle
    else fine = middle
  }
  return fine
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    return /Unexpected token/.test(String(error))
  }
}
