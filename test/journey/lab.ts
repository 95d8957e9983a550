/** Everything that a journey is made with: a real Home Assistant, the simulated data centre, and the real server with an empty folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StatusAttributes } from '../../shared/attributes.ts'
import type { Phase } from '../../shared/upgrade.ts'
import type { Target } from '../hub/contract.ts'
import { openHomeAssistant } from '../hub/home-assistant.ts'
import { elapse, until } from '../hub/until.ts'
import { createHome, type Home } from './home.ts'
import { realHub } from './real-hub.ts'
import { createUpgradeServer, type UpgradeServer } from './upgrade-server.ts'
import { openWorld, type World } from './world.ts'

/** The management domain, which is the one that is upgraded. */
export const status = 'sensor.vcf_m01_upgrade_status'
export const logs = 'sensor.vcf_m01_upgrade_logs'
export const start = 'input_button.vcf_m01_start_upgrade'

export interface Lab {
  readonly hub: Target
  readonly home: Home
  readonly world: World
  readonly server: UpgradeServer
  /** A folder that is gone afterwards. */
  readonly folder: string
  readonly opened: Date
  attributes(): Promise<StatusAttributes>
  /** Text of the log with markdown's escapes taken out. */
  log(): Promise<string>
  /** Looks until there is something; gives up after `seconds` (default 30), or when the server ended by itself. */
  until<Found>(what: string, look: () => Promise<Found>, seconds?: number): Promise<Exclude<Found, false | null | undefined>>
  /** Waits for a phase; gives up when the run halts on the way. */
  phase(phase: Phase, seconds: number): Promise<void>
  /** Ends and takes out all that was made, whatever of it there is. */
  close(): Promise<void>
}

const halts = ['failed', 'cancelled', 'waiting_for_operator', 'waiting_for_image']

export interface LabOptions {
  readonly scenario: string
  /** Divides every duration, those of the data centre and of the server. */
  readonly speed: number
  /** Of the server, beside those that it always has here. */
  readonly settings?: Readonly<Record<string, string>>
}

export async function openLab({ scenario, speed, settings: more }: LabOptions): Promise<Lab> {
  await using opening = new AsyncDisposableStack()
  const real = realHub()
  const hub = await openHomeAssistant(real).catch((error) => {
    // The library rejects with a bare number.
    throw typeof error === 'number' ? new Error(`Home Assistant at ${real.url} does not answer, or refuses the token (${error})`) : error
  })
  opening.defer(() => hub.close())
  const home = createHome(hub)
  const folder = await mkdtemp(join(tmpdir(), 'vcf-journey-'))
  opening.defer(() => rm(folder, { recursive: true, force: true }))
  const world = await openWorld(scenario, speed, folder)
  opening.defer(() => world.close())
  const settings = {
    ...world.settings,
    HA_URL: hub.url,
    HA_TOKEN: hub.tokens.admin,
    STATE_DIR: join(folder, 'state'),
    RESULT_SHOWN: '20s',
    ...more,
  }
  const server = createUpgradeServer(settings, speed, folder)
  opening.defer(async () => void (await server.remove()))
  opening.defer(() => server.stop())
  server.start()

  const lab: Omit<Lab, 'close'> = {
    ...{ hub, home, world, server, folder, opened: new Date() },
    attributes: async () => (await home.state(status))?.attributes as unknown as StatusAttributes,
    log: async () => String((await home.state(logs))?.attributes.markdown ?? '').replaceAll('\\', ''),
    until: (what, look, seconds = 30) =>
      until(
        what,
        async () => {
          const trouble = server.trouble()
          if (trouble !== undefined) throw new Error(`The server ${trouble} while waiting: ${what}`)
          const found = await look()
          if (!found) await elapse(100)
          return found
        },
        seconds * 1_000,
      ),
    phase: (wanted, seconds) =>
      lab.until(
        wanted,
        async () => {
          const now = (await home.state(status))?.state
          if (now !== wanted && halts.includes(now ?? ''))
            throw new Error(`${now} on the way to ${wanted}: ${(await lab.attributes()).halt?.text}`)
          return now === wanted
        },
        seconds,
      ) as unknown as Promise<void>,
  }
  await lab.until('the domain has an update', async () => (await home.state('sensor.vcf_m01_status'))?.state === 'update_available')
  const stack = opening.move()
  return { ...lab, close: () => stack.disposeAsync() }
}
