import assert from 'node:assert/strict'
import test from 'node:test'
import type { UpgradeRequest } from '../../server/ports/upgrade-request.ts'
import { upgradeBody } from '../../server/vcf/upgrade-body.ts'

const sddcManager: UpgradeRequest = { component: 'SDDC_MANAGER', bundleId: 'b1', resource: { type: 'DOMAIN', id: 'd' } }

for (const [what, request, body] of [
  ['SDDC Manager', sddcManager, { bundleId: 'b1', resourceType: 'DOMAIN', resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }] }],
  [
    'NSX with all host and edge clusters',
    {
      component: 'NSX_T_MANAGER',
      bundleId: 'b2',
      resource: { type: 'DOMAIN', id: 'd' },
      nsx: { managerId: 'n', hostClusterIds: ['c1', 'c2'], edgeClusterIds: ['e1'] },
    },
    {
      bundleId: 'b2',
      resourceType: 'DOMAIN',
      resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }],
      nsxtUpgradeUserInputSpecs: [
        {
          nsxtId: 'n',
          nsxtUpgradeOptions: { isEdgeOnlyUpgrade: false, isHostClustersUpgradeParallel: false, isEdgeClustersUpgradeParallel: false },
          nsxtHostClusterUpgradeSpecs: [
            { hostClusterId: 'c1', hostParallelUpgrade: false, liveUpgrade: false },
            { hostClusterId: 'c2', hostParallelUpgrade: false, liveUpgrade: false },
          ],
          nsxtEdgeClusterUpgradeSpecs: [{ edgeClusterId: 'e1', edgeParallelUpgrade: false }],
        },
      ],
    },
  ],
  [
    'NSX without edges and without the id of its managers',
    {
      component: 'NSX_T_MANAGER',
      bundleId: 'b2',
      resource: { type: 'DOMAIN', id: 'd' },
      nsx: { hostClusterIds: ['c1'], edgeClusterIds: [] },
    },
    {
      bundleId: 'b2',
      resourceType: 'DOMAIN',
      resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }],
      nsxtUpgradeUserInputSpecs: [
        {
          nsxtUpgradeOptions: { isEdgeOnlyUpgrade: false, isHostClustersUpgradeParallel: false, isEdgeClustersUpgradeParallel: false },
          nsxtHostClusterUpgradeSpecs: [{ hostClusterId: 'c1', hostParallelUpgrade: false, liveUpgrade: false }],
        },
      ],
    },
  ],
  [
    'each vCenter in place',
    {
      component: 'VCENTER',
      bundleId: 'b3',
      resource: { type: 'DOMAIN', id: 'd' },
      vcenters: ['v1', 'v2'].map((id) => ({ id, mechanism: 'InPlace' as const })),
    },
    {
      bundleId: 'b3',
      resourceType: 'DOMAIN',
      resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }],
      vcenterUpgradeUserInputSpecs: [
        { resourceId: 'v1', upgradeMechanism: 'InPlace' },
        { resourceId: 'v2', upgradeMechanism: 'InPlace' },
      ],
    },
  ],
  [
    'ESX of a cluster with an image',
    { component: 'ESX_HOST', bundleId: 'b4', resource: { type: 'CLUSTER', id: 'c1' }, personalityId: 'p' },
    {
      bundleId: 'b4',
      resourceType: 'CLUSTER',
      parallelUpgrade: false,
      resourceUpgradeSpecs: [
        { resourceId: 'c1', upgradeNow: true, personalitySpec: { personalityId: 'p' }, esxUpgradeOptionsSpec: { enableQuickboot: false } },
      ],
    },
  ],
  [
    'ESX of a cluster with baselines',
    { component: 'ESX_HOST', bundleId: 'b4', resource: { type: 'CLUSTER', id: 'c1' } },
    {
      bundleId: 'b4',
      resourceType: 'CLUSTER',
      parallelUpgrade: false,
      resourceUpgradeSpecs: [{ resourceId: 'c1', upgradeNow: true, enableQuickboot: false }],
    },
  ],
] satisfies [string, UpgradeRequest, object][]) {
  test(`the request upgrades ${what}, carefully`, () => {
    assert.deepEqual(upgradeBody(request), body)
  })
}
