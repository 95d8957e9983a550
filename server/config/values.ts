import { resolve } from 'node:path'
import { allSettings, type Key, type Setting, type Values } from './settings.ts'
import type { Given } from './sources.ts'

/** Reads a whole text file or throws. */
export type ReadFile = (path: string) => string

/**
 * Every value parsed; `problems` holds one sentence for each that is missing or wrong, and then `values` is not to be used.
 *
 * @param wanted whether a setting counts at all; of the others there is no value and no problem
 */
export function readValues(
  given: ReadonlyMap<string, Given>,
  readFile: ReadFile,
  wanted: (key: Key) => boolean = () => true,
): { readonly values: Values; readonly problems: readonly string[] } {
  const problems: string[] = []
  const values: Partial<Record<Key, unknown>> = {}
  const secrets = allSettings().flatMap(([key, { secret }]) => (secret ? (given.get(key)?.text.trim() ?? []) : []))
  for (const [key, setting] of allSettings().filter(([key]) => wanted(key))) {
    const text = textOf(key, setting, given, readFile)
    if (text.problem !== undefined) problems.push(text.problem)
    else if (text.value !== undefined) {
      const parsed = setting.kind.safeParse(text.value)
      if (parsed.success) values[key] = parsed.data
      else problems.push(`${text.where}${shown(setting, text.value, secrets)}: ${parsed.error.issues[0]!.message}`)
    }
  }
  return { values: values as Values, problems }
}

type Text = { readonly value?: string; readonly where?: string; readonly problem?: string }

function textOf(key: Key, setting: Setting, given: ReadonlyMap<string, Given>, readFile: ReadFile): Text {
  const plain = given.get(key)
  const file = setting.inFile === 'too' ? given.get(`${key}_FILE`) : undefined
  if (plain && file && plain.from === file.from) return { problem: `${plain.where} and ${file.where}: expected one of the two` }
  const path = setting.inFile === 'only' ? plain : file && (!plain || file.from === 'environment') ? file : undefined
  if (path) return contentOf(path, readFile)
  if (plain) return { value: plain.text, where: plain.where }
  return setting.required ? { problem: `${named(key, setting)}: missing; ${expectation(setting)}` } : { value: setting.default, where: key }
}

function contentOf({ text, where, folder = '.' }: Given, readFile: ReadFile): Text {
  const path = resolve(folder, text.trim())
  try {
    return { value: readFile(path).replace(/\r?\n$/, ''), where: `${where} (${path})` }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const file = looksLikePath(text.trim()) ? path : `that it names, looked for in ${resolve(folder)},`
    return { problem: `${where}: the file ${file} cannot be read (${code})` }
  }
}

/** Whoever gives the secret itself instead of its file must not read it in the log. */
function looksLikePath(text: string): boolean {
  return /^[./~]|^[\w./-]+\.(cer|crt|key|pem|txt)$/i.test(text) && !/[?@#]/.test(text)
}

function named(key: Key, setting: Setting): string {
  return setting.inFile === 'too' ? `${key} (or ${key}_FILE)` : key
}

function expectation(setting: Setting): string {
  return setting.kind.safeParse('').error?.issues[0]?.message ?? ''
}

/** The wrong text, unless it is or may hold a secret (an address with a password or a token in it, a file, what is a secret in another setting). */
function shown({ secret, inFile }: Setting, text: string, secrets: readonly string[]): string {
  const mayHoldOne = /[@?#]/.test(text) || secrets.some((one) => one !== '' && text.includes(one))
  return secret || inFile || mayHoldOne ? '' : ` is "${text.slice(0, 80)}"`
}
