/** The composition root: the only file that knows everything, and the only one that reads the real time. */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'
import { checkEverything } from './check/everything.ts'
import { type Configured, withSettings } from './commands/configured.ts'
import { history } from './commands/history.ts'
import { remove, removedAsAnApp } from './commands/remove.ts'
import { fail, make, print, signalled, stop, text } from './commands/terminal.ts'
import { settingsOfDomain, unknownDomains } from './config/domain-names.ts'
import { createFleet } from './fleet/fleet.ts'
import { createNotifier } from './fleet/notifier.ts'
import { createPhoneDesk } from './fleet/phone.ts'
import { connectHub } from './hub/hub.ts'
import type { HomeAssistant } from './hub/options.ts'
import { maskedTrace } from './log/masked-trace.ts'
import { toldBy } from './log.ts'
import { createMonitoring } from './monitoring/monitoring.ts'
import type { Clock } from './ports/clock.ts'
import { openStore } from './store/file-store.ts'
import { keepFirstInstance } from './store/installation.ts'
import { createVcfClient } from './vcf/client.ts'

const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
const minute = 60_000
/** This machine as a store sees it. */
const here = { clock, newId: randomUUID, host: hostname() }
const usage = `vcf-upgrade-server [--config FILE] [--speed N]   the server
vcf-upgrade-server check [--config FILE]         tries every connection and right, one line each with the remedy; changes nothing
vcf-upgrade-server simulate [options]            a simulated SDDC Manager (simulate --help)
vcf-upgrade-server remove [--config FILE] [--instance NAME] [--even-during-upgrade]
                                                 takes everything out of Home Assistant that the server put there; SDDC Manager is not asked
vcf-upgrade-server history …                     past runs, whether their history is as it was written, a file for support (history --help)`

const [command, ...rest] = process.argv.slice(2)
if (command === 'simulate') {
  // Only here: the server starts sooner, and in less memory, without a data centre beside it.
  const { simulate } = await import('./simulator/command.ts')
  process.exitCode = await simulate(rest, { clock, print, fail, signal: signalled() })
} else if (command === 'check') await withSettings(rest, { clock, usage }, checked)
else if (command === 'remove') await remove(rest, { ...here, usage })
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
else if (command === undefined || command.startsWith('--')) {
  if (!(await removedAsAnApp(process.argv.slice(2), { ...here, usage })))
    await withSettings(process.argv.slice(2), { clock, usage }, serveAll)
} else stop(2, `${command} is no command of this server.\n${usage}`)

/** Each SDDC Manager has a fleet, a state folder and a connection to Home Assistant of its own. */
async function serveAll(all: readonly Configured[]): Promise<void> {
  const [first] = all
  const { stateDir, instance } = first!.config
  // Before anything is shown under the names of another.
  if (instance)
    keepFirstInstance(
      stateDir,
      instance.name,
      all.map(({ config }) => config.instance!.name),
      (message) => first!.log.warn(message),
    )
  const hubs: HomeAssistant[] = []
  const failed = new AbortController()
  const ended = AbortSignal.any([signalled(), failed.signal])
  const ends = await Promise.allSettled(all.map((one) => serve(one, hubs, ended).finally(() => failed.abort())))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function serve({ config, speed, log, secrets, known }: Configured, hubs: HomeAssistant[], ended: AbortSignal): Promise<void> {
  const version = ownVersion()
  const store = await openStore(config.stateDir, { ...here, warn: (message) => log.warn(message) })
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
  const hub: HomeAssistant = connectHub({
    ...config.homeAssistant,
    ...(config.instance && { called: config.instance.called }),
    isOfOthers: (entityId) => hubs.some((other) => other !== hub && other.owns(entityId)),
    token: () => secrets().token,
    mqtt: config.mqtt && { ...config.mqtt, password: () => secrets().mqttPassword, sddcManager: config.vcf.url },
    mayControl: config.control.mayControl,
    ...{ clock, store, version, life: randomUUID(), host: hostname(), log: toldBy(log) },
    publishEveryMs: 10_000 / speed,
    refusedRetryMs: (15 * minute) / speed,
    connected: (homeAssistant) => store.trace.about({ homeAssistant }),
  })
  hubs.push(hub)
  store.trace.about({ server: version, node: process.versions.node, speed: String(speed) })
  const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
  const notifier = createNotifier({
    ...{ targets: config.notify, post: hub.phones, store, clock, log, digest, newToken: randomUUID },
    hour: (60 * minute) / speed,
    retryEvery: (15 * minute) / speed,
  })
  const fleet = createFleet({
    ...{ vcf, hub: notifier.beside(hub), store, clock, log, digest, newId: randomUUID },
    settingsOf: (name) => settingsOfDomain(config.domains, name),
    isTargetChosen: config.mqtt !== undefined,
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
  hub.onRelease((choice) => void fleet.desk.choose(choice))
  hub.onSwitchFound((domainId, on) => fleet.desk.found(domainId, on))
  if (config.notify.length > 0) {
    const phone = createPhoneDesk({ ...{ notifier, hub, log }, desk: fleet.desk, views: fleet.views, policy: config.control })
    hub.phones.onPress((press) => void phone(press))
    hub.phones.onOpen(notifier.flush)
  }
  log.info('vcf-upgrade-server started', { version, sddcManager: config.vcf.url, homeAssistant: config.homeAssistant.url, speed })
  fleet.start()
  monitoring.start()
  hub.start()
  if (!ended.aborted) await new Promise<void>((resolve) => ended.addEventListener('abort', () => resolve(), { once: true }))
  log.info('vcf-upgrade-server stops; every fact is on disk')
  fleet.stop()
  notifier.stop()
  monitoring.stop()
  await hub.close()
  await vcf.close()
  store.close()
}

async function checked(all: readonly Configured[]): Promise<void> {
  const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR
  process.exitCode = await checkEverything(
    all.map(({ config }) => config),
    { clock, print, isColoured },
  )
}

function ownVersion(): string {
  return (JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string }).version
}

/** From `lib/server` of a package as from `server` of a checkout. */
function packageFile(): URL {
  const near = new URL('../package.json', import.meta.url)
  return import.meta.url.endsWith('.ts') ? near : new URL('../../package.json', import.meta.url)
}
