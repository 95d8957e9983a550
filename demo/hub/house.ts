/** All that the stand-in hub holds: what a restart of Home Assistant forgets and what it keeps. */
import { createInputs } from './inputs.ts'
import { createNotifications } from './notifications.ts'
import { createPerson, type HubPerson, type PersonOption } from './people.ts'
import { createPhones } from './phones.ts'
import { createRegistry } from './registry.ts'
import { createStates, type HubContext } from './states.ts'
import { createHubClock } from './time.ts'

export interface HouseOptions {
  readonly people: readonly PersonOption[]
  readonly version: string
  readonly timeZone: string
}

/** What goes over Home Assistant's event bus, beside changes of states. */
export interface HubEvent {
  readonly type: string
  readonly data: object
  readonly context: HubContext
}

/** What an integration does that is no part of the stand-in itself, such as that of MQTT. */
export interface Installed {
  press?(entityId: string, context: HubContext): void
  turn?(entityId: string, on: boolean, context: HubContext): void
  /** One of the options of a select. */
  choose?(entityId: string, option: string, context: HubContext): void
  publish?(topic: string, payload: string, retain: boolean): void
  /** Answers what ends it. */
  subscribe?(topic: string, tell: (message: unknown) => void): () => void
  /** Home Assistant has started again. */
  started?(): void
}

export function createHouse({ people: options, version, timeZone }: HouseOptions) {
  const now = createHubClock()
  const states = createStates(now)
  const registry = createRegistry((entityId) => states.get(entityId) !== undefined)
  const inputs = createInputs(states, registry, now)
  const notifications = createNotifications(now)
  const phones = createPhones(states)
  const listeners = new Set<(event: HubEvent) => void>()
  const installed: Installed = {}
  let people: HubPerson[] = options.map(createPerson)
  let running = true
  let failedLogins = 0

  registry.onChange(({ entity_id, old_entity_id }) => old_entity_id && inputs.moved(old_entity_id, entity_id))

  return {
    now,
    states,
    registry,
    inputs,
    notifications,
    phones,
    onEvent: (listener: (event: HubEvent) => void): void => void listeners.add(listener),
    fire: (event: HubEvent): void => listeners.forEach((listener) => void listener(event)),
    installed,
    people: (): readonly HubPerson[] => people,
    byToken(token: unknown): HubPerson | undefined {
      const person = people.find((one) => one.active && one.token === token)
      if (!person) failedLogins++
      return person
    },
    failedLogins: (): number => failedLogins,
    byLogin(login: string): HubPerson {
      const person = people.find((one) => one.login === login)
      if (!person) throw new Error(`Nobody here is called ${login}`)
      return person
    },
    addPerson(option: PersonOption): HubPerson {
      const person = createPerson(option)
      people = [...people, person]
      return person
    },
    changePerson(login: string, change: Partial<HubPerson>): void {
      people = people.map((person) => (person.login === login ? { ...person, ...change } : person))
    },
    config: () => ({
      state: running ? 'RUNNING' : 'STARTING',
      version,
      time_zone: timeZone,
      language: 'en',
      location_name: 'Stand-in',
      components: [
        ...['api', 'input_boolean', 'input_button', 'persistent_notification', 'websocket_api'],
        ...(installed.publish ? ['mqtt'] : []),
      ],
      unit_system: {},
    }),
    /** Home Assistant's process has ended and comes up again. */
    beginRestart(): void {
      running = false
      states.forget()
      notifications.forget()
    },
    endRestart(): void {
      inputs.restore()
      installed.started?.()
      running = true
    },
  }
}

export type House = ReturnType<typeof createHouse>
