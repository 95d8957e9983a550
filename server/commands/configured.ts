/** What a command gets of the settings: for each SDDC Manager that they name its own. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { rereading } from '../config/reread.ts'
import { withSpeed } from '../config/speed.ts'
import { supervisorOf, withOffer } from '../config/supervisor.ts'
import { type Config, readConfig, type Secrets, secretsIn, secretsOf } from '../config.ts'
import { createLog, type Log, withFields } from '../log.ts'
import type { Clock } from '../ports/clock.ts'
import { offeredBroker } from '../supervisor/offered-broker.ts'
import { print, reporting, stop, text } from './terminal.ts'

export interface Configured {
  readonly config: Config
  /** Divides every duration of the server. */
  readonly speed: number
  readonly log: Log
  /** As they stand in the settings now: a person may mend them while the server runs. */
  readonly secrets: () => Secrets
  /** Every value that must never be seen. */
  readonly known: () => readonly string[]
}

/** Reads the settings and runs `work`; wrong settings end the process with 2, any other trouble with 1, one message each. */
export async function withSettings(
  argv: readonly string[],
  { clock, usage }: { readonly clock: Clock; readonly usage: string },
  work: (all: readonly Configured[]) => Promise<void>,
): Promise<void> {
  await reporting(usage, async () => {
    const { values } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string' }, speed: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return print(usage)
    const speed = Number(values.speed ?? 1)
    if (!(speed >= 1 && speed <= 100_000)) return stop(2, `--speed ${values.speed}: expected a number from 1 to 100000`)
    const supervisor = supervisorOf(process.env)
    const env = supervisor ? withOffer(process.env, await offeredBroker(supervisor)) : process.env
    const read = () => readConfig(env, values.config, text)
    const { config: first, configs, warnings } = read()
    const known = configs.flatMap(secretsOf)
    const log = createLog({ level: first.logLevel, secrets: () => known, clock, to: process.stderr })
    for (const warning of warnings) log.warn(warning)
    await work(
      configs.map((config) => ({ ...ofOne(config, known, log, read), config: withSpeed(config, speed), speed, known: () => known })),
    )
  })
}

function ofOne(
  config: Config,
  known: string[],
  whole: Log,
  read: () => ReturnType<typeof readConfig>,
): Pick<Configured, 'log' | 'secrets'> {
  const name = config.instance?.name
  const log = name === undefined ? whole : withFields(whole, { instance: name })
  const secrets = rereading(
    secretsIn(config),
    () => secretsIn(read().configs.find(({ instance }) => instance?.name === name) ?? config),
    (now) => {
      known.push(...Object.values(now))
      log.info('The settings hold another token or password than before; it is used from now on')
    },
  )
  return { log, secrets }
}
