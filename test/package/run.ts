import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs Node on a program with nothing in its environment but what is given and where Node keeps what it compiled; a program that does not end is killed after `limit` milliseconds. */
export async function run(
  args: readonly string[],
  { cwd, env = {}, limit = 20_000 }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly limit?: number },
): Promise<Ended> {
  const child = start(args, cwd, env)
  const killer = setTimeout(() => child.kill('SIGKILL'), limit)
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')])
  clearTimeout(killer)
  return { code: code as number | null, out, err }
}

/** Starts Node on a program that goes on. */
export function start(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const { PATH = '', NODE_COMPILE_CACHE: compiled } = process.env
  return spawn(process.execPath, args, {
    cwd,
    env: { PATH, ...(compiled && { NODE_COMPILE_CACHE: compiled }), HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The first line that a program writes; rejects when it ends without one. */
export async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`ended with ${code} before it wrote a line`)
  })
  const [line] = await Promise.race([once(createInterface(child.stdout!), 'line'), ended])
  ended.catch(() => {})
  return line as string
}
