/** `instances` of the settings file: several SDDC Managers, each with the settings that are its own. */
import { z } from 'zod'
import type { DomainSettings } from '../ports/domain-settings.ts'
import { domainsSchema } from './domains.ts'

/** One of several SDDC Managers, as it was given. */
export interface InstanceGiven {
  readonly name: string
  /** Settings by environment name. */
  readonly plain: Readonly<Record<string, unknown>>
  readonly domains: Readonly<Record<string, DomainSettings>>
}

/** What an SDDC Manager is called among several. */
export interface Instance {
  readonly name: string
  /** In Home Assistant: start of its object ids and of its friendly names. */
  readonly called: { readonly objectId: string; readonly title: string; readonly instance: string }
}

/** Parts of entity ids that mean something else. */
const reserved = ['overall', 'active', 'server', 'host', 'connection', 'check', 'refresh', 'upgrade']
const form = 'expected 1 to 30 lower-case letters, digits or _, beginning with a letter'
const nameOf = z
  .string(form)
  .regex(/^[a-z](_?[a-z0-9]){0,29}$/, form)
  .refine((name) => !reserved.includes(name), 'means something else in entity ids: expected another name')
/** In an App `domains` is JSON in one text. */
const domains = z.preprocess((given) => (typeof given === 'string' ? parsed(given) : given), domainsSchema.optional())
const entry = z.looseObject({ name: nameOf, domains: domains.optional() })

/** Whether a setting belongs to one SDDC Manager. */
export function isOfOneInstance(name: string): boolean {
  return name.startsWith('VCF_')
}

/** An empty list names none, as an App gives it. `problems`: one sentence each. @param path of the file, to name it */
export function readInstances(
  value: unknown,
  path: string,
): { readonly instances: readonly InstanceGiven[]; readonly problems: readonly string[] } {
  const list = z.array(z.unknown()).safeParse(value)
  if (!list.success) return { instances: [], problems: [`instances in ${path}: expected a list of SDDC Managers`] }
  const problems: string[] = []
  const instances = list.data.flatMap((one, index) => {
    const read = entry.safeParse(one)
    if (!read.success) {
      problems.push(
        ...read.error.issues.map((issue) => `${['instances', index + 1, ...issue.path].join('.')} in ${path}: ${issue.message}`),
      )
      return []
    }
    const { name, domains = {}, ...plain } = read.data
    return [{ name, domains, plain }]
  })
  for (const { name } of instances.filter(({ name }, index) => instances.findIndex((one) => one.name === name) !== index))
    problems.push(`instances in ${path}: ${name} is the name of two: expected each once`)
  return { instances, problems }
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The first has the names that an only one has, so that a second one can be added later. */
export function instanceNamed(name: string, index: number): Instance {
  const first = { objectId: 'vcf', title: 'VCF' }
  return { name, called: { ...(index === 0 ? first : { objectId: `vcf_${name}`, title: `VCF ${name}` }), instance: name } }
}

/** Where the facts of an SDDC Manager lie. */
export function stateDirOf(stateDir: string, name: string, index: number): string {
  return index === 0 ? stateDir : `${stateDir.replace(/\/+$/, '')}/instances/${name}`
}

/** Instances that are the same SDDC Manager: two machines would follow one upgrade, and each domain would stand there twice. */
export function twins(configs: readonly { readonly vcf: { readonly url: string }; readonly instance?: Instance }[]): readonly string[] {
  return configs.flatMap(({ vcf, instance }, at) => {
    const first = configs
      .slice(0, at)
      .find((other) => other.vcf.url !== undefined && other.vcf.url.toLowerCase() === vcf.url?.toLowerCase())
    return first
      ? [`VCF_URL in instances.${instance?.name}: is that of instances.${first.instance?.name}; expected each SDDC Manager once`]
      : []
  })
}
