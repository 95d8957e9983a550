import { type Ended, run } from '../package/run.ts'
import { bin, type Program, runBin } from './programs.ts'

/** The real server as a process of its own, as often as it is started; its folder outlives each of them. */
export interface UpgradeServer {
  /** @param more settings that this life has beside or in place of the others */
  start(more?: Readonly<Record<string, string>>): void
  /** As when the machine loses power. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** `vcf-upgrade-server remove`: what it printed. Throws when it does not end with 0. */
  remove(): Promise<string>
  /** `vcf-upgrade-server check`. @param more settings in place of the others */
  check(more?: Readonly<Record<string, string>>): Promise<Ended>
  /** What it logged, over all its lives. */
  log(): readonly string[]
  /** How it ended without being asked to; undefined while all is well. */
  trouble(): string | undefined
}

/** @param settings its whole environment; @param folder where it is started; @param args such as a settings file */
export function createUpgradeServer(
  settings: Readonly<Record<string, string>>,
  speed: number,
  folder: string,
  args: readonly string[] = [],
): UpgradeServer {
  const lives: Program[] = []
  let program: Program | undefined

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = program
    program = undefined
    await ending?.end(signal)
  }

  return {
    start(more = {}) {
      program = runBin(['--speed', String(speed), ...args], folder, { ...settings, ...more })
      lives.push(program)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async remove() {
      const { code, out, err } = await run([bin, 'remove', '--even-during-upgrade', ...args], { cwd: folder, env: settings })
      if (code !== 0) throw new Error(`remove ended with ${code}: ${err}`)
      return out
    },
    check: (more = {}) => run([bin, 'check', ...args], { cwd: folder, env: { ...settings, ...more } }),
    log: () => lives.flatMap(({ lines }) => lines),
    trouble: () => program?.ended(),
  }
}
