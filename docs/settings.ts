/** The table of settings in README.md, made from the settings themselves. `node docs/settings.ts` writes it there; a test keeps it current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allSettings, type Setting } from '../server/config/settings.ts'

const marks = ['<!-- settings -->', '<!-- /settings -->'] as const
const readme = fileURLToPath(new URL('../README.md', import.meta.url))

/** One row per setting, and one for what stands in the file only. */
export function settingsTable(): string {
  const rows = allSettings().map(([key, setting]) => `| ${names(key, setting)} | ${defaultOf(setting)} | ${setting.meaning} |`)
  const images = '`{"<domain>": {"esx": {"images": {"<cluster>": "<image>"}}}}`: the image for an image-based cluster, where several fit.'
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows, `| in the file only: \`domains\` | none | ${images} |`].join('\n')
}

/** The text with the current table between its two marks. Throws when the marks are not there. */
export function withSettingsTable(text: string): string {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number]
  if (start < 0 || end < start) throw new Error(`README.md needs the two lines ${marks.join(' and ')}`)
  return `${text.slice(0, start)}${marks[0]}\n${settingsTable()}\n${text.slice(end)}`
}

function names(key: string, { inFile }: Setting): string {
  return inFile === 'too' ? `\`${key}\` (\`${key}_FILE\`)` : `\`${key}\``
}

function defaultOf(setting: Setting): string {
  if (setting.required) return 'required'
  return setting.default === undefined ? 'none' : `\`${setting.default}\``
}

if (import.meta.main) writeFileSync(readme, withSettingsTable(readFileSync(readme, 'utf8')))
