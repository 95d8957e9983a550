import { SettingsError } from './settings-error.ts'
import { type Environment, readSources, type Sources } from './sources.ts'
import { settingsFile } from './supervisor.ts'
import type { ReadFile } from './values.ts'

/** Settings as they were given, from the environment and the file that is named or, inside an App, found. @throws SettingsError when that cannot be read */
export function sourcesOf(env: Environment, named: string | undefined, readFile: ReadFile): Sources {
  const path = settingsFile(env, named)
  return readSources(env, path === undefined ? undefined : { path, text: textOf(path, readFile) })
}

function textOf(file: string, readFile: ReadFile): string {
  try {
    return readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new SettingsError([`--config ${file}: the file cannot be read (${code})`])
  }
}
