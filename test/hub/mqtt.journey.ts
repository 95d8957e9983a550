/** The contract of the hub by MQTT on a real Home Assistant: as `home-assistant.journey.ts`, and `JOURNEY_MQTT_URL`, the broker that it is connected to. */
import process from 'node:process'
import test from 'node:test'
import { promisesOnEvery } from './contract.ts'
import { openHomeAssistant } from './home-assistant.ts'

const { JOURNEY_HA_URL: url, JOURNEY_HA_TOKEN: token, JOURNEY_HA_RESTART: restart, JOURNEY_MQTT_URL: mqtt } = process.env
if (!url || !token) throw new Error('Set JOURNEY_HA_URL and JOURNEY_HA_TOKEN (long-lived, of the owner) of an empty Home Assistant.')

if (mqtt) promisesOnEvery('Home Assistant by MQTT', () => openHomeAssistant({ url, token, mqtt, ...(restart && { restart }) }), 'mqtt')
else test('Home Assistant by MQTT', (t) => t.skip('JOURNEY_MQTT_URL names no broker that Home Assistant is connected to'))
