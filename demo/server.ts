import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Simulator } from '../server/simulator/server.ts'
import type { StandInHub } from './hub/stand-in-hub.ts'

export interface DemoServer {
  /** Resolves with the exit code should the server end by itself. */
  readonly ended: Promise<number | null>
  /** The newest lines of its log. */
  log(): string
  stop(): Promise<void>
}

const bin = fileURLToPath(new URL('../bin/vcf-upgrade-server.js', import.meta.url))
const keptLines = 40

/** The real server as a process of its own, on the simulated data centre and the stand-in hub, with an empty folder for its facts. */
export function startServer(simulator: Simulator, hub: StandInHub, speed: number): DemoServer {
  const folder = mkdtempSync(join(tmpdir(), 'vcf-upgrade-demo-'))
  const child = spawn(process.execPath, [bin, '--speed', String(speed)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, HA_URL: hub.url, HA_TOKEN: hub.tokens.admin, STATE_DIR: folder },
      ...{ VCF_URL: simulator.url, VCF_USERNAME: simulator.username, VCF_PASSWORD: simulator.password, VCF_CA_FILE: simulator.caFile },
    },
  })
  const lines: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''))
    lines.splice(0, lines.length - keptLines)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    ended,
    log: () => lines.join('\n'),
    async stop() {
      await end(child, ended)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await ended
}
