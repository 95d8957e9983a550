/**
 * Takes away what was announced by MQTT, through Home Assistant itself: it is connected to the broker, and who goes back to showing directly has taken the
 * broker's address out of the settings.
 */
import { type Control, controlSuffix, fleetCommands } from '../../../shared/commands.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { asHubFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { pause } from '../pause.ts'
import type { Session } from '../session.ts'
import { done, mqttMessage, registry } from '../wire.ts'
import { controlKey } from './announcement.ts'
import { configTopic, installationIn, isConfig, isOurs, ourTopics, topicsOf, uniqueIdOf } from './topics.ts'

export interface TakeBackNeeds {
  readonly session: Session
  readonly clock: Clock
  readonly log: Log
  readonly store: Pick<Store, 'instance' | 'announced' | 'saveAnnounced'>
  /** True: only what this installation announced. Default: also what any other server of ours left. */
  readonly alone?: boolean
  /** True: asks for what the broker keeps also where nothing says that there is any. */
  readonly thorough?: boolean
}

const limitMs = 10_000
const lookMs = 200
/** Within this time a broker has told what it keeps. */
const keptMs = 1_000

/**
 * Answers how many devices there were; from then on none counts as deleted by a person.
 *
 * @throws HubFailure
 */
export async function takeBack({ session, clock, log, store, alone = false, thorough = false }: TakeBackNeeds): Promise<number> {
  const { devices, deleted } = store.announced()
  const ids = alone ? new Set(Object.entries(devices).flatMap(uniqueIdsOf)) : undefined
  const left = () => ours(session, (uniqueId) => ids?.has(uniqueId) ?? true)
  const isKnown = Object.keys(devices).length + deleted.length > 0 || (await left()).length > 0
  if (!isKnown && !thorough) return 0
  const kept = await keptByBroker(session, clock, log)
  const topics = new Set([
    ...Object.keys(devices).map(configTopic),
    ...(kept ?? []).filter((topic) => !alone || installationIn(topic) === store.instance),
    ...Object.values(devices).flat(),
    ...(isKnown ? [topicsOf(store.instance).availability] : []),
  ])
  await clearTopics(session, log, [...topics])
  for (let waited = 0; waited < limitMs && (await left()).length > 0; waited += lookMs) await pause(clock, lookMs, session.signal)
  for (const entityId of await left()) await session.ask({ type: 'config/entity_registry/remove', ...{ entity_id: entityId } }, done)
  if (isKnown) store.saveAnnounced({ devices: {}, deleted: [] })
  return [...topics].filter((topic) => isConfig(topic) && (kept?.includes(topic) ?? true)).length
}

async function ours(session: Session, isMeant: (uniqueId: string) => boolean): Promise<string[]> {
  const entries = await session.ask({ type: 'config/entity_registry/list' }, registry)
  return entries.flatMap(({ platform, unique_id, entity_id }) =>
    platform === 'mqtt' && isOurs(unique_id) && isMeant(unique_id) ? [entity_id] : [],
  )
}

/** Of all that the device has or may have: controls have no topic of their own. */
function uniqueIdsOf([device, topics]: readonly [string, readonly string[]]): string[] {
  const ofStates = topics.filter((topic) => !isConfig(topic)).map((topic) => topic.slice(topic.lastIndexOf('/') + 1))
  const ofControls = [...(Object.keys(controlSuffix) as Control[]), ...fleetCommands].map(controlKey)
  return [...ofStates, ...ofControls].map((key) => uniqueIdOf(device, key))
}

/**
 * What the broker keeps of ours, also of a server whose folder was lost; the announcements first: what loses its state is not to be seen. Undefined where
 * Home Assistant does not tell.
 */
async function keptByBroker(session: Session, clock: Clock, log: Log): Promise<string[] | undefined> {
  const found = new Set<string>()
  const stops: (() => void)[] = []
  try {
    for (const topic of ourTopics)
      stops.push(
        await session.subscribe({ type: 'mqtt/subscribe', ...{ topic, qos: 1 } }, mqttMessage, (message) => {
          if (message.payload !== '' && (isConfig(message.topic) || !message.topic.startsWith('homeassistant/'))) found.add(message.topic)
        }),
      )
    await pause(clock, keptMs, session.signal)
  } catch (error) {
    if (session.signal.aborted) throw error
    log('debug', 'Home Assistant does not tell what the MQTT broker keeps.', { error: String(error) })
    return undefined
  } finally {
    for (const stop of stops) stop()
  }
  return [...found].toSorted((a, b) => Number(isConfig(b)) - Number(isConfig(a)))
}

async function clearTopics(session: Session, log: Log, topics: readonly string[]): Promise<void> {
  for (const topic of topics) {
    const call = { domain: 'mqtt', service: 'publish', service_data: { topic, payload: '', retain: true, qos: 1 } }
    try {
      await session.ask({ type: 'call_service', ...call }, done)
    } catch (error) {
      if (session.signal.aborted) throw error
      log(
        'warn',
        `What the MQTT broker keeps below homeassistant/device/vcf_upgrade_… and vcf_upgrade/ could not be cleared. ${asHubFailure(error).message}`,
      )
      return
    }
  }
}
