/** What Home Assistant shows of us in one session: directly, or by MQTT where there is a broker. What the other way left is taken away first. */
import type { EntityState } from '../../shared/encoded.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { type DirectWriterNeeds, openDirectWriter } from './direct-writer.ts'
import { asHubFailure } from './failure.ts'
import { leasePlaces } from './lease-place.ts'
import { removeDirect } from './leftovers.ts'
import type { Broker } from './mqtt/broker.ts'
import type { Memory } from './mqtt/memory.ts'
import { openRegistered } from './mqtt/registered.ts'
import { openMqttScreen } from './mqtt/screen.ts'
import { takeBack } from './mqtt/take-back.ts'
import { deviceNames, topicsOf } from './mqtt/topics.ts'
import type { Presses } from './presses.ts'
import type { Publisher } from './publisher.ts'

export interface Screen {
  turnOffIgnoreAlerts(domainId: string): void
  /** A choice was judged. */
  showTargetRelease(domainId: string, release: string): void
  /** A beat of the server was taken. */
  beat(state: EntityState): void
  /** A person asks for all that there is: also for what they deleted. */
  bringBack(): void
  /** The session has ended, or is about to. */
  leave(): Promise<void>
}

/** How entities come by MQTT. */
export interface ByMqtt {
  readonly broker: Broker
  readonly memory: Memory
  /** Address of SDDC Manager's page. */
  readonly sddcManager: string
}

export interface ScreenNeeds extends DirectWriterNeeds {
  readonly clock: Clock
  readonly store: Pick<Store, 'instance' | 'prefixes' | 'resourceNames' | 'announced' | 'saveAnnounced'>
  readonly version: string
  readonly publisher: Publisher
  readonly presses: Pick<Presses, 'turnOff'>
  readonly byMqtt: ByMqtt | undefined
  /** One more beat of the server. */
  readonly touch: () => Promise<void>
}

/** @throws HubFailure */
export async function openScreen(needs: ScreenNeeds): Promise<Screen> {
  if (needs.byMqtt) return byMqtt(needs, needs.byMqtt)
  const devices = await takeBack(needs)
  const hadLease = await needs.rest.remove(leasePlaces(needs.called).mqtt)
  // The entity by MQTT that was taken away had the place of the beat.
  if (devices > 0 || hadLease) await needs.touch()
  return directly(needs)
}

async function directly(needs: ScreenNeeds): Promise<Screen> {
  const { session, log, publisher, presses } = needs
  const writer = await openDirectWriter(needs)
  publisher.open(writer, (error) => session.end(asHubFailure(error)))
  return {
    turnOffIgnoreAlerts(domainId) {
      const entityId = writer.ignoreAlerts(domainId)
      if (entityId !== undefined) presses.turnOff(session, entityId).catch((error) => log('warn', asHubFailure(error).message))
    },
    showTargetRelease() {},
    beat() {},
    bringBack() {},
    leave: async () => {},
  }
}

async function byMqtt(needs: ScreenNeeds, { broker, memory, sddcManager }: ByMqtt): Promise<Screen> {
  const { session, clock, store } = needs
  await removeDirect(needs)
  const registered = await openRegistered(session, clock)
  return openMqttScreen({
    ...needs,
    broker,
    memory,
    sddcManager,
    registered,
    topics: topicsOf(store.instance),
    devices: deviceNames(needs.called),
  })
}
