import { readFile } from 'node:fs/promises'
import { Agent, request } from 'undici'
import type { Component, DomainType } from '../../shared/upgrade.ts'
import { firstLine } from '../package/run.ts'
import { runBin } from './programs.ts'

export interface Asked {
  /** How often each operation was asked for, such as `POST /v1/upgrades`. */
  readonly counts: Readonly<Record<string, number>>
  /** Every `POST /v1/upgrades`, refused ones included. */
  readonly upgrades: readonly { readonly component?: Component; readonly status?: number }[]
}

export interface Standing {
  readonly weather: string
  readonly domains: readonly {
    readonly name: string
    readonly type: DomainType
    readonly version: string
    readonly components: Readonly<Record<Component, string>>
    readonly hosts: Readonly<Record<string, readonly string[]>>
  }[]
}

/** The simulated data centre: its SDDC Manager as a process of its own. */
export interface World {
  /** Settings that lead the server to it. */
  readonly settings: Readonly<Record<string, string>>
  /** What it was asked so far. It answers nobody while SDDC Manager restarts. */
  asked(): Promise<Asked>
  /** What stands where. */
  standing(): Promise<Standing>
  close(): Promise<void>
}

/** Starts `vcf-upgrade-server simulate` and waits until it is ready. */
export async function openWorld(scenario: string, speed: number, folder: string): Promise<World> {
  const program = runBin(['simulate', '--scenario', scenario, '--speed', String(speed)], folder)
  const ready = await firstLine(program.child).catch((error) => {
    throw new Error(`The simulated SDDC Manager ${error.message}: ${program.lines.join('\n')}`)
  })
  const { url, username, password, ca_file } = JSON.parse(ready) as Record<'url' | 'username' | 'password' | 'ca_file', string>
  const dispatcher = new Agent({ connect: { ca: await readFile(ca_file, 'utf8') } })
  const look = async <Answer>(path: string) => (await (await request(`${url}${path}`, { dispatcher })).body.json()) as Answer
  return {
    settings: { VCF_URL: url, VCF_USERNAME: username, VCF_PASSWORD: password, VCF_CA_FILE: ca_file },
    asked: () => look<Asked>('/-/requests'),
    standing: () => look<Standing>('/-/state'),
    async close() {
      await dispatcher.close()
      await program.end()
    },
  }
}
