/** The composition root: the only file that knows everything, and the only one that reads the real time. */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { checkEverything } from './check/everything.ts'
import { history } from './commands/history.ts'
import { fail, make, print, signalled, stop, text } from './commands/terminal.ts'
import { settingsOfDomain, unknownDomains } from './config/domain-names.ts'
import { rereading } from './config/reread.ts'
import { withSpeed } from './config/speed.ts'
import { type Config, readConfig, type Secrets, SettingsError, secretsIn, secretsOf } from './config.ts'
import { createFleet } from './fleet/fleet.ts'
import { connectHub } from './hub/hub.ts'
import { removeEverything } from './hub/remove.ts'
import { maskedTrace } from './log/masked-trace.ts'
import { createLog, type Fields, type Log } from './log.ts'
import { createMonitoring } from './monitoring/monitoring.ts'
import type { Clock } from './ports/clock.ts'
import { simulate } from './simulator/command.ts'
import { openStore } from './store/file-store.ts'
import { createVcfClient } from './vcf/client.ts'

const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
const minute = 60_000
const usage = `vcf-upgrade-server [--config FILE] [--speed N]   the server
vcf-upgrade-server check [--config FILE]         tries every connection and right, one line each with the remedy; changes nothing
vcf-upgrade-server simulate [options]            a simulated SDDC Manager (simulate --help)
vcf-upgrade-server remove [--config FILE]        takes everything out of Home Assistant that the server put there
vcf-upgrade-server history …                     past runs, whether their history is as it was written, a file for support (history --help)`

const [command, ...rest] = process.argv.slice(2)
if (command === 'simulate') process.exitCode = await simulate(rest, { clock, print, fail, signal: signalled() })
else if (command === 'check') await withSettings(rest, checked)
else if (command === 'remove') await withSettings(rest, remove)
else if (command === 'history')
  process.exitCode = history(rest, {
    env: process.env,
    readFile: text,
    writeFile: make,
    version: ownVersion(),
    now: clock.now,
    print,
    fail,
  })
else if (command === undefined || command.startsWith('--')) await withSettings(process.argv.slice(2), serve)
else stop(2, `${command} is no command of this server.\n${usage}`)

/** Reads the settings and runs `work`; wrong settings end the process with 2, any other trouble with 1, one message each. */
async function withSettings(
  argv: readonly string[],
  work: (config: Config, log: Log, speed: number, secrets: () => Secrets, known: () => readonly string[]) => Promise<void>,
): Promise<void> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string' }, speed: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return print(usage)
    const speed = Number(values.speed ?? 1)
    if (!(speed >= 1 && speed <= 100_000)) return stop(2, `--speed ${values.speed}: expected a number from 1 to 100000`)
    const read = () => readConfig(process.env, values.config, text)
    const { config, warnings } = read()
    const known = secretsOf(config)
    const log = createLog({ level: config.logLevel, secrets: () => known, clock, to: process.stderr })
    for (const warning of warnings) log.warn(warning)
    const secrets = rereading(
      secretsIn(config),
      () => secretsIn(read().config),
      (now) => {
        known.push(now.token, now.password)
        log.info('The settings hold another token or password than before; it is used from now on')
      },
    )
    await work(withSpeed(config, speed), log, speed, secrets, () => known)
  } catch (error) {
    const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const message = error instanceof Error ? error.message : String(error)
    stop(error instanceof SettingsError || wrongOption ? 2 : 1, wrongOption ? `${message}\n${usage}` : message)
  }
}

async function serve(config: Config, log: Log, speed: number, secrets: () => Secrets, known: () => readonly string[]): Promise<void> {
  const version = ownVersion()
  const store = await openStore(config.stateDir, { clock, newId: randomUUID, warn: (message) => log.warn(message) })
  const vcf = createVcfClient({
    ...config.vcf,
    password: () => secrets().password,
    clock,
    log: toldBy(log),
    requestTimeoutMs: 30_000,
    retries: { times: 2, firstPauseMs: Math.ceil(1000 / speed) },
    credentialsPauseMs: (15 * minute) / speed,
    trace: maskedTrace(store.trace, known),
  })
  const hub = connectHub({
    ...config.homeAssistant,
    token: () => secrets().token,
    mayControl: config.control.mayControl,
    ...{ clock, store, version, host: hostname(), log: toldBy(log) },
    publishEveryMs: 10_000 / speed,
    refusedRetryMs: (15 * minute) / speed,
    connected: (homeAssistant) => store.trace.about({ homeAssistant }),
  })
  store.trace.about({ server: version, node: process.versions.node, speed: String(speed) })
  const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
  const fleet = createFleet({
    ...{ vcf, hub, store, clock, log, digest, newId: randomUUID },
    settingsOf: (name) => settingsOfDomain(config.domains, name),
    strangersAmong: (names) => unknownDomains(config.domains, names),
    limits: config.limits,
    detectEvery: config.limits.detectEvery,
    signInAgainEvery: (2 * minute) / speed,
    policy: config.control,
  })
  const monitoring = createMonitoring({
    ...{ vcf: fleet.vcf, hub, clock, log },
    every: config.limits.resourcesEvery,
    phases: () => fleet.views().map(({ phase }) => phase),
  })
  hub.onPress((press) => void fleet.desk.press(press))
  hub.onSwitchFound((domainId, on) => fleet.desk.found(domainId, on))
  log.info('vcf-upgrade-server started', { version, sddcManager: config.vcf.url, homeAssistant: config.homeAssistant.url, speed })
  fleet.start()
  monitoring.start()
  hub.start()
  await new Promise<void>((resolve) => signalled().addEventListener('abort', () => resolve(), { once: true }))
  log.info('vcf-upgrade-server stops; every fact is on disk')
  fleet.stop()
  monitoring.stop()
  await hub.close()
  await vcf.close()
  store.close()
}

async function checked(config: Config): Promise<void> {
  const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR
  process.exitCode = await checkEverything(config, { clock, print, isColoured })
}

async function remove({ homeAssistant, stateDir }: Config, log: Log): Promise<void> {
  const store = await openStore(stateDir, { clock, newId: randomUUID, warn: (message) => log.warn(message) })
  try {
    const { states, helpers, notifications, serverSeemsAlive } = await removeEverything({
      ...homeAssistant,
      store,
      clock,
      log: toldBy(log),
    })
    print(`Removed from Home Assistant: ${states} states, ${helpers} helpers, ${notifications} notifications.`)
    if (serverSeemsAlive)
      print(
        'A server with another STATE_DIR wrote there within the last minutes. If it still runs it makes everything anew: stop it, then remove again.',
      )
  } finally {
    store.close()
  }
}

/** The log as adapters take it. */
function toldBy(log: Log) {
  return (level: keyof Log, message: string, fields?: Readonly<Record<string, unknown>>) => log[level](message, fields as Fields)
}

function ownVersion(): string {
  return (JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string }).version
}

/** From `lib/server` of a package as from `server` of a checkout. */
function packageFile(): URL {
  const near = new URL('../package.json', import.meta.url)
  return import.meta.url.endsWith('.ts') ? near : new URL('../../package.json', import.meta.url)
}
