import type { Hass } from './hass.ts'

/** Which service presses or turns a control, by the control's own entity domain; anything else is not a control of ours. */
const services: Readonly<Record<string, (on: boolean) => string>> = {
  button: () => 'press',
  input_button: () => 'press',
  switch: (on) => (on ? 'turn_on' : 'turn_off'),
  input_boolean: (on) => (on ? 'turn_on' : 'turn_off'),
}

/** Presses a button, or turns a switch `on` or off. `missing` is the sentence for a control that is not there. @throws Error with a sentence when Home Assistant does not take it; Home Assistant shows none of its own. */
export async function press(hass: Hass, entity: string | undefined, on: boolean, missing: string): Promise<void> {
  const domain = entity?.split('.')[0] ?? ''
  const service = Object.hasOwn(services, domain) ? services[domain]!(on) : undefined
  if (!service || !hass.callService || (hass.states?.[entity!]?.state ?? 'unavailable') === 'unavailable') throw new Error(missing)
  try {
    await hass.callService(domain, service, { entity_id: entity }, undefined, false)
  } catch (error) {
    // Home Assistant rejects with `{code, message}`; with a bare number when the connection is lost.
    throw new Error((error as Error).message ?? String(error), { cause: error })
  }
}
