import { promisesOnEvery } from '../contract.ts'
import { openStandIn } from '../stand-in.ts'
import { startBroker } from './embedded-broker.ts'
import { installMqtt } from './integration.ts'

promisesOnEvery(
  'the stand-in hub by MQTT',
  () =>
    openStandIn(async (hub) => {
      const broker = await startBroker()
      const mqtt = await installMqtt(hub.house, broker.url)
      return {
        mqtt: broker.url,
        async close() {
          await mqtt.close()
          await broker.close()
        },
      }
    }),
  'mqtt',
)
