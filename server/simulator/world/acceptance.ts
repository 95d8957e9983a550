import type { Component } from '../../../shared/upgrade.ts'
import type { BundleState, Bundles } from './bundles.ts'
import type { Catalogue } from './catalogue.ts'
import type { ClusterState, DomainState, Estate } from './estate.ts'
import type { Images } from './images.ts'
import { isManagementBehind, type Offers } from './offers.ts'
import { domainsOnNsxOf, isClusterBehind } from './progress.ts'
import type { UpgradeRecords } from './records.ts'
import { Refusal } from './refusal.ts'
import type { NsxInput, UpgradeSpec } from './upgrade-spec.ts'
import { isPatch, takesMechanism } from './vcenter-mechanism.ts'
import type { Workflows } from './workflows.ts'

/** A request for an upgrade that can be done. */
export interface Accepted {
  readonly component: Component
  readonly bundle: BundleState
  readonly domain: DomainState
  /** ESX only. */
  readonly clusters: readonly ClusterState[]
  readonly spec: UpgradeSpec
}

export interface AcceptanceNeeds {
  readonly catalogue: Catalogue
  readonly estate: Estate
  readonly bundles: Bundles
  readonly records: UpgradeRecords
  readonly offers: Offers
  readonly images: Images
  readonly workflows: Workflows
}

/** Judges the body of `POST /v1/upgrades`: what is wrong with it in itself (400), then whether it may be done now (403, 424). Throws `Refusal`. */
export function judge(needs: AcceptanceNeeds, spec: UpgradeSpec): Accepted {
  const bundle = needs.bundles.find(spec.bundleId)
  if (!bundle) throw bad('BUNDLE_NOT_FOUND', `There is no bundle with the id ${spec.bundleId}.`)
  if (!bundle.component)
    throw bad('COMPONENT_NOT_SUPPORTED', `Bundle ${bundle.id} (${bundle.contents.join()}) cannot be applied by this simulator.`)
  if (spec.draftMode) throw bad('DRAFT_NOT_SIMULATED', 'Drafts are not simulated: leave draftMode out.')
  if (spec.resourceUpgradeSpecs.some(({ upgradeNow }) => !upgradeNow)) {
    throw bad('SCHEDULE_NOT_SIMULATED', 'Scheduled upgrades are not simulated: every resource needs upgradeNow.')
  }
  const component = bundle.component
  const { domain, clusters } = component === 'ESX_HOST' ? clustersNamed(needs.estate, spec) : domainNamed(needs.estate, spec)
  if (component === 'SDDC_MANAGER' && domain.type !== 'MANAGEMENT') {
    throw bad('RESOURCE_NOT_APPLICABLE', 'SDDC Manager belongs to the management domain.')
  }
  checkInput(needs, bundle, component, domain, clusters, spec)
  checkTurn(needs, bundle, component, domain, clusters)
  return { component, bundle, domain, clusters, spec }
}

function domainNamed(estate: Estate, spec: UpgradeSpec): { domain: DomainState; clusters: ClusterState[] } {
  const [first, ...more] = spec.resourceUpgradeSpecs
  const domain = estate.domains.find(({ id }) => id === first?.resourceId)
  if (spec.resourceType !== 'DOMAIN' || !domain || more.length > 0) {
    throw bad('RESOURCE_NOT_APPLICABLE', 'This bundle is applied to one resource of type DOMAIN, named by the id of the domain.')
  }
  return { domain, clusters: [] }
}

function clustersNamed(estate: Estate, spec: UpgradeSpec): { domain: DomainState; clusters: ClusterState[] } {
  const ids = spec.resourceUpgradeSpecs.map(({ resourceId }) => resourceId)
  const domain = estate.domains.find(({ clusters }) => clusters.some(({ id }) => id === ids[0]))
  const clusters = ids.map((wanted) => domain?.clusters.find(({ id }) => id === wanted)).filter((cluster) => cluster !== undefined)
  if (spec.resourceType !== 'CLUSTER' || !domain || clusters.length < ids.length || new Set(ids).size < ids.length) {
    throw bad(
      'RESOURCE_NOT_APPLICABLE',
      'ESX bundles are applied to resources of type CLUSTER, all of one domain, each named once by its id.',
    )
  }
  return { domain, clusters }
}

function checkInput(
  needs: AcceptanceNeeds,
  bundle: BundleState,
  component: Component,
  domain: DomainState,
  clusters: readonly ClusterState[],
  spec: UpgradeSpec,
): void {
  if (component === 'NSX_T_MANAGER')
    for (const input of spec.nsxtUpgradeUserInputSpecs ?? []) checkNsx(domainsOnNsxOf(needs.estate, domain), input)
  else if (spec.nsxtUpgradeUserInputSpecs) throw bad('INPUT_NOT_APPLICABLE', 'nsxtUpgradeUserInputSpecs go with an NSX bundle only.')
  if (component === 'VCENTER') checkVcenters(domain, bundle, spec)
  else if (spec.vcenterUpgradeUserInputSpecs)
    throw bad('INPUT_NOT_APPLICABLE', 'vcenterUpgradeUserInputSpecs go with a vCenter bundle only.')
  for (const cluster of clusters) checkImage(needs.images, bundle, cluster, spec)
}

function checkNsx(domains: readonly DomainState[], input: NsxInput): void {
  const { nsx } = domains[0]!
  const hostClusters = domains.flatMap(({ clusters }) => clusters)
  const edgeClusters = domains.flatMap((domain) => domain.edgeClusters)
  const knows = (list: readonly { readonly id: string }[], id: string) => list.some((candidate) => candidate.id === id)
  const strangers = [
    ...(input.nsxtId === undefined || input.nsxtId === nsx.id ? [] : [input.nsxtId]),
    ...(input.nsxtHostClusterUpgradeSpecs ?? []).map(({ hostClusterId }) => hostClusterId).filter((id) => !knows(hostClusters, id)),
    ...(input.nsxtEdgeClusterUpgradeSpecs ?? []).map(({ edgeClusterId }) => edgeClusterId).filter((id) => !knows(edgeClusters, id)),
  ]
  if (strangers.length > 0) throw bad('NSX_INPUT_INVALID', `Not part of NSX ${nsx.fqdn}: ${strangers.join(', ')}.`)
}

function checkVcenters(domain: DomainState, { toVersion }: BundleState, spec: UpgradeSpec): void {
  const inputs = spec.vcenterUpgradeUserInputSpecs ?? []
  for (const vcenter of domain.vcenters) {
    const input = inputs.find(({ resourceId }) => resourceId === vcenter.id)
    const named = takesMechanism(vcenter.version, toVersion)
    if (named && !input?.upgradeMechanism)
      throw bad('VCENTER_INPUT_MISSING', `The upgrade mechanism for vCenter ${vcenter.fqdn} is missing.`)
    if (!named && input?.upgradeMechanism) {
      const message = `For vCenter ${vcenter.fqdn} from ${vcenter.version} to ${toVersion} no upgrade mechanism can be named.`
      throw bad('VCENTER_MECHANISM_NOT_SUPPORTED', message)
    }
    const migrates = !isPatch(vcenter.version, toVersion) || input?.upgradeMechanism === 'ReducedDowntimeMigration'
    if (migrates && !input?.temporaryNetwork) {
      throw bad('VCENTER_INPUT_MISSING', `The new appliance of vCenter ${vcenter.fqdn} needs a temporary network.`)
    }
  }
  const known = new Set(domain.vcenters.map(({ id }) => id))
  const strangers = inputs.filter(({ resourceId }) => !known.delete(resourceId ?? ''))
  if (strangers.length > 0) throw bad('VCENTER_INPUT_INVALID', `Only vCenters of ${domain.name} can be named, each once.`)
}

function checkImage(images: Images, bundle: BundleState, cluster: ClusterState, spec: UpgradeSpec): void {
  const wanted = spec.resourceUpgradeSpecs.find(({ resourceId }) => resourceId === cluster.id)
  const id = wanted?.personalitySpec?.personalityId
  if (!cluster.imageBased) {
    if (wanted?.personalitySpec || wanted?.esxUpgradeOptionsSpec) {
      throw bad('INPUT_NOT_APPLICABLE', `Cluster ${cluster.name} is managed with baselines: it takes neither an image nor image options.`)
    }
    return
  }
  if (!id) throw bad('PERSONALITY_MISSING', `Cluster ${cluster.name} is managed with an image: name a personality.`)
  const image = images.find(id)
  if (!image) throw bad('PERSONALITY_NOT_FOUND', `There is no personality with the id ${id}.`)
  if (image.esxVersion !== bundle.toVersion)
    throw bad('PERSONALITY_NOT_APPLICABLE', `Image ${image.name} (${image.baseVersion}) does not match the bundle.`)
}

function checkTurn(
  { catalogue, estate, records, offers, workflows }: AcceptanceNeeds,
  bundle: BundleState,
  component: Component,
  domain: DomainState,
  clusters: readonly ClusterState[],
): void {
  workflows.checkLock()
  const running = records.running()
  if (running) throw forbidden('UPGRADE_IN_PROGRESS', `Another upgrade (${running.component} of ${running.domain.name}) is in progress.`)
  const goal = catalogue.named(domain.target)
  if (!goal) throw forbidden('UPGRADE_TARGET_NOT_SELECTED', `No target release is selected for ${domain.name}.`)
  if (isManagementBehind(catalogue, estate, domain, goal)) {
    throw new Refusal(424, { code: 'MANAGEMENT_DOMAIN_NOT_UPGRADED', message: 'The management domain has to be upgraded first.' })
  }
  const next = offers.next(domain)
  const offer = offers.of(domain).find(({ bundle: offered }) => offered.id === bundle.id)
  if (next !== component) throw forbidden('UPGRADE_NOT_NEXT_IN_ORDER', `${next ?? 'Nothing'} is next for ${domain.name}, not ${component}.`)
  if (offer?.status === 'FAILED') throw forbidden('UPGRADE_FAILED_RETRYABLE', `The failed upgrade of ${component} has to be retried.`)
  if (offer?.status !== 'AVAILABLE') throw forbidden('UPGRADE_NOT_AVAILABLE', `Bundle ${bundle.id} is not available for ${domain.name}.`)
  const done = clusters.find((cluster) => !isClusterBehind(cluster, bundle.toVersion))
  if (done) throw forbidden('UPGRADE_NOT_AVAILABLE', `Cluster ${done.name} is at the target already.`)
  if (bundle.downloadStatus === 'RECALLED') {
    throw new Refusal(424, {
      code: 'BUNDLE_RECALLED',
      message: `Bundle ${bundle.id} was recalled by its vendor and cannot be applied.`,
      remediation: 'Choose another target release.',
    })
  }
  if (bundle.downloadStatus !== 'SUCCESSFUL') {
    throw new Refusal(424, {
      code: 'BUNDLE_NOT_DOWNLOADED',
      message: `Bundle ${bundle.id} is not downloaded; its status is ${bundle.downloadStatus}.`,
      remediation: 'Download the bundle, then start the upgrade.',
    })
  }
}

const bad = (code: string, message: string) => new Refusal(400, { code, message })
const forbidden = (code: string, message: string) => new Refusal(403, { code, message })
