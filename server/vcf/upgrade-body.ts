import type { UpgradeRequest } from '../ports/upgrade-request.ts'

/**
 * `UpgradeSpec` for `POST /v1/upgrades` (api-facts §8.2, §8.5): one resource, at once, everything careful: no clusters, hosts or edges in parallel,
 * no quick boot, vCenter in place. Members without a value are left out: SDDC Manager refuses empty strings.
 */
export function upgradeBody({ component, bundleId, resource, nsx, vcenters, personalityId }: UpgradeRequest) {
  return {
    bundleId,
    resourceType: resource.type,
    ...(resource.type === 'CLUSTER' && { parallelUpgrade: false }),
    resourceUpgradeSpecs: [
      {
        resourceId: resource.id,
        upgradeNow: true,
        ...(component === 'ESX_HOST' && esxMembers(personalityId)),
      },
    ],
    ...(component === 'NSX_T_MANAGER' && nsx && { nsxtUpgradeUserInputSpecs: [nsxInput(nsx)] }),
    ...(component === 'VCENTER' &&
      vcenters && {
        vcenterUpgradeUserInputSpecs: vcenters.map(({ id, mechanism }) => ({ resourceId: id, upgradeMechanism: mechanism })),
      }),
  }
}

/** Image-based clusters have their options in a place of their own. */
function esxMembers(personalityId: string | undefined) {
  if (!personalityId) return { enableQuickboot: false }
  return { personalitySpec: { personalityId }, esxUpgradeOptionsSpec: { enableQuickboot: false } }
}

/** All host clusters are named: with some left out the NSX managers themselves are not upgraded. */
function nsxInput({ managerId, hostClusterIds, edgeClusterIds }: NonNullable<UpgradeRequest['nsx']>) {
  return {
    ...(managerId && { nsxtId: managerId }),
    nsxtUpgradeOptions: { isEdgeOnlyUpgrade: false, isHostClustersUpgradeParallel: false, isEdgeClustersUpgradeParallel: false },
    ...(hostClusterIds.length > 0 && {
      nsxtHostClusterUpgradeSpecs: hostClusterIds.map((hostClusterId) => ({
        hostClusterId,
        hostParallelUpgrade: false,
        liveUpgrade: false,
      })),
    }),
    ...(edgeClusterIds.length > 0 && {
      nsxtEdgeClusterUpgradeSpecs: edgeClusterIds.map((edgeClusterId) => ({ edgeClusterId, edgeParallelUpgrade: false })),
    }),
  }
}
