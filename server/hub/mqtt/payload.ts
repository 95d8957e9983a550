/** State and attributes of an entity as one JSON object, and what tells Home Assistant how to read it. */
import type { EntityState } from '../../../shared/encoded.ts'

/** Said once, when the entity is announced; Home Assistant takes them for nothing else. */
const announced = ['friendly_name', 'icon', 'device_class', 'options', 'unit_of_measurement', 'state_class', 'entity_category']
/** What Home Assistant itself makes of an update entity; told as its state. */
const ofUpdate = ['installed_version', 'latest_version', 'title', 'release_summary', 'in_progress', 'update_percentage']

export const isAvailable = "{{ 'offline' if value_json.state == 'unavailable' else 'online' }}"

/** Options of the announcement by which Home Assistant reads what `payloadOf` writes. */
export function reading(platform: string): object {
  // The message is the event itself.
  if (platform === 'event') return {}
  if (platform === 'update') return { value_template: '{{ value_json.state | tojson }}' }
  const onOff = platform === 'binary_sensor' && { payload_on: 'on', payload_off: 'off' }
  return { value_template: '{{ value_json.state }}', json_attributes_template: '{{ value_json.attributes | tojson }}', ...onOff }
}

/** Classes, unit and the like of an entity, as an announcement has them. */
export function classesOf({ entity_id, attributes }: EntityState): object {
  const { icon, device_class, options, unit_of_measurement, state_class, event_types, entity_category } = attributes
  const said =
    platformOf(entity_id) === 'update'
      ? { icon }
      : { icon, device_class, options, unit_of_measurement, state_class, event_types, entity_category }
  return JSON.parse(JSON.stringify(said))
}

export function payloadOf({ entity_id, state, attributes }: EntityState): string {
  if (platformOf(entity_id) === 'update') {
    const known = Object.entries(attributes).filter(([name]) => ofUpdate.includes(name))
    return JSON.stringify({ state: Object.fromEntries(known.flatMap(toUpdate)) })
  }
  const rest = Object.fromEntries(Object.entries(attributes).filter(([name]) => !announced.includes(name)))
  return JSON.stringify({ state: isWord(state, attributes) ? state : null, attributes: rest }, wellFormed)
}

export function platformOf(entityId: string): string {
  return entityId.slice(0, entityId.indexOf('.'))
}

/** Home Assistant's own `unknown` is no value that a sensor may have, unless it is one of its words. */
function isWord(state: string, { options }: EntityState['attributes']): boolean {
  return state !== 'unknown' || (Array.isArray(options) && options.includes(state))
}

/** Versions that nobody knows are left out; a summary stays until another is told. */
function toUpdate([name, value]: [string, unknown]): [string, unknown][] {
  if (value === null && name === 'release_summary') return [[name, '']]
  return value === null && name !== 'update_percentage' ? [] : [[name, value]]
}

/** Half characters and zeros are refused by Home Assistant's JSON or by its database; a text of VCF's may hold them. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
}
