import assert from 'node:assert/strict'
import test from 'node:test'
import type { UpgradeRequest } from '../../server/ports/upgrade-request.ts'
import { upgradeBody } from '../../server/vcf/upgrade-body.ts'
import { documentVersions, openApi, openApiSkip } from '../support/openapi.ts'

const sddcManager: UpgradeRequest = { component: 'SDDC_MANAGER', bundleId: 'b1', resource: { type: 'DOMAIN', id: 'd' } }

const careful = [
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
    'NSX of which no host cluster is told: all of it',
    {
      component: 'NSX_T_MANAGER',
      bundleId: 'b2',
      resource: { type: 'DOMAIN', id: 'd' },
      nsx: { hostClusterIds: [], edgeClusterIds: ['e1'] },
    },
    { bundleId: 'b2', resourceType: 'DOMAIN', resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }] },
  ],
  [
    'a vCenter by a patch that takes no mechanism',
    { component: 'VCENTER', bundleId: 'b3', resource: { type: 'DOMAIN', id: 'd' }, vcenters: [{ id: 'v1' }] },
    { bundleId: 'b3', resourceType: 'DOMAIN', resourceUpgradeSpecs: [{ resourceId: 'd', upgradeNow: true }] },
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
] satisfies [string, UpgradeRequest, object][]

for (const [what, request, body] of careful) {
  test(`the request upgrades ${what}, carefully`, () => {
    assert.deepEqual(upgradeBody(request), body)
  })
}

const esx: UpgradeRequest = { component: 'ESX_HOST', bundleId: 'b4', resource: { type: 'CLUSTER', id: 'c1' } }

test('what may be asked of hosts with an image goes to its own place, a failure stops without delay or count', () => {
  const options = { quickBoot: true, evacuateOfflineVms: true, failureAction: { action: 'FAIL' } } as const

  const [spec] = upgradeBody({ ...esx, personalityId: 'p', esx: options }).resourceUpgradeSpecs

  assert.deepEqual(spec, {
    resourceId: 'c1',
    upgradeNow: true,
    personalitySpec: { personalityId: 'p' },
    esxUpgradeOptionsSpec: { enableQuickboot: true, evacuateOfflineVms: true, esxUpgradeFailureAction: { action: 'FAIL' } },
  })
})

test('a failed host is tried again as often and after as long as asked', () => {
  const options = { quickBoot: false, evacuateOfflineVms: false, failureAction: { action: 'RETRY', delaySeconds: 300, count: 3 } } as const

  const [spec] = upgradeBody({ ...esx, personalityId: 'p', esx: options }).resourceUpgradeSpecs

  assert.deepEqual(spec, {
    resourceId: 'c1',
    upgradeNow: true,
    personalitySpec: { personalityId: 'p' },
    esxUpgradeOptionsSpec: {
      enableQuickboot: false,
      evacuateOfflineVms: false,
      esxUpgradeFailureAction: { action: 'RETRY', retryDelay: 300, retryCount: 3 },
    },
  })
})

test('hosts with baselines know quick boot and offline machines only', () => {
  const options = { quickBoot: true, evacuateOfflineVms: true, failureAction: { action: 'RETRY', delaySeconds: 300, count: 3 } } as const

  const [spec] = upgradeBody({ ...esx, esx: options }).resourceUpgradeSpecs

  assert.deepEqual(spec, { resourceId: 'c1', upgradeNow: true, enableQuickboot: true, evacuateOfflineVms: true })
})

test('a migrated vCenter gets its temporary network and no mechanism, with addresses only where they are fixed', () => {
  const fixed = { mode: 'STATIC', ipAddress: '10.0.0.9', subnetMask: '255.255.255.0', gateway: '10.0.0.1' } as const
  const { vcenterUpgradeUserInputSpecs } = upgradeBody({
    component: 'VCENTER',
    bundleId: 'b3',
    resource: { type: 'DOMAIN', id: 'd' },
    vcenters: [
      { id: 'v1', temporaryNetwork: fixed },
      { id: 'v2', temporaryNetwork: { mode: 'AUTOMATIC' } },
    ],
  })

  assert.deepEqual(vcenterUpgradeUserInputSpecs, [
    {
      resourceId: 'v1',
      temporaryNetwork: { networkMode: 'STATIC', ipAddress: '10.0.0.9', subnetMask: '255.255.255.0', gateway: '10.0.0.1' },
    },
    { resourceId: 'v2', temporaryNetwork: { networkMode: 'AUTOMATIC' } },
  ])
})

test('clusters of hosts and of edges go in parallel each only when asked', () => {
  const nsx = { hostClusterIds: ['c1'], edgeClusterIds: ['e1'] }
  const optionsOf = (flags: object) =>
    upgradeBody({ component: 'NSX_T_MANAGER', bundleId: 'b2', resource: { type: 'DOMAIN', id: 'd' }, nsx: { ...nsx, ...flags } })
      .nsxtUpgradeUserInputSpecs?.[0]?.nsxtUpgradeOptions

  const none = { isEdgeOnlyUpgrade: false, isHostClustersUpgradeParallel: false, isEdgeClustersUpgradeParallel: false }
  assert.deepEqual(optionsOf({ parallelHostClusters: true }), { ...none, isHostClustersUpgradeParallel: true })
  assert.deepEqual(optionsOf({ parallelEdgeClusters: true }), { ...none, isEdgeClustersUpgradeParallel: true })
})

const { resource } = sddcManager
const fixed = { mode: 'STATIC', ipAddress: '10.0.0.9', subnetMask: '255.255.255.0', gateway: '10.0.0.1' } as const
const retry = { quickBoot: true, evacuateOfflineVms: true, failureAction: { action: 'RETRY', delaySeconds: 300, count: 3 } } as const
const everyRequest: readonly UpgradeRequest[] = [
  ...careful.map(([, request]) => request),
  { ...esx, esx: retry },
  { ...esx, personalityId: 'p', esx: retry },
  { ...esx, personalityId: 'p', esx: { ...retry, failureAction: { action: 'FAIL' } } },
  { component: 'VCENTER', bundleId: 'b3', resource, vcenters: [{ id: 'v', temporaryNetwork: fixed }] },
  { component: 'VCENTER', bundleId: 'b3', resource, vcenters: [{ id: 'v', temporaryNetwork: { mode: 'AUTOMATIC' } }] },
]

for (const version of documentVersions) {
  test(`every request is one of the API document ${version}`, { skip: openApiSkip(version) }, () => {
    const api = openApi(version)!

    for (const request of everyRequest) {
      const asked = { method: 'POST', path: '/v1/upgrades', query: {}, body: upgradeBody(request) }
      assert.deepEqual(api.request(asked).violations, [])
    }
  })
}
