/**
 * The tables of settings in docs/settings.md and the options of the App, made from the settings themselves. `npm run settings` writes them; tests keep them
 * current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { domainKeys } from '../server/config/domains.ts'
import { allSettings, type Setting } from '../server/config/settings.ts'
import { schemaLines, translation } from './app-options.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
/** Every file that is made here or has a part that is, as it should be. */
export const made: Readonly<Record<string, (text: string) => string>> = {
  'docs/settings.md': withSettingsTables,
  'app/config.yaml': (text) => between(text, ['  # settings', '  # /settings'], schemaLines(), 'app/config.yaml'),
  'app/translations/en.yaml': () => translation(),
}
/** What stands between the two marks of each name. */
const tables = { settings: settingsTable, 'domain settings': domainTable }

/** One row per setting. */
export function settingsTable(): string {
  const rows = allSettings().map(([key, setting]) => `| ${names(key, setting)} | ${defaultOf(setting)} | ${setting.meaning} |`)
  return [
    '| Setting | Default | Meaning |',
    '|---|---|---|',
    ...rows,
    '| in the file only: `domains` | none | What is wanted of single domains, below. |',
    '| in the file only: `instances` | none | Several SDDC Managers, [below](#several-sddc-managers). |',
  ].join('\n')
}

/** One row per key of a domain. */
export function domainTable(): string {
  const rows = domainKeys().map(
    ({ key, otherwise, meaning }) => `| \`${key}\` | ${otherwise === 'none' ? otherwise : `\`${otherwise}\``} | ${meaning} |`,
  )
  return ['| Key | Default | Meaning |', '|---|---|---|', ...rows].join('\n')
}

/** The text with the current tables between their marks. Throws when a mark is not there. */
export function withSettingsTables(text: string): string {
  return Object.entries(tables).reduce(
    (whole, [name, table]) => between(whole, [`<!-- ${name} -->`, `<!-- /${name} -->`], table(), 'docs/settings.md'),
    text,
  )
}

function between(text: string, marks: readonly [string, string], table: string, file: string): string {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number]
  if (start < 0 || end < start) throw new Error(`${file} needs the two lines ${marks.join(' and ')}`)
  return `${text.slice(0, start)}${marks[0]}\n${table}\n${text.slice(end)}`
}

function names(key: string, { inFile }: Setting): string {
  return inFile === 'too' ? `\`${key}\` (\`${key}_FILE\`)` : `\`${key}\``
}

function defaultOf(setting: Setting): string {
  if (setting.required) return 'required'
  return setting.default === undefined ? 'none' : `\`${setting.default}\``
}

if (import.meta.main)
  for (const [path, make] of Object.entries(made)) writeFileSync(at(path), make(existsSync(at(path)) ? readFileSync(at(path), 'utf8') : ''))
