/** Programs of ours as processes of their own, as a person would start them. None outlives this process, however that ends. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { start } from '../package/run.ts'

export const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

export interface Program {
  /** What it wrote to standard error, oldest line first. */
  readonly lines: readonly string[]
  readonly child: ChildProcess
  /** Whether it ended by itself, and how; undefined while it runs. */
  ended(): string | undefined
  /** Sends the signal and waits until it is gone. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** How long a program may take to end by itself, in milliseconds. */
const patience = 20_000

/** Starts `vcf-upgrade-server` with these arguments in this folder; nothing of our environment but the path comes along. */
export function runBin(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Program {
  const child = start([bin, ...args], cwd, env)
  running.add(child)
  const gone = once(child, 'close').finally(() => running.delete(child))
  const lines: string[] = []
  createInterface(child.stderr!).on('line', (line) => lines.push(line))
  const ended = () => child.exitCode !== null || child.signalCode !== null
  return {
    lines,
    child,
    ended: () => (ended() ? `ended with ${child.signalCode ?? child.exitCode}` : undefined),
    async end(signal = 'SIGTERM') {
      if (!ended()) child.kill(signal)
      const killer = setTimeout(() => child.kill('SIGKILL'), patience)
      await gone
      clearTimeout(killer)
    },
  }
}
