/** Home Assistant as the fleet's hub: entities by REST, controls as helpers, presses and notifications over websocket. */
import { beatSeconds } from '../../shared/attributes.ts'
import { firstSddcManager, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Hub, PressListener, SwitchListener } from '../ports/hub.ts'
import type { Store } from '../ports/store.ts'
import { type HubAddress, tokenOf, trustOf } from './address.ts'
import { type DirectWriter, openDirectWriter } from './direct-writer.ts'
import { asHubFailure } from './failure.ts'
import { createLease } from './lease.ts'
import { keepLink } from './link.ts'
import type { Log } from './log.ts'
import { createNotices } from './notices.ts'
import { within } from './pause.ts'
import { createPeople } from './people.ts'
import { createPhones, type Phones } from './phones.ts'
import { ofAllDomains, openPrefixBook } from './prefixes.ts'
import { createPresses } from './presses.ts'
import { createPublisher } from './publisher.ts'
import { isAdministrator, whenRunning } from './readiness.ts'
import { openResourceNames } from './resource-names.ts'
import { createStatesByRest } from './rest.ts'
import { openSession, type Session } from './session.ts'
import { createShown } from './shown.ts'

export interface HomeAssistantOptions extends HubAddress {
  readonly clock: Clock
  readonly log: Log
  readonly store: Pick<Store, 'instance' | 'prefixes' | 'savePrefixes' | 'resourceNames' | 'saveResourceNames'>
  /** The SDDC Manager that is shown. Default the first. */
  readonly called?: SddcManagerName
  /** Whether the entity id belongs to another SDDC Manager of this server. */
  readonly isOfOthers?: (entityId: string) => boolean
  /** `MAY_CONTROL`: people by login name. Only told to cards; presses are judged elsewhere. */
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  /** Told of Home Assistant's version when it can be used. */
  readonly connected?: (version: string) => void
  /** The server's own. */
  readonly version: string
  /** Of this start alone. */
  readonly life: string
  /** Name of this machine: by it a person finds the server that is in charge. */
  readonly host?: string | undefined
  /** Views of one phase without material change are at least this far apart. Default 10 s. */
  readonly publishEveryMs?: number
  /** Between two writes of `sensor.vcf_server`. Default 60 s. */
  readonly beatMs?: number
  /** How long a new claim to be the one server has to stand. Default 1 s. */
  readonly claimMs?: number
  /** A quiet connection is tried this often. Default 30 s. */
  readonly heartbeatMs?: number
  /** Longest wait for any answer over the websocket. Default 15 s. */
  readonly answerMs?: number
  /** Until the next try after a refused token, missing rights or an untrusted certificate. Default 15 min. */
  readonly refusedRetryMs?: number
}

export interface HomeAssistant extends Hub {
  onPress(listener: PressListener): void
  onSwitchFound(listener: SwitchListener): void
  readonly phones: Phones
  /** Whether the entity id belongs to what is shown here. */
  owns(entityId: string): boolean
  /** Begins to connect, and goes on trying for ever. */
  start(): void
  /** Why Home Assistant cannot be used now, in one sentence; undefined while it can. */
  problem(): string | undefined
  /** Writes what is due, as far as that takes no more than two seconds, and disconnects. Nothing is deleted. */
  close(): Promise<void>
}

const farewellMs = 2_000

export function connectHub(options: HomeAssistantOptions): HomeAssistant {
  const { clock, log, store, version, life, host, mayControl, called = firstSddcManager, isOfOthers = () => false } = options
  const {
    publishEveryMs = 10_000,
    beatMs = beatSeconds * 1_000,
    claimMs = 1_000,
    heartbeatMs = 30_000,
    answerMs = 15_000,
    refusedRetryMs = 900_000,
  } = options
  const trust = trustOf(options)
  /** Of the connection: another one that comes into the settings waits for the next. */
  let token = tokenOf(options)
  const address = { ...options, token: () => token }
  const rest = createStatesByRest(address, trust, clock)
  const lease = createLease({ rest, clock, log, instance: store.instance, life, host, version, called, beatMs, claimMs })
  const people = createPeople(clock, log)
  const prefixes = openPrefixBook(store, log, called)
  const names = openResourceNames(store, log, called)
  const ofAll: ReadonlySet<string> = new Set(ofAllDomains(called))
  const notices = createNotices(prefixes.of, log)
  const shown = createShown()
  const presses = createPresses({ people, log, check: lease.check, shownAt: shown.at, hubTime: lease.hubTime })
  const phones = createPhones({ clock, log, people, check: lease.check, prefixOf: prefixes.of })
  const publisher = createPublisher(clock, publishEveryMs)
  let live: { readonly session: Session; readonly writer: DirectWriter } | undefined

  // A press that was heard is not one that was missed, whatever happens to this process next.
  presses.onPress(() => void lease.touch())

  async function use(session: Session): Promise<void> {
    session.signal.addEventListener('abort', rest.cut)
    await isAdministrator(session)
    link.waitsFor('Home Assistant is still starting.')
    const { timeZone } = await whenRunning(session, clock)
    const { lastBeat, forgotten } = await lease.take(session)
    await people.refresh(session)
    if (typeof mayControl !== 'string') warnOfStrangers(people.strangers(mayControl))
    const writer = await openDirectWriter({
      session,
      rest: { ...rest, write: (state) => inCharge(() => rest.write(state)), remove: (id) => inCharge(() => rest.remove(id)) },
      ...{ prefixes, names, called, isOfOthers },
      log,
      timeZone,
      mayControl: () => (typeof mayControl === 'string' ? mayControl : people.idsOf(mayControl)),
      watch: (group) => presses.watch(session, group, lastBeat),
      named: notices.flush,
      shown: shown.note,
      renamed: publisher.again,
    })
    live = { session, writer }
    session.signal.addEventListener('abort', () => retire(session))
    link.usable()
    options.connected?.(session.version)
    log('info', `Connected to Home Assistant ${session.version} at ${options.url}.`)
    publisher.open(writer, (error) => session.end(asHubFailure(error)))
    notices.open(session, forgotten)
    await phones.open(session)
    await lease.keep(session)
  }

  async function inCharge<Done>(change: () => Promise<Done>): Promise<Done> {
    lease.check()
    return change()
  }

  function warnOfStrangers(logins: readonly string[]): void {
    if (logins.length === 0) return
    log('warn', `MAY_CONTROL names people whom Home Assistant does not know: ${logins.join(', ')}. They are login names.`)
  }

  /** At once when the session ends: what still runs for it must not meet the next one. */
  function retire(session: Session): void {
    if (live?.session !== session) return
    live = undefined
    publisher.close()
  }

  const link = keepLink({
    clock,
    log,
    refusedRetryMs,
    open(signal) {
      token = tokenOf(options)
      return openSession({ address, trust, clock, log, heartbeatMs, answerMs, signal })
    },
    isMended: () => token !== tokenOf(options),
    use,
  })

  return {
    start: link.start,
    onPress: presses.onPress,
    onSwitchFound: presses.onSwitchFound,
    phones,
    owns: (entityId) => ofAll.has(entityId) || prefixes.entityIds().has(entityId) || names.has(entityId),
    publish: publisher.publish,
    publishFleet: publisher.publishFleet,
    publishResources: publisher.publishResources,
    notify: notices.notify,
    dismiss: notices.dismiss,

    turnOffIgnoreAlerts(domainId) {
      // Without a connection nothing is lost: the position is told again when there is one.
      const entityId = live?.writer.ignoreAlerts(domainId)
      if (!live || !entityId) return
      presses.turnOff(live.session, entityId).catch((error) => log('warn', asHubFailure(error).message))
    },

    problem() {
      const other = lease.other()
      return other === undefined ? link.problem() : `Another server (${other}) is in charge of Home Assistant; this one only watches.`
    },

    async close() {
      if (live) {
        publisher.again()
        await within(clock, farewellMs, publisher.settled().then(lease.leave))
      }
      link.close()
      await rest.close()
    },
  }
}
