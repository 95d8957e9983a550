/** A stand-in hub with a broker and the integration between them, new for each test of the file that asks for it. */
import { afterEach, beforeEach } from 'node:test'
import { type StandInHub, startStandInHub } from '../../../demo/hub/stand-in-hub.ts'
import { newStore, type ServerSide, startServerSide } from '../server-side.ts'
import { until } from '../until.ts'
import { viewOf } from '../views.ts'
import { type EmbeddedBroker, startBroker } from './embedded-broker.ts'
import { installMqtt } from './integration.ts'

export interface MqttHouse {
  readonly hub: StandInHub
  readonly broker: EmbeddedBroker
  readonly integration: Awaited<ReturnType<typeof installMqtt>>
  state(entityId: string): string | undefined
  /** All entities of ours with their states, but for the lease. */
  ours(): Record<string, string>
  /** A server side on both, closed after the test. */
  serve(options?: Parameters<typeof startServerSide>[1]): ServerSide
  /** One that shows the domain `vcf-m01` and hears its controls. */
  connected(options?: Parameters<typeof startServerSide>[1]): Promise<ServerSide>
  readonly store: ReturnType<typeof newStore>
  mqtt(password?: () => string): NonNullable<NonNullable<Parameters<typeof startServerSide>[1]>['mqtt']>
}

export const phase = 'sensor.vcf_m01_upgrade_status'
export const start = 'button.vcf_m01_start_upgrade'
export const ignore = 'switch.vcf_m01_ignore_alerts'

/** Call once, at the top of a test file. */
export function anMqttHouse(): MqttHouse {
  let hub: StandInHub
  let broker: EmbeddedBroker
  let integration: Awaited<ReturnType<typeof installMqtt>>
  let store: ReturnType<typeof newStore>
  const sides: ServerSide[] = []

  beforeEach(async () => {
    hub = await startStandInHub()
    broker = await startBroker()
    integration = await installMqtt(hub.house, broker.url)
    store = newStore()
  })
  afterEach(async () => {
    for (const side of sides.splice(0)) await side.close()
    await integration.close()
    await broker.close()
    await hub.close()
  })

  const house: MqttHouse = {
    get hub() {
      return hub
    },
    get broker() {
      return broker
    },
    get integration() {
      return integration
    },
    get store() {
      return store
    },
    mqtt: (password) => ({ url: broker.url, sddcManager: 'https://sddc-manager.vcf.lab', ...(password && { username: 'vcf', password }) }),
    state: (entityId) => hub.house.states.get(entityId)?.state,
    ours: () =>
      Object.fromEntries(
        hub
          .states()
          .filter(({ entity_id }) => /[._]vcf/.test(entity_id) && entity_id !== 'sensor.vcf_server_in_charge')
          .map(({ entity_id, state }) => [entity_id, state]),
      ),
    serve(options = {}) {
      const side = startServerSide({ url: hub.url, token: hub.tokens.admin! }, { store, mqtt: house.mqtt(), ...options })
      sides.push(side)
      return side
    },
    async connected(options) {
      const side = house.serve(options)
      side.hub.publish(viewOf('vcf-m01'))
      await until('it listens and shows', () => side.switches.length > 0 && house.state(phase) === 'waiting_for_initiation')
      return side
    },
  }
  return house
}
