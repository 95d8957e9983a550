/** This process as the commands see it: its files, its output, its signals. */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { SettingsError } from '../config.ts'

/** Given when somebody asks this process to end. */
export function signalled(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

/** A whole text file, or throws. */
export function text(path: string): string {
  return readFileSync(path, 'utf8')
}

/** For its owner only; never in place of another. */
export function make(path: string, content: string): void {
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
}

/** One or more lines for standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One or more lines for standard error. */
export function fail(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Ends with this code once nothing is left to do. */
export function stop(code: 1 | 2, message: string): void {
  fail(message)
  process.exitCode = code
}

/** Runs a command; wrong settings or options end the process with 2, any other trouble with 1, one message each. */
export async function reporting(usage: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const message = error instanceof Error ? error.message : String(error)
    stop(error instanceof SettingsError || wrongOption ? 2 : 1, wrongOption ? `${message}\n${usage}` : message)
  }
}
