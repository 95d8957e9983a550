/** The tables of settings in README.md, made from the settings themselves. `node docs/settings.ts` writes them there; a test keeps them current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { domainKeys } from '../server/config/domains.ts'
import { allSettings, type Setting } from '../server/config/settings.ts'

const readme = fileURLToPath(new URL('../README.md', import.meta.url))
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
  return Object.entries(tables).reduce((whole, [name, table]) => withTable(whole, [`<!-- ${name} -->`, `<!-- /${name} -->`], table()), text)
}

function withTable(text: string, marks: readonly [string, string], table: string): string {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number]
  if (start < 0 || end < start) throw new Error(`README.md needs the two lines ${marks.join(' and ')}`)
  return `${text.slice(0, start)}${marks[0]}\n${table}\n${text.slice(end)}`
}

function names(key: string, { inFile }: Setting): string {
  return inFile === 'too' ? `\`${key}\` (\`${key}_FILE\`)` : `\`${key}\``
}

function defaultOf(setting: Setting): string {
  if (setting.required) return 'required'
  return setting.default === undefined ? 'none' : `\`${setting.default}\``
}

if (import.meta.main) writeFileSync(readme, withSettingsTables(readFileSync(readme, 'utf8')))
