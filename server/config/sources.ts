import { dirname, resolve } from 'node:path'
import { closestMatch } from 'leven'
import { z } from 'zod'
import type { DomainSettings } from '../ports/domain-settings.ts'
import { domainsSchema } from './domains.ts'
import { isOfOneInstance, readInstances } from './instances.ts'
import { knownNames } from './settings.ts'
import { fromSupervisor } from './supervisor.ts'

/** Keys that the file has and the environment has not. */
const ofFileOnly = ['domains', 'instances']

/** What an App that is started is to do: its work, or to take out what it made, with a run open or not. */
const removeOption = z.enum(['no', 'yes', 'even_during_upgrade'])
export type RemoveOption = z.infer<typeof removeOption>

export type Environment = Readonly<Record<string, string | undefined>>

/** One setting as it was given. `where` names it for a person, with the file it stood in. */
export interface Given {
  readonly text: string
  readonly where: string
  readonly from: 'environment' | 'file' | 'Supervisor'
  /** Where a relative path counts from, absolute: of the file its own folder. Default: the current one. */
  readonly folder?: string
}

export interface Sources {
  /** By environment name. What is empty counts as not given: compose files and apps pass on empty variables. */
  readonly given: ReadonlyMap<string, Given>
  readonly domains: Readonly<Record<string, DomainSettings>>
  /** Several SDDC Managers, by their names, each with settings that are only its own. None: the settings name one. */
  readonly instances: readonly InstanceSource[]
  readonly problems: readonly string[]
  /** Those among the problems that leave it open which SDDC Managers there are. */
  readonly namesInDoubt: readonly string[]
  readonly warnings: readonly string[]
  /** An App alone: what its option `remove` says. */
  readonly remove?: RemoveOption
  /** The file could not be understood at all. */
  readonly unreadable?: true
}

export interface InstanceSource extends Pick<Sources, 'given' | 'domains'> {
  readonly name: string
}

/** Environment and file side by side, the environment winning. @param file its path and text; undefined without one */
export function readSources(env: Environment, file?: { readonly path: string; readonly text: string }): Sources {
  const given = new Map<string, Given>()
  const inFile: Omit<Sources, 'warnings'> = file
    ? readFileSettings(file.path, file.text, Boolean(env.SUPERVISOR_TOKEN))
    : { given, domains: {}, instances: [], problems: [], namesInDoubt: [] }
  for (const name of knownNames()) {
    const text = env[name]
    const found = text?.trim() ? { text, where: name, from: 'environment' as const } : inFile.given.get(name)
    if (found) given.set(name, found)
  }
  for (const [name, text] of Object.entries(fromSupervisor(env, new Set(given.keys()))))
    given.set(name, { text, where: `${name} (of the Supervisor)`, from: 'Supervisor' })
  const stray = inFile.instances.length === 0 ? [] : [...given].filter(([name]) => isOfOneInstance(name)).map(([, { where }]) => where)
  const twice = stray.map((where) => `${where}: with instances each SDDC Manager has its own; expected it there only`)
  return { ...inFile, given, problems: [...inFile.problems, ...twice], warnings: strangers(env) }
}

function readFileSettings(path: string, text: string, inApp: boolean): Omit<Sources, 'warnings'> {
  const given = new Map<string, Given>()
  const read = json(text)
  const content = z.record(z.string(), z.unknown()).safeParse(read.value)
  if (!content.success) {
    const why = read.trouble ?? 'it holds something else'
    const problems = [`${path}: expected one JSON object with settings; ${why}`]
    return { given, domains: {}, instances: [], problems, namesInDoubt: problems, unreadable: true }
  }
  const { domains: ofDomains = {}, instances: ofInstances, remove: toRemove, ...rest } = content.data
  // An option of an App: elsewhere there is a command.
  const plain = inApp || toRemove === undefined ? rest : { ...rest, remove: toRemove }
  const asked = removeOption.safeParse(inApp ? toRemove || 'no' : 'no')
  const folder = dirname(resolve(path))
  const common = readPlain(plain, path, folder, knownNames())
  const domainsGiven = fromText(ofDomains)
  const named = domainsSchema.safeParse(domainsGiven.value)
  const wrong = named.error?.issues.map(({ path: place, message }) => `${['domains', ...place].join('.')} in ${path}: ${message}`) ?? []
  const several = ofInstances === undefined ? { instances: [], problems: [] } : readInstances(ofInstances, path)
  const apart = several.instances.map(({ name, domains, plain: own }) => {
    const { given: ofOne, problems } = readPlain(own, `instances.${name} in ${path}`, folder, knownNames().filter(isOfOneInstance))
    return { instance: { name, domains, given: ofOne }, problems }
  })
  const misplaced = apart.length > 0 && Object.keys(named.data ?? {}).length > 0
  return {
    ...{ given: common.given, domains: named.data ?? {}, instances: apart.map(({ instance }) => instance) },
    ...{ namesInDoubt: several.problems, ...(asked.success && inApp && { remove: asked.data }) },
    problems: [
      ...(domainsGiven.trouble === undefined ? [] : [`domains in ${path}: expected JSON; ${domainsGiven.trouble}`]),
      ...[...common.problems, ...wrong, ...several.problems, ...apart.flatMap(({ problems }) => problems)],
      ...(asked.success ? [] : [`remove in ${path}: expected ${removeOption.options.join(', ')}`]),
      ...(misplaced ? [`domains in ${path}: with instances each SDDC Manager has its own; expected it there`] : []),
    ],
  }
}

/** An App's options have no place for names of one's own: there it is JSON in one text. */
function fromText(given: unknown): Text {
  if (typeof given !== 'string') return { value: given }
  if (given.trim() === '') return { value: {} }
  const { value, trouble } = json(given)
  return { value: trouble === undefined ? value : {}, ...(trouble !== undefined && { trouble }) }
}

/** Settings by environment name. @param known names that may be given there */
function readPlain(
  plain: Readonly<Record<string, unknown>>,
  place: string,
  folder: string,
  known: readonly string[],
): { readonly given: ReadonlyMap<string, Given>; readonly problems: readonly string[] } {
  const given = new Map<string, Given>()
  const problems: string[] = []
  for (const [key, value] of Object.entries(plain)) {
    const name = key.toUpperCase()
    const where = `${name} (${key} in ${place})`
    if (!known.includes(name) && !ofFileOnly.includes(key.toLowerCase()))
      problems.push(
        `${key} in ${place}: not known; ${nearest(key.toLowerCase(), [...known.map((one) => one.toLowerCase()), ...ofFileOnly])}`,
      )
    else if (key !== key.toLowerCase()) problems.push(`${key} in ${place}: keys are written in lower case, ${key.toLowerCase()}`)
    else if (typeof value === 'string' || typeof value === 'boolean') {
      const text = String(value)
      const path = name === 'STATE_DIR' ? resolve(folder, text.trim()) : text
      if (text.trim()) given.set(name, { text: path, where, from: 'file', folder })
    } else if (value !== null) problems.push(`${where}: expected a text in quotes`)
  }
  return { given, problems }
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

interface Text {
  readonly value?: unknown
  /** Why it is no JSON. */
  readonly trouble?: string
}

/** Editors on Windows begin a file with a byte order mark, which is no JSON. */
function json(text: string): Text {
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
