import { startStandInHub } from '../../../demo/hub/stand-in-hub.ts'
import { type Login, promisesOnEvery } from '../contract.ts'
import { startBroker } from './embedded-broker.ts'
import { installMqtt } from './integration.ts'

promisesOnEvery(
  'the stand-in hub by MQTT',
  async () => {
    const hub = await startStandInHub()
    const broker = await startBroker()
    const mqtt = await installMqtt(hub.house, broker.url)
    return {
      url: hub.url,
      mqtt: broker.url,
      tokens: hub.tokens as Record<Login, string>,
      history: async (entityId) => hub.history(entityId).map(({ state }) => state),
      pressByScript: async (login, entityId) => hub.press(login, entityId),
      pressByAutomation: async (entityId) => hub.press(undefined, entityId),
      restart: () => hub.restart(),
      async close() {
        await mqtt.close()
        await broker.close()
        await hub.close()
      },
    }
  },
  'mqtt',
)
