/** What VCF offers now, as steps of this run. */
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../ports/facts.ts'
import type { Inventory, Upgradable, Upgrade } from '../ports/vcf-words.ts'
import { clusterStep, clustersBehind, expectedSteps, type Found, inWantedOrder } from './inventory.ts'
import { sentenceList } from './words.ts'

export interface Candidate {
  readonly offer: Upgradable
  readonly step: ExpectedStep
}

export interface Offered {
  readonly domain: DomainIdentity
  readonly run: Run
  readonly offers: readonly Upgradable[]
  readonly inventory: Found
  /** All that SDDC Manager knows of upgrades. */
  readonly upgrades: readonly Upgrade[]
  /** Names of ESX clusters as the settings order them. */
  readonly order: readonly string[]
}

/**
 * What can be requested, SDDC Manager first, then in VCF's order; ESX clusters in that of the settings. What is at its target is never asked for
 * (a shared NSX that another domain's run upgraded), nor what this run has done already, though VCF may still list it.
 */
export function candidates(offered: Offered): readonly Candidate[] {
  const available = offered.offers.filter(({ available }) => available)
  const isFirst = ({ component }: Upgradable) => component === 'SDDC_MANAGER'
  const all = [...available.filter(isFirst), ...available.filter((offer) => !isFirst(offer))]
    .flatMap((offer) => stepsOf(offer, offered).map((step) => ({ offer, step })))
    .filter((candidate) => !isDone(candidate, offered.run))
  const isEsx = ({ step }: Candidate) => step.component === 'ESX_HOST'
  const esx = [...inWantedOrder(all.filter(isEsx), ({ step }) => step.resource, offered.order)]
  return all.map((one) => (isEsx(one) ? esx.shift()! : one))
}

/** Offers of what this run has upgraded: never requested again (`api-facts.md` §12, 27). */
export function offeredAgain(offers: readonly Upgradable[], run: Run): readonly Upgradable[] {
  return offers.filter((offer) => run.steps.some(({ outcome, request }) => outcome === 'done' && request.bundleId === offer.bundleId))
}

function isDone({ offer, step }: Candidate, run: Run): boolean {
  return run.steps.some(
    ({ outcome, request, resourceId }) => outcome === 'done' && request.bundleId === offer.bundleId && resourceId === step.resourceId,
  )
}

function stepsOf(offer: Upgradable, { inventory, run, domain, upgrades }: Offered): readonly ExpectedStep[] {
  const { component } = offer
  if (component === undefined) return []
  if (component === 'ESX_HOST') {
    const to = run.bom[component]
    if (to === undefined) return []
    const clusters = clustersBehind(inventory, to).map((cluster) => clusterStep(cluster, to))
    return offer.resourceType === 'CLUSTER' ? clusters.filter(({ resourceId }) => resourceId === offer.resourceId) : clusters
  }
  const behind = expectedSteps(inventory, run.bom, domain.id).filter((step) => step.component === component)
  if (behind.length > 0 || component !== 'SDDC_MANAGER') return behind
  return wasApplied(offer, upgrades) ? [] : drift(inventory, domain)
}

/** The configuration drift: SDDC Manager is offered although it is at its target (`api-facts.md` §8.5). */
function drift({ sddcManagers }: Inventory, domain: DomainIdentity): readonly ExpectedStep[] {
  const version = sddcManagers[0]?.version
  if (version === undefined) return []
  const resource = sentenceList(sddcManagers.map(({ name }) => name))
  return [{ component: 'SDDC_MANAGER', resource, resourceId: domain.id, from: version, to: version, drift: true }]
}

function wasApplied({ bundleId }: Upgradable, upgrades: readonly Upgrade[]): boolean {
  return upgrades.some(
    (upgrade) => upgrade.bundleId === bundleId && (upgrade.state === 'succeeded' || upgrade.state === 'succeeded with warnings'),
  )
}
