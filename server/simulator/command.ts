import { parseArgs } from 'node:util'
import type { Clock } from '../ports/clock.ts'
import { vcfVersions } from './dialect.ts'
import { scenarioList, UnknownScenario } from './scenarios.ts'
import { type SimulatorOptions, startSimulator } from './server.ts'
import { roles } from './world/sessions.ts'

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

const usage = () => `vcf-upgrade-server simulate [options]
  --port N          port on this machine (default: any that is free)
  --scenario NAME   what happens, one of those below (default warnings)
  --speed N         divides every duration (default 1: a whole upgrade takes as long as a real one)
  --role ROLE       of the one user, ${roles.join(', ')} (default ADMIN): what a server does that may only read
  --vcf VERSION     ${vcfVersions.join(' or ')} (default 5.2.1)
  --help            this

Prints one line of JSON when it is ready: address, user name, password, file with its certificate (a new one at each start).

Scenarios:
${scenarioList()}`

/**
 * `vcf-upgrade-server simulate`: the simulated SDDC Manager alone. Prints one JSON line when it is ready and runs until `signal`.
 * Answers the exit code: 0 stopped, 2 an option is wrong (one line says which and what was expected), 1 the port cannot be had.
 */
export async function simulate(argv: readonly string[], { clock, print, fail, signal }: SimulateNeeds): Promise<number> {
  try {
    const values = parsed(argv)
    if (values.help) {
      print(usage())
      return 0
    }
    const options = optionsOf(values)
    const simulator = await startSimulator({ ...options, clock, caFile: true })
    const { url, username, password, caFile, fingerprint } = simulator
    print(JSON.stringify({ url, username, password, ca_file: caFile, fingerprint }))
    await aborted(signal)
    await simulator.close()
    return 0
  } catch (error) {
    fail(`simulate: ${wordsOf(error)}`)
    return error instanceof WrongOption || error instanceof UnknownScenario ? 2 : 1
  }
}

function optionsOf({ port, scenario, speed, vcf, role: wanted }: ReturnType<typeof parsed>): Omit<SimulatorOptions, 'clock'> {
  const version = vcfVersions.find((candidate) => candidate === vcf)
  if (!version) throw new WrongOption(`--vcf ${vcf}: expected ${vcfVersions.join(' or ')}.`)
  const role = roles.find((candidate) => candidate === wanted)
  if (!role) throw new WrongOption(`--role ${wanted}: expected ${roles.join(', ')}.`)
  return {
    vcf: version,
    role,
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
      role: { type: 'string', default: 'ADMIN' },
      help: { type: 'boolean', default: false },
    } as const
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const [first] = (error as Error).message.split('. ')
    throw new WrongOption(
      `${first}. Options are --port N, --scenario NAME, --speed N, --vcf ${vcfVersions.join('|')}, --role ${roles.join('|')}.`,
    )
  }
}

/** A port that cannot be had is the one trouble that is usual. */
function wordsOf(error: unknown): string {
  const { message, code, port } = error as Error & { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `port ${port} is taken by another program (EADDRINUSE). Name another one with --port, or none: any that is free.`
  if (code === 'EACCES') return `port ${port} may not be used by this user (EACCES). Name one above 1023 with --port.`
  return message
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
