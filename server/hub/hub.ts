/** Home Assistant as the fleet's hub: entities by REST, controls as helpers, presses and notifications over websocket. */
import { beatSeconds } from '../../shared/attributes.ts'
import type { EntityState } from '../../shared/encoded.ts'
import { firstSddcManager } from '../../shared/entity-ids.ts'
import { tokenOf, trustOf } from './address.ts'
import { chargeOf, lookingFor } from './charge.ts'
import { createLease } from './lease.ts'
import { keepLink } from './link.ts'
import { keepBroker } from './mqtt/broker.ts'
import { openMemory } from './mqtt/memory.ts'
import { deviceNames, topicsOf } from './mqtt/topics.ts'
import { createNotices } from './notices.ts'
import type { HomeAssistant, HomeAssistantOptions } from './options.ts'
import { within } from './pause.ts'
import { createPeople } from './people.ts'
import { createPhones } from './phones.ts'
import { ofAllDomains, openPrefixBook } from './prefixes.ts'
import { createPresses } from './presses.ts'
import { createPublisher } from './publisher.ts'
import { isAdministrator, whenRunning } from './readiness.ts'
import { openResourceNames } from './resource-names.ts'
import { createStatesByRest } from './rest.ts'
import { openScreen, type Screen } from './screen.ts'
import { openSession, type Session } from './session.ts'
import { createShown } from './shown.ts'
import { titled } from './titles.ts'

const farewellMs = 2_000

export function connectHub(options: HomeAssistantOptions): HomeAssistant {
  const { clock, log, store, version, life, host, mayControl, mqtt, called = firstSddcManager, isOfOthers = () => false } = options
  const {
    publishEveryMs = 10_000,
    beatMs = beatSeconds * 1_000,
    claimMs = 1_000,
    lookAfterMs = 5_000,
    heartbeatMs = 30_000,
    answerMs = 15_000,
    refusedRetryMs = 900_000,
  } = options
  const trust = trustOf(options)
  /** Of the connection: another one that comes into the settings waits for the next. */
  let token = tokenOf(options)
  const address = { ...options, token: () => token }
  const rest = createStatesByRest(address, trust, clock)
  const lease = createLease({
    ...{ rest, clock, log, instance: store.instance, life, host, version, called, beatMs, claimMs },
    by: mqtt ? 'mqtt' : 'direct',
    beaten(state) {
      newestBeat = state
      live?.screen.beat(state)
    },
  })
  const people = createPeople(log)
  const prefixes = openPrefixBook(store, log, called)
  const names = openResourceNames(store, log, called)
  const ofAll: ReadonlySet<string> = new Set(ofAllDomains(called))
  const notices = createNotices(prefixes.of, log)
  const shown = createShown()
  const presses = createPresses({ people, log, check: lease.check, shownAt: shown.at, hubTime: lease.hubTime })
  const phones = createPhones({ clock, log, people, check: lease.check, prefixOf: prefixes.of })
  const publisher = createPublisher(clock, publishEveryMs)
  const will = { topic: topicsOf(store.instance).availability, payload: 'offline' }
  const broker = mqtt && keepBroker({ address: mqtt, clock, log, will, answerMs, refusedRetryMs })
  const byMqtt = mqtt && broker && { broker, memory: openMemory(store, log, deviceNames(called).server), sddcManager: mqtt.sddcManager }
  let newestBeat: EntityState | undefined
  const closed = new AbortController()
  let live: { readonly session: Session; readonly screen: Screen } | undefined

  // A press that was heard is not one that was missed, whatever happens to this process next.
  presses.onPress(() => void lease.touch())

  async function use(session: Session): Promise<void> {
    session.signal.addEventListener('abort', rest.cut)
    await isAdministrator(session)
    const { timeZone } = await whenRunning(session, clock, () => link.waitsFor('Home Assistant is still starting.'))
    link.waitsFor(lookingFor)
    const { lastBeat, forgotten } = await lease.take(session)
    // Not before: of who only watches the broker would keep that it is offline.
    broker?.start()
    await people.refresh(session)
    if (typeof mayControl !== 'string') warnOfStrangers(people.strangers(mayControl))
    const screen = await openScreen({
      ...{ session, clock, store, version, publisher, presses, byMqtt, touch: lease.touch },
      rest: { ...rest, write: (state) => inCharge(() => rest.write(state)), remove: (id) => inCharge(() => rest.remove(id)) },
      ...{ prefixes, names, called, isOfOthers },
      log,
      timeZone,
      mayControl: () => (typeof mayControl === 'string' ? mayControl : people.idsOf(mayControl)),
      watch: (group) => presses.watch(session, group, lastBeat),
      named: notices.flush,
      shown: shown.note,
      ...{ renamed: publisher.again, lookAfterMs },
    })
    live = { session, screen }
    if (newestBeat) screen.beat(newestBeat)
    session.signal.addEventListener('abort', () => retire(session))
    link.usable()
    options.connected?.(session.version)
    log('info', `Connected to Home Assistant ${session.version} at ${options.url}.`)
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
    void live.screen.leave()
    live = undefined
    publisher.close()
  }

  const link = keepLink<Session>({
    ...{ clock, log, refusedRetryMs, partner: 'Home Assistant', secret: 'token' },
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
    onRelease: presses.onRelease,
    phones: { ...phones, deliver: (letter) => phones.deliver(letter.text ? { ...letter, text: titled(called, letter.text) } : letter) },
    owns: (entityId) => ofAll.has(entityId) || prefixes.entityIds().has(entityId) || names.has(entityId),
    publish: publisher.publish,
    publishFleet: publisher.publishFleet,
    publishResources: publisher.publishResources,
    notify: (notice) => notices.notify(titled(called, notice)),
    dismiss: notices.dismiss,

    // Without a connection nothing is lost: the position is told again when there is one.
    turnOffIgnoreAlerts: (domainId) => live?.screen.turnOffIgnoreAlerts(domainId),
    showTargetRelease: (domainId, release) => live?.screen.showTargetRelease(domainId, release),
    showDeleted: () => live?.screen.bringBack(),

    otherInCharge: chargeOf({ clock, lease, link, signal: closed.signal }),

    problem() {
      const other = lease.other()
      return other === undefined
        ? (link.problem() ?? broker?.problem())
        : `Another server (${other}) is in charge of Home Assistant; this one only watches.`
    },

    async close() {
      if (live) {
        publisher.again()
        await within(clock, farewellMs, publisher.settled().then(lease.leave).then(live.screen.leave))
      }
      closed.abort()
      link.close()
      broker?.close()
      await rest.close()
    },
  }
}
