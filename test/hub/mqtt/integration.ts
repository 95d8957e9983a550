/** What Home Assistant's MQTT integration does, as far as the server needs it: device discovery, states, availability, commands. On the stand-in hub. */
import { connect, connectAsync } from 'mqtt'
import type { House } from '../../../demo/hub/house.ts'
import { type HubContext, newContext } from '../../../demo/hub/states.ts'
import { isoTime } from '../../../demo/hub/time.ts'

interface Component {
  readonly platform: string
  readonly unique_id: string
  readonly default_entity_id: string
  readonly name: string
  readonly icon?: string
  readonly device_class?: string
  readonly options?: readonly string[]
  readonly entity_category?: string
  readonly unit_of_measurement?: string
  readonly state_class?: string
  readonly state_topic?: string
  readonly command_topic?: string
  readonly availability?: readonly Availability[]
}

interface Availability {
  readonly topic: string
  readonly value_template?: string
}

interface Config {
  readonly device: { readonly name: string; readonly identifiers: readonly [string] }
  readonly availability: readonly Availability[]
  readonly components: Readonly<Record<string, Component>>
}

interface Entity {
  readonly component: Component
  readonly device: string
  readonly availability: readonly Availability[]
  readonly label: string
  context: HubContext | undefined
  pressedAt: string
}

/** How long an action colours what comes of it. */
const recentMs = 5_000

/** @param password where the broker wants one */
export async function installMqtt(house: House, url: string, password?: string) {
  const who = { protocolVersion: 4, ...(password && { username: 'home-assistant', password }) } as const
  const client = await connectAsync(url, { ...who, reconnectPeriod: 20 })
  const newest = new Map<string, string>()
  const entities = new Map<string, Entity>()
  const configs = new Map<string, string>()

  const idOf = ({ component }: Entity): string => house.registry.byUniqueId('mqtt', component.unique_id)!.entity_id
  const byId = (entityId: string): Entity | undefined => [...entities.values()].find((entity) => idOf(entity) === entityId)

  function show(entity: Entity): void {
    const { component, label } = entity
    const isAvailable =
      client.connected && entity.availability.every(({ topic, value_template }) => says(newest.get(topic), value_template))
    const { icon, device_class, options, unit_of_measurement, state_class } = component
    const fixed = { icon, device_class, options, unit_of_measurement, state_class, friendly_name: label }
    const told = JSON.parse(newest.get(component.state_topic ?? '') || '{}') as { state?: unknown; attributes?: object }
    const shown = isAvailable ? stateOf(entity, told.state) : 'unavailable'
    const attributes = { ...fixed, ...(isAvailable && told.attributes), ...(isAvailable && typeof told.state === 'object' && told.state) }
    house.states.set(idOf(entity), shown, JSON.parse(JSON.stringify(attributes)), entity.context ?? newContext())
  }

  function discover(topic: string, payload: string): void {
    if (configs.get(topic) === payload) return
    configs.set(topic, payload)
    if (payload === '') {
      forget(topic)
      return
    }
    const { device, availability, components } = JSON.parse(payload) as Config
    for (const component of Object.values(components)) {
      const label = `${device.name} ${component.name}`
      if (!house.registry.byUniqueId('mqtt', component.unique_id))
        house.registry.add('mqtt', component.unique_id, component.default_entity_id, label, {
          device_id: device.identifiers[0],
          entity_category: component.entity_category ?? null,
        })
      const before = entities.get(component.unique_id)
      const entity: Entity = {
        ...{ component, label, device: topic, availability: component.availability ?? availability },
        ...{ context: before?.context, pressedAt: before?.pressedAt ?? 'unknown' },
      }
      entities.set(component.unique_id, entity)
      const topics = [...entity.availability.map((one) => one.topic), ...(component.state_topic ? [component.state_topic] : [])]
      for (const one of topics) client.subscribe(one)
      show(entity)
    }
  }

  function forget(topic: string): void {
    for (const [uniqueId, entity] of entities) {
      if (entity.device !== topic) continue
      const id = idOf(entity)
      entities.delete(uniqueId)
      house.registry.remove('mqtt', uniqueId)
      house.states.remove(id)
    }
  }

  client.on('message', (topic, message) => {
    const payload = message.toString()
    if (topic.startsWith('homeassistant/device/')) return discover(topic, payload)
    const event = [...entities.values()].find(({ component }) => component.platform === 'event' && component.state_topic === topic)
    if (event && payload === '') return
    if (event) {
      return void house.states.set(idOf(event), isoTime(house.now()), { friendly_name: event.label, ...JSON.parse(payload) }, newContext())
    }
    newest.set(topic, payload)
    for (const entity of entities.values())
      if (entity.component.state_topic === topic || entity.availability.some((one) => one.topic === topic)) show(entity)
  })
  client.on('close', () => {
    for (const entity of entities.values()) show(entity)
  })
  client.on('connect', () => {
    newest.clear()
    client.subscribe('homeassistant/device/+/config')
    for (const { component, availability } of entities.values())
      for (const topic of [...availability.map((one) => one.topic), component.state_topic]) if (topic) client.subscribe(topic)
  })
  house.registry.onChange(({ old_entity_id, entity_id }) => {
    const entity = byId(entity_id)
    if (!entity || old_entity_id === undefined) return
    house.states.remove(old_entity_id)
    show(entity)
  })
  await client.subscribeAsync('homeassistant/device/+/config')

  function act(entityId: string, context: HubContext): Entity | undefined {
    const entity = byId(entityId)
    if (!entity || house.states.get(entityId)?.state === 'unavailable') return undefined
    entity.context = context
    setTimeout(() => {
      if (entity.context === context) entity.context = undefined
    }, recentMs).unref()
    return entity
  }

  house.installed.press = (entityId, context) => {
    const entity = act(entityId, context)
    if (!entity) return
    entity.pressedAt = isoTime(house.now())
    show(entity)
    const command = { user: context.user_id, context: context.id, at: entity.pressedAt }
    client.publish(entity.component.command_topic!, JSON.stringify(command))
  }
  house.installed.turn = (entityId, on, context) => {
    const entity = act(entityId, context)
    if (entity) client.publish(entity.component.command_topic!, on ? 'on' : 'off')
  }
  house.installed.choose = (entityId, option, context) => {
    const entity = act(entityId, context)
    if (entity) client.publish(entity.component.command_topic!, option)
  }
  house.installed.publish = (topic, payload, retain) => void client.publish(topic, payload, { retain, qos: 1 })
  house.installed.subscribe = (wanted, tell) => {
    const own = connect(url, { ...who, reconnectPeriod: 0 })
    own.subscribe(wanted)
    own.on('message', (topic, payload, { qos, retain }) => tell({ topic, payload: payload.toString(), qos, retain }))
    return () => own.end(true)
  }
  house.installed.started = () => {
    for (const entity of entities.values()) {
      entity.context = undefined
      show(entity)
    }
    client.publish('homeassistant/status', 'online')
  }

  return {
    /** A person deletes a device on its page. */
    deleteDevice(device: string): void {
      const topic = `homeassistant/device/${device}/config`
      configs.set(topic, '')
      forget(topic)
      client.publish(topic, '', { retain: true, qos: 1 })
    },
    close: () => client.endAsync(true),
  }
}

function says(payload: string | undefined, template: string | undefined): boolean {
  if (payload === undefined || payload === '') return false
  return template === undefined ? payload === 'online' : (JSON.parse(payload) as { state: unknown }).state !== 'unavailable'
}

function stateOf({ component, pressedAt }: Entity, told: unknown): string {
  if (component.platform === 'button') return pressedAt
  if (component.platform === 'update' && typeof told === 'object' && told !== null) {
    const { installed_version, latest_version } = told as Record<string, unknown>
    return installed_version === latest_version ? 'off' : 'on'
  }
  if (component.platform === 'select' && !component.options?.includes(String(told))) return 'unknown'
  return typeof told === 'string' ? told : 'unknown'
}
