/**
 * Runs files of tests in a few processes, each of which runs one file after the other: to load and warm up what they need takes most files longer than to run.
 * One more than there are processors: tests wait now and then.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Counts } from './counts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where Node keeps what it compiled: tests start programs too. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url))
const part = fileURLToPath(new URL('part.ts', import.meta.url))
const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url))

export interface SuiteOptions {
  /** Of each process, beside those of this one. */
  readonly env?: Readonly<Record<string, string>>
  /** Takes what the tests report, each file in one piece. */
  readonly print: (text: string) => void
}

/** Paths from the root of the repository. Answers whether all passed, and how many there were. */
export async function runFiles(files: readonly string[], { env, print }: SuiteOptions): Promise<Counts & { readonly passed: boolean }> {
  const waiting = [...files]
  const sum: Counts = { tests: 0, failed: 0, skipped: 0 }

  async function runPart(): Promise<boolean> {
    const child = fork(part, {
      cwd: root,
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...env },
      execArgv: ['--test-reporter', reporter, '--test-reporter-destination', 'stdout'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    let running: string | undefined
    child.stdout!.setEncoding('utf8').on('data', print)
    child.on('message', (ended: Counts) => {
      for (const key of ['tests', 'failed', 'skipped'] as const) sum[key] += ended[key]
      running = waiting.shift()
      if (running) child.send(running)
      else child.disconnect()
    })
    const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child.stdout!, 'close')])
    if (running) print(`The process ended with ${signal ?? code} in the midst of ${running}.\n`)
    return code === 0 && running === undefined
  }

  const parts = await Promise.all(Array.from({ length: Math.min(availableParallelism() + 1, files.length) }, runPart))
  return { ...sum, passed: parts.every(Boolean) && waiting.length === 0 }
}
