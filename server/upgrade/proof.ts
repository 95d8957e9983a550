/** Whether versions prove that a domain is at its target. What is not listed proves nothing: an empty answer is no success. */
import { type Component, components, type DomainIdentity } from '../../shared/upgrade.ts'
import type { Run } from '../ports/facts.ts'
import type { Inventory } from '../ports/vcf-words.ts'
import { type Found, instancesOf, instancesOfStep, late, versionWords } from './inventory.ts'
import { unprovenParts } from './nsx-parts.ts'
import { componentNames, named } from './words.ts'

export interface MissingProof {
  readonly component: Component
  /** `vCenter (target 8.0.3.00300): vc01 8.0.3.00100`. */
  readonly text: string
  /** Nothing of it is behind, but something is not listed. */
  readonly listed?: false
}

/** How many instances of each component there are: counted at the start, asked for at the end. */
export function census(inventory: Inventory): Readonly<Partial<Record<Component, number>>> {
  const counted = components.map((component) => [component, instancesOf(inventory, component).length] as const)
  return Object.fromEntries(counted.filter(([, count]) => count > 0))
}

/** Each component with every instance of it that is not proven to be at its target, and what is not listed. Empty: all is proven. */
export function missingProof(
  inventory: Found,
  run: Pick<Run, 'bom' | 'census' | 'expected'>,
  domain: Pick<DomainIdentity, 'type'>,
): readonly MissingProof[] {
  return components.flatMap((component) => {
    const target = run.bom[component]
    if (target === undefined) return []
    const behind = late(inventory, component, target).map(versionWords)
    const gone = unlisted(inventory, run, component)
    const never = gone.length > 0 ? [] : neverListed(inventory, component, domain)
    const faults = [...behind, ...gone, ...never]
    if (faults.length === 0) return []
    const text = `${componentNames[component]} (target ${target}): ${named(faults)}`
    return [{ component, text, ...(behind.length === 0 && { listed: false as const }) }]
  })
}

/** What every domain has and this one does not list. A domain without NSX is possible: one that was imported. */
export function neverListed(inventory: Inventory, component: Component, { type }: Pick<DomainIdentity, 'type'>): string[] {
  if (component === 'NSX_T_MANAGER' || (component === 'SDDC_MANAGER' && type !== 'MANAGEMENT')) return []
  const empty = component === 'ESX_HOST' ? inventory.clusters.filter(({ hosts }) => hosts.length === 0) : []
  if (empty.length > 0) return empty.map(({ name }) => `${name} lists no hosts`)
  return instancesOf(inventory, component).length === 0 ? ['none is listed'] : []
}

/** What was there at the start and is not listed now: cluster by cluster what was to be upgraded, then by number. */
function unlisted(
  inventory: Inventory,
  { census: before, expected = [] }: Pick<Run, 'census' | 'expected'>,
  component: Component,
): string[] {
  const missing = expected
    .filter((step) => step.component === component)
    .flatMap((step) => {
      const now = instancesOfStep(inventory, step).length
      const wanted = component === 'ESX_HOST' ? Math.max(1, step.hosts ?? 1) : 1
      return now < wanted
        ? [component === 'ESX_HOST' ? `${step.resource} lists ${now} of ${wanted} hosts` : `${step.resource} is not listed`]
        : []
    })
  const [was = 0, is] = [before?.[component], instancesOf(inventory, component).length]
  return missing.length === 0 && is < was ? [`${is} of ${was} listed`] : missing
}

/** Said where all of this is proven of NSX but its hosts and edges, because SDDC Manager does not tell their versions; else empty. */
export function exceptParts({ nsx, nsxParts }: Found, { bom }: Pick<Run, 'bom'>): string {
  const gap = bom.NSX_T_MANAGER === undefined || nsx.length === 0 ? undefined : unprovenParts(nsxParts)
  return gap === undefined ? '' : `, NSX as far as its managers tell (${gap}),`
}
