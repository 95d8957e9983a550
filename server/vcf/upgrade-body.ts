import type { EsxOptions, TemporaryNetwork, UpgradeRequest, VcenterInput } from '../ports/upgrade-request.ts'

/**
 * `UpgradeSpec` for `POST /v1/upgrades` (api-facts §8.2, §8.5): one resource, at once, and what was not asked for is the careful way: no clusters, hosts
 * or edges in parallel, no quick boot. Members without a value are left out: SDDC Manager refuses empty strings.
 */
export function upgradeBody({ component, bundleId, resource, nsx, vcenters, personalityId, esx }: UpgradeRequest) {
  return {
    bundleId,
    resourceType: resource.type,
    ...(resource.type === 'CLUSTER' && { parallelUpgrade: false }),
    resourceUpgradeSpecs: [
      {
        resourceId: resource.id,
        upgradeNow: true,
        ...(component === 'ESX_HOST' && (personalityId ? imageMembers(personalityId, esx) : baselineMembers(esx))),
      },
    ],
    // Without clusters to name the whole input is left out, which means everything.
    ...(component === 'NSX_T_MANAGER' && nsx && nsx.hostClusterIds.length > 0 && { nsxtUpgradeUserInputSpecs: [nsxInput(nsx)] }),
    ...(component === 'VCENTER' && vcenterInputs(vcenters ?? [])),
  }
}

/** Image-based clusters have their options in a place of their own. */
function imageMembers(personalityId: string, esx: EsxOptions | undefined) {
  return {
    personalitySpec: { personalityId },
    esxUpgradeOptionsSpec: { ...baselineMembers(esx), ...(esx && { esxUpgradeFailureAction: failureAction(esx.failureAction) }) },
  }
}

function baselineMembers(esx: EsxOptions | undefined) {
  return { enableQuickboot: esx?.quickBoot ?? false, ...(esx && { evacuateOfflineVms: esx.evacuateOfflineVms }) }
}

/** Delay and count are refused beside FAIL, although the API documents require them. */
function failureAction(wanted: EsxOptions['failureAction']) {
  if (wanted.action === 'FAIL') return { action: wanted.action }
  return { action: wanted.action, retryDelay: wanted.delaySeconds, retryCount: wanted.count }
}

/** Those of which there is something to say: a mechanism for a patch that takes one, a network for a migration, never both. */
function vcenterInputs(vcenters: readonly VcenterInput[]) {
  const inputs = vcenters
    .filter(({ mechanism, temporaryNetwork }) => mechanism ?? temporaryNetwork)
    .map(({ id, mechanism, temporaryNetwork }) => ({
      resourceId: id,
      ...(temporaryNetwork ? { temporaryNetwork: network(temporaryNetwork) } : { upgradeMechanism: mechanism }),
    }))
  return inputs.length > 0 && { vcenterUpgradeUserInputSpecs: inputs }
}

function network(wanted: TemporaryNetwork) {
  const { mode, ...addresses } = wanted
  return { networkMode: mode, ...addresses }
}

/** All host clusters are named: with some left out the NSX managers themselves are not upgraded. */
function nsxInput(nsx: NonNullable<UpgradeRequest['nsx']>) {
  const { managerId, hostClusterIds, edgeClusterIds, parallelHostClusters = false, parallelEdgeClusters = false } = nsx
  return {
    ...(managerId && { nsxtId: managerId }),
    nsxtUpgradeOptions: {
      isEdgeOnlyUpgrade: false,
      isHostClustersUpgradeParallel: parallelHostClusters,
      isEdgeClustersUpgradeParallel: parallelEdgeClusters,
    },
    nsxtHostClusterUpgradeSpecs: hostClusterIds.map((hostClusterId) => ({ hostClusterId, hostParallelUpgrade: false, liveUpgrade: false })),
    ...(edgeClusterIds.length > 0 && {
      nsxtEdgeClusterUpgradeSpecs: edgeClusterIds.map((edgeClusterId) => ({ edgeClusterId, edgeParallelUpgrade: false })),
    }),
  }
}
