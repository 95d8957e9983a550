import type { Component } from '../../../shared/upgrade.ts'
import type { Scenario } from '../scenario.ts'
import type { Bundles } from './bundles.ts'
import { type BundleEntry, targetRelease } from './catalogue.ts'
import type { DomainState, Estate } from './estate.ts'
import { componentsOf, isBehind, isClusterBehind, releaseOf } from './progress.ts'
import type { UpgradeRecords } from './records.ts'
import type { ErrorText } from './refusal.ts'

/** What lifecycle management offers: the next step of a domain, one at a time. */
export interface Offer {
  readonly bundle: BundleEntry
  readonly domain: DomainState
  readonly resource: { readonly id: string; readonly type: 'DOMAIN' | 'CLUSTER'; readonly name: string }
  /** Only AVAILABLE can be started. FAILED: its task can be retried. */
  readonly status: 'AVAILABLE' | 'INPROGRESS' | 'FAILED'
  readonly error?: ErrorText
}

export interface Offers {
  all(): readonly Offer[]
  of(domain: DomainState): readonly Offer[]
  /** The component that comes next, whether it can be started or not; undefined when there is nothing to do or nothing to do yet. */
  next(domain: DomainState): Component | undefined
}

export interface OffersNeeds {
  readonly scenario: Scenario
  readonly estate: Estate
  readonly bundles: Bundles
  readonly records: UpgradeRecords
}

export function createOffers({ scenario, estate, bundles, records }: OffersNeeds): Offers {
  function next(domain: DomainState): Component | undefined {
    if (domain.target !== targetRelease.version || isManagementBehind(estate, domain)) return undefined
    return componentsOf(domain).find((component) => isBehind(estate, domain, component, targetRelease.bom))
  }

  function of(domain: DomainState): Offer[] {
    if (records.syncing.has(domain)) return []
    const whole = { id: domain.id, type: 'DOMAIN', name: domain.name } as const
    const instead = records.instead.get(domain)
    const component = next(domain)
    if (instead === 'nothing') return []
    if (instead) return [{ bundle: instead, domain, resource: whole, status: 'AVAILABLE' }]
    if (!component) return []
    const bundle = bundles.of(component)
    const offer = { bundle, domain, ...statusOf(domain, component) }
    if (component !== 'ESX_HOST' || scenario.esxOffer === 'domain') return [{ ...offer, resource: whole }]
    return domain.clusters
      .filter((cluster) => isClusterBehind(cluster, targetRelease.bom))
      .map(({ id, name }) => ({ ...offer, resource: { id, type: 'CLUSTER', name } }))
  }

  function statusOf(domain: DomainState, component: Component): Pick<Offer, 'status' | 'error'> {
    const last = records.last(domain, component)
    if (last?.task.work.state === 'running') return { status: 'INPROGRESS' }
    if (last?.task.work.state === 'failed' && last.task.retryable)
      return { status: 'FAILED', ...(last.task.error && { error: last.task.error }) }
    return { status: 'AVAILABLE' }
  }

  return { all: () => estate.domains.flatMap(of), of, next }
}

/** A workload domain never gets ahead of the management domain. */
export function isManagementBehind(estate: Estate, domain: DomainState): boolean {
  return domain.type !== 'MANAGEMENT' && releaseOf(estate, estate.domains[0]!).version !== targetRelease.version
}
