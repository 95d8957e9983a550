/** A stand-in hub and a server side on it, new for each test of the file that asks for it. */
import { afterEach, beforeEach } from 'node:test'
import { type StandInHub, type StandInHubOptions, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type ServerSide, startServerSide } from './server-side.ts'
import { until } from './until.ts'
import { viewOf } from './views.ts'

/** Entities of the domain that is shown. */
export const status = 'sensor.vcf_m01_upgrade_status'
export const start = 'input_button.vcf_m01_start_upgrade'
export const ignore = 'input_boolean.vcf_m01_ignore_alerts'

export interface House {
  readonly hub: StandInHub
  /** The server side that was started last. */
  readonly side: ServerSide
  /** The state of an entity of the domain that is shown, by default its phase. */
  state(entityId?: string): string | undefined
  /** Lines of the log that match. */
  lines(pattern: RegExp): string[]
  /** Another hub in place of this one. */
  rebuild(options: StandInHubOptions): Promise<void>
  /** A server side, closed after the test. */
  serve(options?: Parameters<typeof startServerSide>[1], token?: string): ServerSide
  /** A server side that shows the domain and hears its controls. */
  connected(options?: Parameters<typeof startServerSide>[1]): Promise<ServerSide>
}

/** Call once, at the top of a test file. */
export function aHouse(): House {
  let hub: StandInHub
  let sides: ServerSide[] = []

  beforeEach(async () => {
    hub = await startStandInHub()
  })
  afterEach(async () => {
    for (const side of sides) await side.close()
    sides = []
    await hub.close()
  })

  const house: House = {
    get hub() {
      return hub
    },
    get side() {
      return sides.at(-1)!
    },
    state: (entityId = status) => hub.house.states.get(entityId)?.state,
    lines: (pattern) => house.side.log.filter((line) => pattern.test(line)),
    async rebuild(options) {
      await hub.close()
      hub = await startStandInHub(options)
    },
    serve(options = {}, token = hub.tokens.admin!) {
      const side = startServerSide({ url: hub.url, token }, options)
      sides.push(side)
      return side
    },
    async connected(options) {
      const side = house.serve(options)
      side.hub.publish(viewOf('vcf-m01'))
      await until('it listens and shows', () => side.switches.length > 0 && house.state())
      return side
    },
  }
  return house
}
