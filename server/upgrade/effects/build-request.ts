import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../../ports/facts.ts'
import type { UpgradeRequest } from '../../ports/upgrade-request.ts'
import type { Cluster, Inventory } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { chooseImage } from '../images.ts'
import type { Stop } from '../outcome.ts'
import { networkMissing, vcenterInputs } from '../vcenter.ts'
import { hasReached } from '../versions.ts'
import { witnessFirst } from '../witness.ts'
import { sentenceList } from '../words.ts'
import type { EffectDependencies, Subject } from './port.ts'

export type Built =
  | { readonly request: UpgradeRequest; readonly hosts?: number; readonly log: readonly LogEntry[] }
  | { readonly missingImage: NonNullable<Run['waitsForImage']> }
  | { readonly stop: Stop }

/** All that `POST /v1/upgrades` needs for this step (`api-facts.md` §8.5), read before anything is recorded or sent. */
export async function buildRequest(
  dependencies: EffectDependencies,
  { domain, run }: Subject,
  step: ExpectedStep,
  bundleId: string,
  inventory: Inventory,
): Promise<Built> {
  const { component } = step
  const request = { component, bundleId, resource: { type: 'DOMAIN', id: domain.id } } as const
  if (component === 'SDDC_MANAGER') return { request, log: [] }
  if (component === 'NSX_T_MANAGER') return nsx(dependencies, domain, step, request)
  if (component === 'ESX_HOST') return esx(dependencies, { domain, run }, step, bundleId, inventory)
  const vcenters = vcenterInputs(inventory.vcenters, step.to, dependencies.settingsOf(domain.name).vcenterNetwork)
  return vcenters ? { request: { ...request, vcenters }, log: [] } : { stop: networkMissing(domain.name, inventory.vcenters, step.to) }
}

/** All host clusters and edge clusters, those of other domains too where NSX is shared: it is upgraded once for all of them. */
async function nsx(
  { vcf, settingsOf }: EffectDependencies,
  domain: DomainIdentity,
  step: ExpectedStep,
  request: UpgradeRequest,
): Promise<Built> {
  const { managerId, domainIds, hostClusters, edgeClusters } = await vcf.nsxPlan(domain.id, request.bundleId)
  const hosts = Math.max(
    step.hosts ?? 0,
    hostClusters.reduce((sum, { total }) => sum + total, 0),
  )
  const ids = {
    managerId,
    hostClusterIds: hostClusters.map(({ id }) => id),
    edgeClusterIds: edgeClusters.map(({ id }) => id),
  }
  return {
    request: { ...request, nsx: { ...ids, ...settingsOf(domain.name).nsx } },
    ...(hosts > 0 && { hosts }),
    log:
      domainIds.length > 1
        ? [
            {
              level: 'info',
              text: `NSX ${step.resource} is shared by the domains ${await namesOf(domainIds)}: this one upgrade is for all of them, hosts and edges included`,
            },
          ]
        : [],
  }

  async function namesOf(ids: readonly string[]): Promise<string> {
    const domains = await vcf.domains()
    return sentenceList(ids.map((id) => domains.find((one) => one.id === id)?.name ?? id))
  }
}

async function esx(
  { vcf, settingsOf }: EffectDependencies,
  { domain, run }: Subject,
  step: ExpectedStep,
  bundleId: string,
  { clusters, vcenters }: Inventory,
): Promise<Built> {
  const { images, order: _, ...esx } = settingsOf(domain.name).esx
  const request = { component: step.component, bundleId, resource: { type: 'CLUSTER', id: step.resourceId }, esx } as const
  const cluster = clusters.find(({ id }) => id === step.resourceId)
  const witness = cluster && witnessFirst(cluster, run)
  if (witness) return { stop: witness }
  if (!cluster?.imageBased)
    return cluster && hasReached(step.to, '9.0') ? { stop: baselineCluster(cluster, step.to) } : { request, log: [] }
  const vendor = await vendorOf(cluster.id)
  const named = images[cluster.name]
  const need = { step, domainName: domain.name, vcenters, ...(named !== undefined && { named }), ...(vendor !== undefined && { vendor }) }
  const choice = chooseImage(need, await vcf.personalities())
  if ('missing' in choice) return { missingImage: choice.missing }
  const text = `ESX ${cluster.name}: image ${choice.image.name}${choice.image.addOnVendor ? `, add-on of ${choice.image.addOnVendor}` : ''}`
  return { request: { ...request, personalityId: choice.image.id }, log: [{ level: 'info', text }] }

  /** Only narrows the choice: where SDDC Manager does not tell it, the choice is by version alone. */
  async function vendorOf(clusterId: string): Promise<string | undefined> {
    try {
      return (await vcf.imageVendors(domain.id))[clusterId]
    } catch (error) {
      if (isVcfFailure(error) && (error.kind === 'refused' || error.kind === 'missing')) return undefined
      throw error
    }
  }
}

/** vSphere 9 knows images only (`api-facts.md` §13). */
function baselineCluster({ name }: Cluster, to: string): Stop {
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'cluster without an image',
    text: `Cluster ${name} is managed by baselines, and ESX ${to} knows clusters with an image only. Nothing was requested for it.`,
    remediation: `In vCenter, change ${name} to being managed by a single image (Updates, Image), wait until SDDC Manager shows it so, then press Retry.`,
  }
}
