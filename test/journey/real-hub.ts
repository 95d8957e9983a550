import process from 'node:process'
import type { RealHub } from '../hub/home-assistant.ts'

/** The Home Assistant that the environment names: a real one, empty. Throws with what is missing. */
export function realHub(): RealHub {
  const { JOURNEY_HA_URL: url, JOURNEY_HA_TOKEN: token, JOURNEY_HA_RESTART: restart } = process.env
  if (!url || !token) throw new Error('Set JOURNEY_HA_URL and JOURNEY_HA_TOKEN (long-lived, of the owner) of an empty Home Assistant.')
  return { url: url.replace(/\/+$/, ''), token, ...(restart && { restart }) }
}
