/** The contract of the hub on a real Home Assistant: `JOURNEY_HA_URL` and `JOURNEY_HA_TOKEN` (owner) of an empty one, `JOURNEY_HA_RESTART` (a command). */
import process from 'node:process'
import { promisesOnEvery } from './contract.ts'
import { openHomeAssistant } from './home-assistant.ts'

const { JOURNEY_HA_URL: url, JOURNEY_HA_TOKEN: token, JOURNEY_HA_RESTART: restart } = process.env
if (!url || !token) throw new Error('Set JOURNEY_HA_URL and JOURNEY_HA_TOKEN (long-lived, of the owner) of an empty Home Assistant.')

promisesOnEvery('Home Assistant', () => openHomeAssistant({ url, token, ...(restart && { restart }) }))
