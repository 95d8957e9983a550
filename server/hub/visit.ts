/** A look at Home Assistant that changes nothing there. */
import type { Clock } from '../ports/clock.ts'
import { type HubAddress, trustOf } from './address.ts'
import { asHubFailure } from './failure.ts'
import { kindOf } from './notify.ts'
import { createPeople } from './people.ts'
import { isAdministrator } from './readiness.ts'
import { openSession } from './session.ts'
import { config, mqttMessage } from './wire.ts'

/** Every method throws a `HubFailure` whose message says what is wrong and the remedy. */
export interface HubVisit {
  /** Home Assistant's version. */
  readonly version: string
  /** Whether that is one that this server knows. */
  readonly isSupported: boolean
  /** Whether everything has been set up there; before that nothing can be shown. */
  isRunning(): Promise<boolean>
  /** Whether its integration MQTT has been set up: without it nobody there hears of a broker. */
  hasMqtt(): Promise<boolean>
  /** Throws `refused` when the token is not an administrator's. */
  isAdministrator(): Promise<void>
  /** Those of the login names that nobody has. Needs an administrator. */
  strangers(logins: readonly string[]): Promise<readonly string[]>
  /** Those of the targets that are neither an action nor an entity. */
  unknownTargets(targets: readonly string[]): Promise<readonly string[]>
  /** Calls back for each message that its MQTT integration hears on a topic; answers what ends that. Needs an administrator. */
  listen(topic: string, heard: () => void): Promise<() => void>
  leave(): void
}

export const oldestHomeAssistant = '2025.10'
const answerMs = 15_000

/** Signs in once: a refused token counts as a failed login there. @throws HubFailure */
export async function visitHub(address: HubAddress, clock: Clock): Promise<HubVisit> {
  const log = () => undefined
  const session = await openSession({ address, trust: trustOf(address), clock, log, heartbeatMs: 2 * answerMs, answerMs })
  return {
    version: session.version,
    isSupported: monthOf(session.version) >= monthOf(oldestHomeAssistant),
    isRunning: async () => (await session.ask({ type: 'get_config' }, config)).state === 'RUNNING',
    hasMqtt: async () => (await session.ask({ type: 'get_config' }, config)).components.includes('mqtt'),
    isAdministrator: () => isAdministrator(session),
    async strangers(logins) {
      const people = createPeople(log)
      await people.refresh(session)
      return people.strangers(logins)
    },
    async unknownTargets(targets) {
      const unknown: string[] = []
      for (const target of targets) if ((await kindOf(target, session)) === undefined) unknown.push(target)
      return unknown
    },
    listen: (topic, heard) => session.subscribe({ type: 'mqtt/subscribe', ...{ topic, qos: 0 } }, mqttMessage, heard),
    leave: () => session.end(asHubFailure(new Error('the look is over'))),
  }
}

/** Months since the year 0 of a version such as `2025.10.1`; a version that tells none is taken for a new one. */
function monthOf(version: string): number {
  const [, year, month] = /^(\d{4})\.(\d{1,2})/.exec(version) ?? []
  return year === undefined ? Number.POSITIVE_INFINITY : Number(year) * 12 + Number(month)
}
