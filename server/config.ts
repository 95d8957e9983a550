import { contradictions } from './config/contradictions.ts'
import { type Instance, instanceNamed, isOfOneInstance, stateDirOf, twins } from './config/instances.ts'
import type { MayControl } from './config/kinds.ts'
import { settings, type Values } from './config/settings.ts'
import { SettingsError } from './config/settings-error.ts'
import type { Environment, Sources } from './config/sources.ts'
import { sourcesOf } from './config/sources-of.ts'
import { type ReadFile, readValues } from './config/values.ts'
import type { DomainSettings } from './ports/domain-settings.ts'

export { SettingsError } from './config/settings-error.ts'

/** All that the settings say of one SDDC Manager, cut by who needs it. Durations in milliseconds. */
export interface Config {
  readonly homeAssistant: {
    /** Without a slash at the end. */
    readonly url: string
    readonly token: string
    /** PEM of a private CA. */
    readonly ca?: string
  }
  readonly vcf: {
    /** Without a slash at the end. */
    readonly url: string
    readonly username: string
    readonly password: string
    /** At most one of them; none: the system's CAs. */
    readonly trust: { readonly ca?: string; readonly fingerprint?: string; readonly insecure?: true }
  }
  /** Without one entities are shown directly. */
  readonly mqtt?: { readonly url: string; readonly ca?: string; readonly username?: string; readonly password?: string }
  readonly control: { readonly mayControl: MayControl; readonly automationsMayControl: boolean }
  readonly limits: {
    readonly detectEvery: number
    readonly resourcesEvery: number
    readonly pollEvery: number
    readonly settle: number
    readonly precheckLimit: number
    readonly downloadLimit: number
    readonly stepLimit: number
    readonly proofLimit: number
    readonly precheckFresh: number
    readonly resultShown: number
    readonly targetPause: number
  }
  readonly stateDir: string
  /** `NOTIFY`: more targets beside the persistent notification. */
  readonly notify: readonly string[]
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** By the name of the domain; those that are not named have the defaults. */
  readonly domains: Readonly<Record<string, DomainSettings>>
  /** What this SDDC Manager is called among those that `instances` names; absent without them. */
  readonly instance?: Instance
}

/**
 * Settings from the environment and, where one is named, a JSON file with the same keys in lower case; the environment wins. Inside a Home Assistant
 * App the file is its options, and the way to Home Assistant is found.
 *
 * @param env all of it; an unknown `VCF_`, `HA_` or `MQTT_` variable is one of the `warnings`
 * @param file path of the JSON file (`--config`)
 * @param readFile for that file and for those that settings name
 * @throws SettingsError naming every key that is missing or wrong
 * @returns one for each SDDC Manager; `config` is that of the first
 */
export function readConfig(
  env: Environment,
  file: string | undefined,
  readFile: ReadFile,
): { readonly config: Config; readonly configs: readonly Config[]; readonly warnings: readonly string[] } {
  const sources = sourcesOf(env, file, readFile)
  const read = sources.instances.length === 0 ? [readOne(sources, readFile)] : sources.instances.map(instanceOf(sources, readFile))
  const configs = read.map(({ config }) => config)
  const wrong = [...new Set(read.flatMap(({ problems }) => problems)), ...twins(configs)]
  // Of a file that says nothing no setting can be called missing.
  const all = sources.unreadable ? sources.problems : [...sources.problems, ...wrong]
  if (all.length > 0) throw new SettingsError([...all, ...sources.warnings])
  return { config: configs[0]!, configs, warnings: sources.warnings }
}

type Read = { readonly config: Config; readonly problems: readonly string[] }

function readOne({ given, domains }: Pick<Sources, 'given' | 'domains'>, readFile: ReadFile): Read {
  const { values, problems } = readValues(given, readFile)
  return { config: cut(values, domains), problems: [...problems, ...contradictions(values)] }
}

/** One of several: what all have in common, and its own. */
function instanceOf(sources: Sources, readFile: ReadFile): (source: Sources['instances'][number], index: number) => Read {
  const common = [...sources.given].filter(([name]) => !isOfOneInstance(name))
  return ({ name, given, domains }, index) => {
    const { config, problems } = readOne({ given: new Map([...common, ...given]), domains }, readFile)
    const place = ` in instances.${name}`
    return {
      config: { ...config, stateDir: stateDirOf(config.stateDir, name, index), instance: instanceNamed(name, index) },
      problems: problems.map((one) => (isOfOneInstance(one) && !one.includes(`instances.${name}`) ? one.replace(/:/, `${place}:`) : one)),
    }
  }
}

/** What a person may change while the server runs, in its file or in the JSON file. */
export interface Secrets {
  readonly token: string
  readonly password: string
  /** Of the MQTT broker. */
  readonly mqttPassword?: string
}

export function secretsIn({ homeAssistant, vcf, mqtt }: Config): Secrets {
  const mqttPassword = mqtt?.password
  return { token: homeAssistant.token, password: vcf.password, ...(mqttPassword !== undefined && { mqttPassword }) }
}

/**
 * The folder of the facts alone, for commands that need nothing else.
 *
 * @param instance name of one of several SDDC Managers; default the first
 * @throws SettingsError when the file cannot be read or is none, or there is no such SDDC Manager
 */
export function readStateDir(env: Environment, file: string | undefined, readFile: ReadFile, instance?: string): string {
  const { given, instances, unreadable, problems } = sourcesOf(env, file, readFile)
  if (unreadable) throw new SettingsError(problems)
  const stateDir = given.get('STATE_DIR')?.text ?? settings.STATE_DIR.default
  if (instance === undefined) return stateDir
  const names = instances.map(({ name }) => name)
  if (!names.includes(instance))
    throw new SettingsError([`--instance ${instance}: expected one of ${names.join(', ') || 'instances, of which the settings name none'}`])
  return stateDirOf(stateDir, instance, names.indexOf(instance))
}

/** What must appear in no log. */
export function secretsOf(config: Config): string[] {
  return Object.values(secretsIn(config))
}

function cut(values: Values, domains: Config['domains']): Config {
  const { HA_CA_FILE: haCa, VCF_CA_FILE: ca, VCF_FINGERPRINT: fingerprint, VCF_INSECURE: insecure } = values
  return {
    homeAssistant: { url: values.HA_URL, token: values.HA_TOKEN, ...(haCa !== undefined && { ca: haCa }) },
    vcf: {
      url: values.VCF_URL,
      username: values.VCF_USERNAME,
      password: values.VCF_PASSWORD,
      trust: { ...(ca !== undefined && { ca }), ...(fingerprint !== undefined && { fingerprint }), ...(insecure && { insecure }) },
    },
    ...(values.MQTT_URL !== undefined && { mqtt: broker(values, values.MQTT_URL) }),
    control: { mayControl: values.MAY_CONTROL, automationsMayControl: values.AUTOMATIONS_MAY_CONTROL },
    limits: {
      detectEvery: values.DETECT_EVERY,
      resourcesEvery: values.RESOURCES_EVERY,
      pollEvery: values.POLL_EVERY,
      settle: values.SETTLE,
      precheckLimit: values.PRECHECK_LIMIT,
      downloadLimit: values.DOWNLOAD_LIMIT,
      stepLimit: values.STEP_LIMIT,
      proofLimit: values.PROOF_LIMIT,
      precheckFresh: values.PRECHECK_FRESH,
      resultShown: values.RESULT_SHOWN,
      targetPause: 60_000,
    },
    stateDir: values.STATE_DIR,
    notify: values.NOTIFY ?? [],
    logLevel: values.LOG_LEVEL,
    domains,
  }
}

function broker({ MQTT_USERNAME: username, MQTT_PASSWORD: password, MQTT_CA_FILE: ca }: Values, url: string): NonNullable<Config['mqtt']> {
  return { url, ...(ca !== undefined && { ca }), ...(username !== undefined && { username }), ...(password !== undefined && { password }) }
}
