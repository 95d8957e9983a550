import { dialects } from '../../server/simulator/dialect.ts'
import { createCatalogue } from '../../server/simulator/world/catalogue.ts'
import { createEstate, type DomainState } from '../../server/simulator/world/estate.ts'
import { createImages } from '../../server/simulator/world/images.ts'
import type { Component } from '../../shared/upgrade.ts'
import type { Reply, Rig } from './rig.ts'

const catalogue = createCatalogue({ releases: dialects['5.2.1'].releases.available, offered: true, configDrift: false })
const estate = createEstate({ bom: catalogue.installed.bom, imagesOnly: false, sharedNsx: false })
/** What is where: the same ids in every world. */
export const management = estate.domains[0]!
export const workload = estate.domains[1]!
export const sddcManager = estate.sddcManager
export const target = '5.2.1.0'
export const targetImage = createImages(catalogue, 1).all()[1]!
export const [sddcBundle, nsxBundle, vcenterBundle, esxBundle] = catalogue.bundles.map(({ id }) => id) as [string, string, string, string]
export const [baselineCluster, imageCluster] = management.clusters as [DomainState['clusters'][0], DomainState['clusters'][0]]

export function chooseTarget(rig: Rig, domain = management): Promise<Reply> {
  return rig.ask('PATCH', `/v1/releases/domains/${domain.id}`, { targetVersion: target })
}

/** Downloads all bundles that are not there yet. */
export async function download(rig: Rig): Promise<void> {
  for (const { id } of rig.simulator.world.bundles.all())
    await rig.ask('PATCH', `/v1/bundles/${id}`, { bundleDownloadSpec: { downloadNow: true } })
  await rig.until(() => Object.values(rig.state().bundles).every((status) => status === 'SUCCESSFUL'))
}

export function domainUpgrade(bundleId: string, domain = management, more: object = {}): object {
  return { bundleId, resourceType: 'DOMAIN', resourceUpgradeSpecs: [{ resourceId: domain.id, upgradeNow: true }], ...more }
}

export const sddcUpgrade = () => domainUpgrade(sddcBundle)

export function nsxUpgrade(domain = management): object {
  return domainUpgrade(nsxBundle, domain, {
    nsxtUpgradeUserInputSpecs: [
      {
        nsxtId: domain.nsx.id,
        nsxtUpgradeOptions: { isHostClustersUpgradeParallel: true, isEdgeClustersUpgradeParallel: true },
        nsxtHostClusterUpgradeSpecs: domain.clusters.map(({ id }) => ({
          hostClusterId: id,
          hostParallelUpgrade: false,
          liveUpgrade: false,
        })),
        nsxtEdgeClusterUpgradeSpecs: domain.edgeClusters.map(({ id }) => ({ edgeClusterId: id, edgeParallelUpgrade: false })),
      },
    ],
  })
}

export function vcenterUpgrade(domain = management): object {
  return domainUpgrade(vcenterBundle, domain, {
    vcenterUpgradeUserInputSpecs: domain.vcenters.map(({ id }) => ({ resourceId: id, upgradeMechanism: 'InPlace' })),
  })
}

export function esxUpgrade(cluster: { readonly id: string; readonly imageBased: boolean }): object {
  const personality = cluster.imageBased ? { personalitySpec: { personalityId: targetImage.id } } : {}
  return {
    bundleId: esxBundle,
    resourceType: 'CLUSTER',
    resourceUpgradeSpecs: [{ resourceId: cluster.id, upgradeNow: true, ...personality }],
  }
}

/** Asks for an upgrade and waits until its record (or the outage around it) is over and the inventory shows it. */
export async function upgrade(rig: Rig, spec: object): Promise<Reply> {
  const reply = await rig.ask('POST', '/v1/upgrades', spec)
  if (reply.status !== 202) return reply
  await rig.until(() => rig.state().upgrades.find(({ id }) => id === reply.json.id)?.state !== 'running')
  await rig.pass('1m')
  await rig.signIn()
  return reply
}

/** The requests of a whole upgrade of one domain in the world of a rig, in order, to the release that is next (or further ahead): every dialect, every estate. */
export function wholeWayOf(rig: Rig, name = 'vcf-m01', ahead = 0): object[] {
  const { bundles, catalogue, estate, images } = rig.simulator.world
  const release = catalogue.ahead[ahead]!
  const domain = estate.domains.find((candidate) => candidate.name === name)!
  const owners = estate.domains.filter(({ nsx }) => nsx === domain.nsx)
  const id = (component: Component) => bundles.bringing(component, catalogue.installed.bom[component], release.bom[component]).id
  const image = images.running(release.bom.ESX_HOST)!
  const sddcBehind = catalogue.installed.bom.SDDC_MANAGER !== release.bom.SDDC_MANAGER
  return [
    ...(domain.type === 'MANAGEMENT' && sddcBehind ? [domainUpgrade(id('SDDC_MANAGER'), domain)] : []),
    domainUpgrade(id('NSX_T_MANAGER'), domain, {
      nsxtUpgradeUserInputSpecs: [
        {
          nsxtId: domain.nsx.id,
          nsxtHostClusterUpgradeSpecs: owners.flatMap(({ clusters }) => clusters.map((cluster) => ({ hostClusterId: cluster.id }))),
        },
      ],
    }),
    domainUpgrade(id('VCENTER'), domain, {
      vcenterUpgradeUserInputSpecs: domain.vcenters.map((vcenter) => ({ resourceId: vcenter.id, upgradeMechanism: 'InPlace' })),
    }),
    ...domain.clusters.map((cluster) => ({
      bundleId: id('ESX_HOST'),
      resourceType: 'CLUSTER',
      resourceUpgradeSpecs: [
        { resourceId: cluster.id, upgradeNow: true, ...(cluster.imageBased && { personalitySpec: { personalityId: image.id } }) },
      ],
    })),
  ]
}

/** The requests of a whole upgrade of the management domain, in order. */
export const wholeWay = () => [sddcUpgrade(), nsxUpgrade(), vcenterUpgrade(), esxUpgrade(baselineCluster), esxUpgrade(imageCluster)]
