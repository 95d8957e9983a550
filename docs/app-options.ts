/** Options of the Home Assistant App, made from the settings themselves. `npm run settings` writes them into `app/`; a test keeps them current. */
import { allSettings, type Key, type Setting } from '../server/config/settings.ts'

interface Option {
  readonly key: string
  /** In the Supervisor's words; `?`: may be left out. */
  readonly type: string
  readonly name: string
  readonly meaning: string
}

/** Found by itself in an App, or of no use there. */
const left: readonly Key[] = ['HA_URL', 'HA_TOKEN', 'HA_CA_FILE', 'STATE_DIR']
const types: Partial<Record<Key, string>> = {
  VCF_INSECURE: 'bool',
  AUTOMATIONS_MAY_CONTROL: 'bool',
  LOG_LEVEL: 'list(debug|info|warn|error)',
}
/** Keys of the settings file that hold more than a text; here they are written as one, in JSON. */
const asText: readonly Option[] = [
  {
    key: 'domains',
    type: 'str?',
    name: 'Domains',
    meaning: 'What is wanted of single domains, in JSON, such as {"vcf-m01": {"target": "5.2.1.0"}}.',
  },
]

/** Of the App alone: elsewhere it is a command. */
const commands: readonly Option[] = [
  {
    key: 'remove',
    type: 'list(no|yes|even_during_upgrade)?',
    name: 'Remove',
    meaning:
      'yes: takes everything out of Home Assistant that this App made there, and ends, in place of its work; not while a run is open, unless it is even_during_upgrade. Default: no.',
  },
]

/** A list of several SDDC Managers: each has what otherwise the only one has. */
const lists: readonly Option[] = [
  {
    key: 'instances',
    type: ['', '- name: str', ...ofOneInstance().map(({ key, type }) => `  ${key}: ${type}`)].join('\n    '),
    name: 'Several SDDC Managers',
    meaning:
      'In place of the options above that begin with VCF and of Domains: one entry for each SDDC Manager, with a short name in lower case.',
  },
]

/** In the order of the table of settings. */
export function appOptions(): readonly Option[] {
  const plain = allSettings()
    .filter(([key]) => !left.includes(key))
    .map(([key, setting]) => ({
      key: key.toLowerCase(),
      type: optional(typeOf(key, setting)),
      name: nameOf(key),
      meaning: meaningOf(setting),
    }))
  return [...plain, ...asText, ...commands, ...lists]
}

function ofOneInstance(): readonly Pick<Option, 'key' | 'type'>[] {
  const own = allSettings().filter(([key]) => key.startsWith('VCF_'))
  return [...own.map(([key, setting]) => ({ key: key.toLowerCase(), type: typeOf(key, setting) })), ...asText]
}

/** The Supervisor cannot know whether one SDDC Manager is named or several: what is missing is told by the server. */
function optional(type: string): string {
  return type.endsWith('?') ? type : `${type}?`
}

/** Lines below `schema:` of `app/config.yaml`. */
export function schemaLines(): string {
  return appOptions()
    .map(({ key, type }) => `  ${key}: ${type}`.replace(': \n', ':\n'))
    .join('\n')
}

/** The whole of `app/translations/en.yaml`. */
export function translation(): string {
  const lines = appOptions().flatMap(({ key, name, meaning }) => [
    `  ${key}:`,
    `    name: ${JSON.stringify(name)}`,
    `    description: ${JSON.stringify(meaning)}`,
  ])
  return ['# Made from server/config/settings.ts by `npm run settings`.', 'configuration:', ...lines, ''].join('\n')
}

function typeOf(key: Key, setting: Setting): string {
  const type = setting.secret ? 'password' : (types[key] ?? 'str')
  return setting.required ? type : `${type}?`
}

const capitals = /\b(vcf|mqtt|ca|url)\b/gi

function nameOf(key: Key): string {
  const words = key.toLowerCase().replaceAll('_', ' ')
  return `${words[0]!.toUpperCase()}${words.slice(1)}`.replace(capitals, (word) => word.toUpperCase())
}

/** A form shows no markdown. Where a file is meant, it is one that an App can read. */
function meaningOf({ meaning, default: otherwise, inFile }: Setting): string {
  const folder = inFile === 'only' ? ' In the folder /ssl.' : ''
  return `${meaning}${folder}${otherwise === undefined ? '' : ` Default: ${otherwise}.`}`.replaceAll('`', '')
}
