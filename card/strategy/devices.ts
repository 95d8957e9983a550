import type { Device, Hass } from '../hub/hass.ts'

/** The device of an entity: who publishes by MQTT gives one to each domain, cluster and host. It stays, with its name, when the entity falls silent. */
const deviceOf = ({ entities = {}, devices = {} }: Hass, id: string): Device | undefined => devices[entities[id]?.device_id ?? '']

const nameOf = (device: Device | undefined): string | undefined => device?.name_by_user || device?.name || undefined

export const deviceName = (hass: Hass, id: string): string | undefined => nameOf(deviceOf(hass, id))

/** What the SDDC Manager is called as a device to which an entity's device belongs, through however many others. */
export function sddcManagerOf(hass: Hass, id: string): string | undefined {
  let device = deviceOf(hass, id)
  // A host is of a domain, a domain of an SDDC Manager; a ring would not end.
  for (let above = device, steps = 0; above && steps < 4; steps++) {
    device = above
    above = hass.devices?.[above.via_device_id ?? '']
  }
  return nameOf(device)
}

/** Ids of all that the device of an entity has. */
export function besides({ entities = {} }: Hass, id: string): string[] {
  const its = entities[id]?.device_id
  return its ? Object.keys(entities).filter((other) => entities[other]?.device_id === its) : []
}
