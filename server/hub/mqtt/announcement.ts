/** A device with its entities as Home Assistant's device discovery takes it. */

import { type Control, controlSuffix, type FleetCommand } from '../../../shared/commands.ts'
import type { EntityState } from '../../../shared/encoded.ts'
import type { WantedControl } from '../control-names.ts'
import { classesOf, isAvailable, platformOf, reading } from './payload.ts'
import { type Topics, uniqueIdOf } from './topics.ts'

export interface Device {
  readonly id: string
  readonly name: string
  readonly model: string
  readonly via?: string
  /** Of what the device stands for: the release of a domain, or SDDC Manager. */
  readonly version?: string
  /** Page of its SDDC Manager. */
  readonly page?: string
}

/** An entity with its key within the device. */
export type KeyedState = EntityState & { readonly key: string }

export interface Announcement {
  readonly device: Device
  readonly states: readonly KeyedState[]
  readonly controls: readonly WantedControl<Control | FleetCommand>[]
  /** The server's own version: that of who announces. */
  readonly version: string
}

/** The end of a control's ids. */
export function controlKey(control: Control | FleetCommand): string {
  return control in controlSuffix ? controlSuffix[control as Control] : control
}

/** Payload of the device's config topic. */
export function announce(announcement: Announcement, topics: Topics): string {
  const { device, states, controls, version } = announcement
  return JSON.stringify({
    device: {
      identifiers: [device.id],
      name: device.name,
      manufacturer: 'VMware by Broadcom',
      model: device.model,
      ...(device.version && { sw_version: device.version }),
      ...(device.via && { via_device: device.via }),
      ...(device.page && { configuration_url: device.page }),
    },
    origin: { name: 'vcf-upgrade-server', sw_version: version },
    availability: [{ topic: topics.availability }],
    components: Object.fromEntries([
      ...states.map((state) => [state.key, entity(state, device, topics)]),
      ...controls.map((control) => [controlKey(control.control), button(control, device, topics)]),
    ]),
  })
}

function entity(state: KeyedState, device: Device, topics: Topics): object {
  const platform = platformOf(state.entity_id)
  const topic = topics.state(device.id, state.key)
  const isMeasured = 'state_class' in state.attributes
  return {
    ...named(platform, device, state.key, state.entity_id, nameIn(device, String(state.attributes.friendly_name ?? ''))),
    ...classesOf(state),
    state_topic: topic,
    ...reading(platform),
    ...(platform === 'select' && { command_topic: topics.command(device.id, state.key) }),
    ...(platform !== 'update' && platform !== 'event' && { json_attributes_topic: topic }),
    ...(isMeasured && {
      availability: [{ topic: topics.availability }, { topic, value_template: isAvailable }],
      availability_mode: 'all',
    }),
  }
}

function button({ control, objectId, label, icon }: WantedControl<Control | FleetCommand>, device: Device, topics: Topics): object {
  const key = controlKey(control)
  const platform = control === 'ignore_alerts' ? 'switch' : 'button'
  const onOff = { payload_on: 'on', payload_off: 'off', state_on: 'on', state_off: 'off' }
  return {
    ...named(platform, device, key, `${platform}.${objectId}`, label),
    icon,
    command_topic: topics.command(device.id, key),
    ...(platform === 'switch'
      ? { state_topic: topics.state(device.id, key), value_template: '{{ value_json.state }}', ...onOff }
      : { command_template: '{{ {"user": this.context.user_id, "context": this.context.id, "at": this.state} | tojson }}' }),
  }
}

function named(platform: string, device: Device, key: string, entityId: string, name: string): object {
  return { platform, unique_id: uniqueIdOf(device.id, key), default_entity_id: entityId, name, qos: 1 }
}

/** Home Assistant puts the device's name before it. */
function nameIn({ name }: Device, friendly: string): string {
  return friendly.startsWith(`${name} `) ? friendly.slice(name.length + 1) : friendly
}
