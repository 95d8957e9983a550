import { parseArgs } from 'node:util'
import type { Clock } from '../ports/clock.ts'
import { vcfVersions } from './dialect.ts'
import { UnknownScenario } from './scenarios.ts'
import { type SimulatorOptions, startSimulator } from './server.ts'

export interface SimulateNeeds {
  readonly clock: Clock
  /** One line for standard output. */
  readonly print: (line: string) => void
  /** One line for standard error. */
  readonly fail: (line: string) => void
  /** Ends the simulator. Without one it runs until its process ends. */
  readonly signal?: AbortSignal
}

class WrongOption extends Error {}

/**
 * `vcf-upgrade-server simulate`: the simulated SDDC Manager alone. Prints one JSON line when it is ready and runs until `signal`.
 * Answers the exit code: 0 stopped, 2 an option is wrong (one line says which and what was expected), 1 the port cannot be had.
 */
export async function simulate(argv: readonly string[], { clock, print, fail, signal }: SimulateNeeds): Promise<number> {
  try {
    const options = optionsOf(argv)
    const simulator = await startSimulator({ ...options, clock, caFile: true })
    const { url, username, password, caFile, fingerprint } = simulator
    print(JSON.stringify({ url, username, password, ca_file: caFile, fingerprint }))
    await aborted(signal)
    await simulator.close()
    return 0
  } catch (error) {
    fail(`simulate: ${(error as Error).message}`)
    return error instanceof WrongOption || error instanceof UnknownScenario ? 2 : 1
  }
}

function optionsOf(argv: readonly string[]): Omit<SimulatorOptions, 'clock'> {
  const { port, scenario, speed, vcf } = parsed(argv)
  const version = vcfVersions.find((candidate) => candidate === vcf)
  if (!version) throw new WrongOption(`--vcf ${vcf}: expected ${vcfVersions.join(' or ')}.`)
  return {
    vcf: version,
    port: numberOf('--port', port, 'a whole number from 0 (any free port) to 65535', (n) => Number.isInteger(n) && n >= 0 && n <= 65_535),
    speed: numberOf('--speed', speed, 'a number above 0 by which every duration is divided', (n) => Number.isFinite(n) && n > 0),
    ...(scenario !== undefined && { scenario }),
  }
}

function parsed(argv: readonly string[]) {
  try {
    const options = {
      port: { type: 'string', default: '0' },
      scenario: { type: 'string' },
      speed: { type: 'string', default: '1' },
      vcf: { type: 'string', default: '5.2.1' },
    } as const
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const [first] = (error as Error).message.split('. ')
    throw new WrongOption(`${first}. Options are --port N, --scenario NAME, --speed N, --vcf ${vcfVersions.join('|')}.`)
  }
}

function numberOf(name: string, text: string, expected: string, fits: (value: number) => boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (fits(value)) return value
  throw new WrongOption(`${name} ${text}: expected ${expected}.`)
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
