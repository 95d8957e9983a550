import type { Component } from '../../../shared/upgrade.ts'
import type { Scenario } from '../scenario.ts'
import type { BundleState, Bundles } from './bundles.ts'
import type { BundleEntry, Catalogue, ReleaseEntry } from './catalogue.ts'
import type { DomainState, Estate } from './estate.ts'
import { componentsOf, isBehind, isClusterBehind, releaseOf, versionOf } from './progress.ts'
import type { UpgradeRecords } from './records.ts'
import type { ErrorText } from './refusal.ts'
import { isOlder } from './versions.ts'

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
  readonly catalogue: Catalogue
  readonly estate: Estate
  readonly bundles: Bundles
  readonly records: UpgradeRecords
}

export function createOffers({ scenario, catalogue, estate, bundles, records }: OffersNeeds): Offers {
  const next = (domain: DomainState) => nextBundle(domain)?.component

  function nextBundle(domain: DomainState): BundleState | undefined {
    const goal = catalogue.named(domain.target)
    if (!goal || isManagementBehind(catalogue, estate, domain, goal)) return undefined
    const component = componentsOf(domain).find((candidate) => isBehind(estate, domain, candidate, goal.bom))
    if (!component) return undefined
    const drift = component !== 'SDDC_MANAGER' && domain.type === 'MANAGEMENT' ? driftOf(domain, goal) : undefined
    return drift ?? bundles.bringing(component, versionOf(estate, domain, component), goal.bom[component])
  }

  /** After SDDC Manager itself, unless it has been applied. */
  function driftOf(domain: DomainState, { bom }: ReleaseEntry): BundleState | undefined {
    const bundle = bundles.all().find(({ kind, toVersion }) => kind === 'config drift' && toVersion === bom.SDDC_MANAGER)
    const last = bundle && records.last(domain, bundle.id)
    return last?.task.work.state === 'succeeded' ? undefined : bundle
  }

  function of(domain: DomainState): Offer[] {
    if (records.syncing.has(domain)) return []
    const whole = { id: domain.id, type: 'DOMAIN', name: domain.name } as const
    const instead = records.instead.get(domain)
    if (instead === 'nothing') return []
    if (instead) return [{ bundle: instead, domain, resource: whole, status: 'AVAILABLE' }]
    const bundle = nextBundle(domain)
    if (!bundle) return []
    const offer = { bundle, domain, ...statusOf(domain, bundle) }
    if (bundle.component !== 'ESX_HOST' || scenario.esxOffer === 'domain') return [{ ...offer, resource: whole }]
    return domain.clusters
      .filter((cluster) => isClusterBehind(cluster, bundle.toVersion))
      .map(({ id, name }) => ({ ...offer, resource: { id, type: 'CLUSTER', name } }))
  }

  function statusOf(domain: DomainState, bundle: BundleEntry): Pick<Offer, 'status' | 'error'> {
    const last = records.last(domain, bundle.id)
    if (last?.task.work.state === 'running') return { status: 'INPROGRESS' }
    if (last?.task.work.state === 'failed' && last.task.retryable)
      return { status: 'FAILED', ...(last.task.error && { error: last.task.error }) }
    return { status: 'AVAILABLE' }
  }

  return { all: () => estate.domains.flatMap(of), of, next }
}

/** A workload domain never gets ahead of the management domain. */
export function isManagementBehind(catalogue: Catalogue, estate: Estate, domain: DomainState, goal: ReleaseEntry): boolean {
  return domain.type !== 'MANAGEMENT' && isOlder(releaseOf(catalogue, estate, estate.domains[0]!).version, goal.version)
}
