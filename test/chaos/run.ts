import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import type { DomainRecord } from '../../server/ports/facts.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import { lostFacts } from '../death/growth.ts'
import type { Chance } from './chance.ts'
import { diskAt } from './disk.ts'
import { createPerson } from './person.ts'
import { startDataCentre, startServer } from './programs.ts'
import { type Asked, repeats, type Taken } from './requests.ts'

export interface Wanted {
  readonly scenario: string
  readonly vcf: VcfVersion
  readonly speed: number
  readonly chance: Chance
}

export interface Ended {
  readonly kills: number
  /** `completed`, or why a person is waited for. */
  readonly end: string
  readonly complaints: readonly string[]
  readonly seconds: number
}

interface State {
  readonly domains: readonly { readonly name: string; readonly version: string }[]
  readonly upgrades: readonly Taken[]
}

const glance = 25
/** How long nothing at all may happen, in milliseconds. */
const patience = 120_000
const mostKills = 8

/** One upgrade over real sockets; the server is killed again and again, at any time, and started again on the same folder. */
export async function runOnce({ scenario, vcf, speed, chance }: Wanted): Promise<Ended> {
  const began = Date.now()
  const domain = scenario === 'workload-only' ? 'vcf-w01' : 'vcf-m01'
  const folder = mkdtempSync(join(tmpdir(), 'vcf-upgrade-chaos-'))
  const disk = diskAt(folder)
  const centre = await startDataCentre(scenario, vcf, speed)
  const hub = await startStandInHub()
  const person = createPerson(hub, domain)
  const complaints: string[] = []
  const planned = Math.round(chance.between(1, mostKills))
  let kills = 0
  let before: { readonly records: ReadonlyMap<string, DomainRecord>; readonly retries: number } = { records: new Map(), retries: 0 }
  let server = startServer(centre, hub, folder, speed)

  async function compare(): Promise<void> {
    const records = disk.records()
    const { upgrades } = (await centre.ask('/-/requests')) as { upgrades: readonly Asked[] }
    const since = {
      retries: person.retries - before.retries,
      wasArchived: disk.wasArchived,
      wasSent: (bundleId: string) => upgrades.some((asked) => asked.bundleId === bundleId),
    }
    for (const [name, record] of before.records) {
      const after = records.get(name)
      complaints.push(...(after ? lostFacts(record, after, since) : [`lost: the record of ${name}`]))
    }
    before = { records, retries: person.retries }
  }

  /** Half of the deaths come while it starts, the others later. */
  const lifetime = () => (chance.between(0, 1) < 0.4 ? chance.between(100, 1500) : chance.between(500, 5000))

  async function toTheEnd(): Promise<string> {
    let dies = Date.now() + lifetime()
    let seen = ''
    let seenAt = Date.now()
    while (Date.now() - seenAt < patience) {
      const facts = disk.records().get(domain)?.facts
      const now = `${kills} ${facts?.phase.name} ${facts?.log.length} ${facts?.run?.percent}`
      if (now !== seen) [seen, seenAt] = [now, Date.now()]
      const outcome = facts?.run?.finished?.outcome
      if (outcome) return outcome === 'successfully_completed' ? 'completed' : outcome
      const stands = person.look()
      if (stands?.endsWith(': ')) return `hangs: ${stands} without a reason`
      if (stands) return `waits in ${stands}`
      if (!server.lives) {
        complaints.push(`hangs: the server ended by itself. ${server.log()}`)
        return 'hangs: the server ended by itself'
      }
      if (kills < planned && Date.now() >= dies) {
        await server.kill('SIGKILL')
        kills++
        await compare()
        await pause(chance.between(0, 300))
        server = startServer(centre, hub, folder, speed)
        dies = Date.now() + lifetime()
      }
      await pause(glance)
    }
    return `hangs: ${seen}`
  }

  try {
    const end = await toTheEnd()
    if (end.startsWith('hangs')) complaints.push(`${end}\n${server.log()}`)
    await server.kill('SIGTERM')
    await compare()
    const { upgrades } = (await centre.ask('/-/requests')) as { upgrades: readonly Asked[] }
    const state = (await centre.ask('/-/state')) as State
    complaints.push(...repeats(upgrades, state.upgrades, person.retries))
    const { version } = state.domains.find(({ name }) => name === domain)!
    const target = disk.records().get(domain)?.facts.run?.target
    if (end === 'completed' && version !== target) complaints.push(`false: called upgraded to ${target}, but it runs ${version}`)
    return { kills, end, complaints, seconds: (Date.now() - began) / 1000 }
  } finally {
    if (server.lives) await server.kill('SIGKILL')
    await hub.close()
    await centre.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
