/** The hub adapter as a server would run it, with everything it tells written down. */
import { randomUUID } from 'node:crypto'
import { connectHub } from '../../server/hub/hub.ts'
import type { HomeAssistant, HomeAssistantOptions } from '../../server/hub/options.ts'
import type { Clock } from '../../server/ports/clock.ts'
import type { Press, ReleaseChoice } from '../../server/ports/hub.ts'
import type { Announced, Names, Prefixes } from '../../server/ports/store.ts'

export type HubStore = HomeAssistantOptions['store']

export interface ServerSide {
  readonly hub: HomeAssistant
  readonly presses: Press[]
  readonly choices: ReleaseChoice[]
  readonly switches: { readonly domainId: string; readonly on: boolean }[]
  /** Level and message of every line. */
  readonly log: string[]
  close(): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}

export function newStore(instance: string = randomUUID()): HubStore {
  let prefixes: Prefixes = {}
  let names: Names = {}
  let announced: Announced = { devices: {}, deleted: [] }
  return {
    instance,
    prefixes: () => prefixes,
    savePrefixes: (given) => {
      prefixes = given
    },
    resourceNames: () => names,
    saveResourceNames: (given) => {
      names = given
    },
    announced: () => announced,
    saveAnnounced: (given) => {
      announced = given
    },
  }
}

/** A started server side. What it answers has to be closed. */
export function startServerSide(
  address: Pick<HomeAssistantOptions, 'url' | 'token' | 'ca'>,
  options: Partial<HomeAssistantOptions> = {},
): ServerSide {
  const presses: Press[] = []
  const choices: ReleaseChoice[] = []
  const switches: { domainId: string; on: boolean }[] = []
  const log: string[] = []
  const hub = connectHub({
    clock: realClock,
    store: newStore(),
    mayControl: 'admins',
    version: '0.1.0',
    life: randomUUID(),
    log: (level, message) => void log.push(`${level} ${message}`),
    publishEveryMs: 50,
    claimMs: 20,
    ...address,
    ...options,
  })
  hub.onPress((press) => void presses.push(press))
  hub.onRelease((choice) => void choices.push(choice))
  hub.onSwitchFound((domainId, on) => void switches.push({ domainId, on }))
  hub.start()
  return { hub, presses, choices, switches, log, close: () => hub.close() }
}
