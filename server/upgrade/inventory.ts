/** What runs in a domain, compared with a bill of materials: what is behind, and what is to be done. */
import { type Component, components } from '../../shared/upgrade.ts'
import type { ExpectedStep } from '../ports/facts.ts'
import type { Cluster, Instance, Inventory, Release } from '../ports/vcf-words.ts'
import { type NsxParts, partsBehind } from './nsx-parts.ts'
import { esxParts, hasReached } from './versions.ts'

type Bom = Release['bom']

/** The inventory, with what belongs to its NSX beside the managers where that was asked for. */
export interface Found extends Inventory {
  readonly nsxParts?: NsxParts
}

function parts(component: Component): number {
  return component === 'ESX_HOST' ? esxParts : 4
}

/** All that the domain has of a component: for ESX the hosts of every cluster. */
export function instancesOf(inventory: Inventory, component: Component): readonly Instance[] {
  if (component === 'SDDC_MANAGER') return inventory.sddcManagers
  if (component === 'ESX_HOST') return inventory.clusters.flatMap(({ hosts }) => hosts)
  return component === 'NSX_T_MANAGER' ? inventory.nsx : inventory.vcenters
}

/** Those that are not proven to be at `version` or newer. */
export function behind(instances: readonly Instance[], version: string, component: Component): readonly Instance[] {
  return instances.filter((instance) => !hasReached(instance.version, version, parts(component)))
}

/** All of a component that is not proven to be at `version`: of NSX its managers, then its host clusters and edge clusters. */
export function late(found: Found, component: Component, version: string): readonly Late[] {
  const instances = behind(instancesOf(found, component), version, component)
  return component === 'NSX_T_MANAGER' ? [...instances, ...partsBehind(found.nsxParts, version)] : instances
}

interface Late extends Instance {
  /** What else is told of it, for a person. */
  readonly note?: string
}

/** `vcf-m01-cl01 4.2.0.0 (3 of 4 hosts)`. */
export function versionWords({ name, version, note }: Late): string {
  return `${name} ${version || 'of unknown version'}${note ? ` (${note})` : ''}`
}

export function clustersBehind(inventory: Inventory, version: string): readonly Cluster[] {
  return inventory.clusters.filter((cluster) => behind(cluster.hosts, version, 'ESX_HOST').length > 0)
}

/** What is to be upgraded, in VCF's usual order; ESX one entry per cluster. */
export function expectedSteps(inventory: Found, bom: Bom, domainId: string): readonly ExpectedStep[] {
  return components.flatMap((component): readonly ExpectedStep[] => {
    const to = bom[component]
    if (to === undefined) return []
    if (component === 'ESX_HOST') return clustersBehind(inventory, to).map((cluster) => clusterStep(cluster, to))
    const behindIt = late(inventory, component, to)
    if (behindIt.length === 0) return []
    if (component !== 'NSX_T_MANAGER') return [instancesStep(inventory, component, behindIt, to, domainId)]
    // Its managers stand for NSX, also where only hosts or edges are behind.
    const from = lowest(behindIt.filter(({ version }) => version !== ''))
    return [{ ...instancesStep(inventory, component, inventory.nsx, to, domainId), ...(from && { from }) }]
  })
}

/** All instances of a component but ESX: they are upgraded together. */
export function instancesStep(
  { clusters }: Inventory,
  component: Component,
  instances: readonly Instance[],
  to: string,
  domainId: string,
): ExpectedStep {
  const hosts = clusters.reduce((sum, cluster) => sum + cluster.hosts.length, 0)
  return {
    ...{ component, resource: names(instances), resourceId: domainId, from: lowest(instances), to },
    ...(component === 'NSX_T_MANAGER' && { hosts }),
  }
}

export function clusterStep(cluster: Cluster, to: string): ExpectedStep {
  const late = behind(cluster.hosts, to, 'ESX_HOST')
  return {
    component: 'ESX_HOST',
    resource: cluster.name,
    resourceId: cluster.id,
    from: lowest(late.length > 0 ? late : cluster.hosts),
    to,
    hosts: cluster.hosts.length,
  }
}

/** Whether both are the same piece of work, whatever attempt or list they come from. */
export function isSameWork(a: ExpectedStep, b: ExpectedStep): boolean {
  return a.component === b.component && a.resourceId === b.resourceId && a.drift === b.drift
}

/** As the settings order them by name; those that are not named follow as they stand. */
export function inWantedOrder<T>(all: readonly T[], nameOf: (one: T) => string, order: readonly string[]): readonly T[] {
  const place = (one: T) => (order.includes(nameOf(one)) ? order.indexOf(nameOf(one)) : order.length)
  return [...all].sort((a, b) => place(a) - place(b))
}

function names(instances: readonly Instance[]): string {
  return instances.map(({ name }) => name).join(', ')
}

/** The lowest version among them: what the component is upgraded from. */
function lowest(instances: readonly Instance[]): string {
  return instances.map(({ version }) => version).reduce((a, b) => (hasReached(a, b) ? b : a), instances[0]?.version ?? '')
}

/** What proves one step: the instances it upgrades. */
export function instancesOfStep(
  inventory: Inventory,
  step: { readonly component: Component; readonly resourceId: string },
): readonly Instance[] {
  if (step.component !== 'ESX_HOST') return instancesOf(inventory, step.component)
  return inventory.clusters.find(({ id }) => id === step.resourceId)?.hosts ?? []
}

/**
 * Whether every version says that the step is done, whatever VCF's record of it says (`api-facts.md` §12, 8). Never for SDDC Manager: its version
 * may be new while services of it are not.
 */
export function isAtItsTarget(inventory: Found, step: ExpectedStep): boolean {
  return step.component !== 'SDDC_MANAGER' && instancesOfStep(inventory, step).length > 0 && lateOfStep(inventory, step).length === 0
}

/** What a step should have upgraded and has not. */
export function lateOfStep(inventory: Found, step: ExpectedStep): readonly Late[] {
  if (step.component !== 'ESX_HOST') return late(inventory, step.component, step.to)
  return behind(instancesOfStep(inventory, step), step.to, 'ESX_HOST')
}
