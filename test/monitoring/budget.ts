/** What rest costs SDDC Manager: everything at its default, nothing to do, for hours of its own time. */
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import { hour, minute, rehearse } from '../support/rehearsal.ts'

export interface Budget {
  readonly domains: number
  readonly clusters: number
  readonly hosts: number
  readonly requests: number
  /** On average, and in the busiest minute: the one in which SDDC Manager is asked for updates. */
  readonly perMinute: number
  readonly busiest: number
  /** How often each path was asked for, by method and path. */
  readonly paths: Readonly<Record<string, number>>
}

/** Two domains, three clusters, twelve hosts. */
export async function idleBudget(vcf: VcfVersion, hours: number): Promise<Budget> {
  const moves = [{ join: { domain: 'vcf-w01', cluster: 'vcf-w01-cl01', hosts: 2 } }]
  const r = await rehearse({ moves }, { vcf, detectEvery: 15 * minute, resourcesEvery: minute, limits: { pollEvery: minute / 2 } })
  try {
    // The start asks more; it is no rest.
    await r.advance(minute)
    const before = r.simulator.requests().length
    const begun = r.clock.now()
    await r.advance(hours * hour)
    const asked = r.simulator.requests().slice(before)
    const perMinute = Object.groupBy(asked, ({ at }) => Math.floor((at - begun) / minute))
    const paths = Object.groupBy(asked, ({ method, path }) => `${method} ${path}`)
    const resources = r.hub.resources.at(-1)!.resources
    const count = (wanted: string) => resources.filter(({ kind }) => kind === wanted).length
    return {
      ...{ domains: count('domain'), clusters: count('cluster'), hosts: count('host') },
      requests: asked.length,
      perMinute: asked.length / (hours * 60),
      busiest: Math.max(...Object.values(perMinute).map((of) => of!.length)),
      paths: Object.fromEntries(Object.entries(paths).map(([path, of]) => [path, of!.length])),
    }
  } finally {
    await r.close()
  }
}
