import type { Scenario } from '../scenario.ts'
import type { BillOfMaterials } from './catalogue.ts'
import type { DomainState, Estate } from './estate.ts'
import { setVersion, versionOf } from './progress.ts'
import type { Time } from './time.ts'

export interface ArrangementNeeds {
  readonly scenario: Scenario
  readonly estate: Estate
  readonly time: Time
  /** What the target release consists of. */
  readonly bom: BillOfMaterials
}

/** Sets up the data centre as the scenario wants it to begin: builds, loads, sites. Throws with one line when it names something that is not there. */
export function arrange({ scenario, estate, time, bom }: ArrangementNeeds): void {
  for (const { domain: name, component, to } of scenario.start.patched) {
    const domain = domainNamed(estate, name)
    const version = to === 'unknown build' ? versionOf(estate, domain, component) : bom[component]
    setVersion(estate, domain, component, laterBuild(version))
  }
  for (const name of scenario.stretched) clusterNamed(estate, name).stretched = true
  for (const { cluster, cpu, memory } of scenario.health.loads) {
    for (const host of clusterNamed(estate, cluster).hosts) {
      const before = host.load
      host.load = { ...before, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }), steady: true }
      if (scenario.health.lasts === undefined) continue
      time.after(scenario.health.lasts, () => {
        host.load = before
      })
    }
  }
}

/** Throws with one line that names those that are there. */
export function domainNamed(estate: Estate, name: string): DomainState {
  return named(estate.domains, 'domain', name)
}

function clusterNamed(estate: Estate, name: string) {
  return named(
    estate.domains.flatMap(({ clusters }) => clusters),
    'cluster',
    name,
  )
}

function named<Thing extends { readonly name: string }>(things: readonly Thing[], what: string, name: string): Thing {
  const found = things.find((thing) => thing.name === name)
  if (found) return found
  throw new Error(`There is no ${what} ${name}; there are ${things.map((thing) => thing.name).join(' and ')}.`)
}

/** The same version in a build that no bill of materials has. */
function laterBuild(version: string): string {
  return version.replace(/\d+$/, (build) => String(Number(build) + 1207))
}
