import { closestMatch } from 'leven'
import { z } from 'zod'
import type { DomainSettings } from '../ports/domain-settings.ts'
import { domainsSchema } from './domains.ts'
import { knownNames } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** One setting as it was given. `where` names it for a person, with the file it stood in. */
export interface Given {
  readonly text: string
  readonly where: string
  readonly from: 'environment' | 'file'
}

export interface Sources {
  /** By environment name. What is empty counts as not given: compose files and apps pass on empty variables. */
  readonly given: ReadonlyMap<string, Given>
  readonly domains: Readonly<Record<string, DomainSettings>>
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** Environment and file side by side, the environment winning. @param file its path and text; undefined without one */
export function readSources(env: Environment, file?: { readonly path: string; readonly text: string }): Sources {
  const given = new Map<string, Given>()
  const inFile = file ? readFileSettings(file.path, file.text) : { given, domains: {}, problems: [] }
  for (const name of knownNames()) {
    const text = env[name]
    const found = text?.trim() ? { text, where: name, from: 'environment' as const } : inFile.given.get(name)
    if (found) given.set(name, found)
  }
  return { given, domains: inFile.domains, problems: inFile.problems, warnings: strangers(env) }
}

function readFileSettings(path: string, text: string): Omit<Sources, 'warnings'> {
  const given = new Map<string, Given>()
  const content = z.record(z.string(), z.unknown()).safeParse(json(text))
  if (!content.success) return { given, domains: {}, problems: [`${path}: expected one JSON object with settings`] }
  const problems: string[] = []
  const { domains: ofDomains = {}, ...plain } = content.data
  for (const [key, value] of Object.entries(plain)) {
    const name = key.toUpperCase()
    const where = `${name} (${key} in ${path})`
    if (key !== key.toLowerCase() || !knownNames().includes(name))
      problems.push(`${key} in ${path}: not known; ${nearest(key, fileNames())}`)
    else if (typeof value === 'string' || typeof value === 'boolean') {
      if (String(value).trim()) given.set(name, { text: String(value), where, from: 'file' })
    } else if (value !== null) problems.push(`${where}: expected a text in quotes`)
  }
  const named = domainsSchema.safeParse(ofDomains)
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

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
