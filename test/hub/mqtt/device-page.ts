/** What a person can do on the page of a device in Home Assistant. */
import type { Person } from '../person.ts'

interface Device {
  readonly id: string
  readonly identifiers: readonly (readonly [string, string])[]
  readonly config_entries?: readonly string[]
  readonly config_entry_id?: string
}

/** Deletes the device that was announced by MQTT under this identifier. */
export async function deleteDevice(person: Person, identifier: string): Promise<void> {
  const devices = await person.ask<Device[]>({ type: 'config/device_registry/list' })
  const found = devices.find(({ identifiers }) => identifiers.some(([platform, id]) => platform === 'mqtt' && id === identifier))
  if (!found) throw new Error(`There is no device ${identifier}`)
  const config_entry_id = found.config_entry_id ?? found.config_entries?.[0]
  await person
    .ask({ type: 'config/device_registry/remove_config_entry', device_id: found.id, config_entry_id })
    // Newer versions.
    .catch(() => person.ask({ type: 'config/device_registry/remove', device_id: found.id }))
}
