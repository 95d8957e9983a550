import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Agent, request } from 'undici'
import type { StandInHub } from '../../demo/hub/stand-in-hub.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'

const bin = fileURLToPath(new URL('../../bin/vcf-upgrade-server.js', import.meta.url))
const keptLines = 40

export interface DataCentre {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly caFile: string
  /** `GET /-/requests` and `GET /-/state`. */
  ask(path: '/-/requests' | '/-/state'): Promise<unknown>
  close(): Promise<void>
}

/** The simulated SDDC Manager as a process of its own. */
export async function startDataCentre(scenario: string, vcf: VcfVersion, speed: number): Promise<DataCentre> {
  const child = spawn(process.execPath, [bin, 'simulate', '--scenario', scenario, '--vcf', vcf, '--speed', String(speed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended: Promise<undefined> = endOf(child).then(() => undefined)
  const line = await Promise.race([firstLine(child), ended])
  if (line === undefined) throw new Error('the simulator ended before it was ready')
  const { url, username, password, ca_file: caFile } = JSON.parse(line) as Record<'url' | 'username' | 'password' | 'ca_file', string>
  const agent = new Agent({ connect: { ca: readFileSync(caFile, 'utf8') } })
  return {
    ...{ url, username, password, caFile },
    async ask(path) {
      // While SDDC Manager is away nobody listens, not even for rehearsals.
      for (let tries = 0; ; tries++) {
        try {
          return await (await request(`${url}${path}`, { dispatcher: agent })).body.json()
        } catch (error) {
          if (tries >= 50) throw error
          await new Promise((resolve) => setTimeout(resolve, 200))
        }
      }
    },
    async close() {
      await agent.close()
      child.kill('SIGTERM')
      await ended
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => createInterface(child.stdout!).once('line', resolve))
}

export interface Server {
  /** Resolves when it is gone, however that came. */
  readonly gone: Promise<void>
  readonly lives: boolean
  /** The newest lines of its log. */
  log(): string
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Waits longer than a real one may at such a speed: what a dead server misses must not count as a limit that passed. */
const patientLimits = { PRECHECK_LIMIT: '6d', DOWNLOAD_LIMIT: '19d', STEP_LIMIT: '6d', PROOF_LIMIT: '3h', POLL_EVERY: '5m' }

/** The real server as a process of its own, with the folder that its predecessors left. */
export function startServer(centre: DataCentre, hub: StandInHub, folder: string, speed: number): Server {
  const child = spawn(process.execPath, [bin, '--speed', String(speed)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, HA_URL: hub.url, HA_TOKEN: hub.tokens.admin, STATE_DIR: folder, ...patientLimits },
      ...{ VCF_URL: centre.url, VCF_USERNAME: centre.username, VCF_PASSWORD: centre.password, VCF_CA_FILE: centre.caFile },
    },
  })
  const lines: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''))
    lines.splice(0, lines.length - keptLines)
  })
  const gone = endOf(child)
  let lives = true
  void gone.then(() => {
    lives = false
  })
  return {
    gone,
    get lives() {
      return lives
    },
    log: () => lines.join('\n'),
    async kill(signal) {
      child.kill(signal)
      await gone
    },
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}
