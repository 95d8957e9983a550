import assert from 'node:assert/strict'
import test from 'node:test'
import type { DomainIdentity } from '../../shared/upgrade.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'
import { pageOf } from './inventory-pages.ts'

const management: DomainIdentity = { id: 'm', name: 'm01', type: 'MANAGEMENT', sddcManager: 'sddc.example' }
const workload: DomainIdentity = { id: 'w', name: 'w01', type: 'VI', sddcManager: 'sddc.example' }
const ownList = '/v1/upgradables/domains/m?targetVersion=5.2.1.0'
const systemList = '/v1/system/upgradables'

function offer(resourceId: string, more: object = {}) {
  return {
    bundleId: `b-${resourceId}`,
    bundleType: 'VMWARE_SOFTWARE',
    resource: { resourceId, type: 'DOMAIN' },
    softwareComponents: [{ id: 'x', type: 'VCENTER', isUserInputRequired: true }],
    status: 'AVAILABLE',
    errors: null,
    ...more,
  }
}

test('an offer says what it is, whether it can be taken, and what stands against it', async (context) => {
  const blocked = offer('m', { status: 'PENDING', errors: [{ message: 'Not yet' }, { errorCode: 'E' }] })
  const server = await startFixture(context, ({ path }) => (path === ownList ? { json: { elements: [offer('m'), blocked] } } : undefined))
  const vcf = await clientOf(context, server)

  const common = { bundleId: 'b-m', component: 'VCENTER', names: ['VCENTER', 'VMWARE_SOFTWARE'], resourceId: 'm', resourceType: 'DOMAIN' }
  assert.deepEqual(await vcf.upgradables(management, '5.2.1.0'), [
    { ...common, available: true, word: 'AVAILABLE', errors: [] },
    { ...common, available: false, word: 'PENDING', errors: ['Not yet', 'E'] },
  ])
})

for (const status of [400, 403, 404, 500]) {
  test(`the management domain falls back to the list of the system when its own is answered with ${status}`, async (context) => {
    const server = await startFixture(context, ({ path }) => {
      if (path === ownList) return { status, json: { message: 'management domain not found' } }
      return path === systemList ? { json: { elements: [offer('m')] } } : undefined
    })
    const vcf = await clientOf(context, server)

    const offered = await vcf.upgradables(management, '5.2.1.0')

    assert.deepEqual(
      offered.map(({ resourceId }) => resourceId),
      ['m'],
    )
  })
}

test("that the management domain's own list is empty proves nothing while the system's is not", async (context) => {
  const listed: object[] = [offer('m'), offer('w')]
  const empty = { json: { elements: [] } }
  const server = await startFixture(context, ({ path }) => {
    if (path === ownList) return { json: { elements: [] } }
    return path === systemList
      ? { json: { elements: listed } }
      : /^\/v1\/(sddc-managers|nsxt-clusters|vcenters|clusters|hosts)\b/.test(path)
        ? empty
        : undefined
  })
  const vcf = await clientOf(context, server)
  const offered = async () => (await vcf.upgradables(management, '5.2.1.0')).map(({ resourceId }) => resourceId)

  assert.deepEqual(await offered(), ['m'])
  listed.length = 0
  assert.deepEqual(await offered(), [])
})

test('an unreachable list is not replaced by another', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === ownList ? { status: 503, text: '<html></html>' } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.upgradables(management, '5.2.1.0'), { kind: 'unreachable' })

  assert.equal(server.count(`GET ${systemList}`), 0)
})

for (const status of [408, 409]) {
  test(`a list that is not seeded yet (${status}) is waited for, of the domain and of the system alike`, async (context) => {
    const server = await startFixture(context, ({ path }, nth) => {
      if (path !== ownList && path !== systemList) return undefined
      const elements = [offer(path === ownList ? 'm' : 'w')]
      return nth < 3 ? { status, json: { errorCode: 'INVENTORY_CACHE_NOT_SEEDED' } } : { json: { elements } }
    })
    const vcf = await clientOf(context, server)

    const [own] = await vcf.upgradables(management, '5.2.1.0')
    const askedOfSystem = server.count(`GET ${systemList}`)
    const [other] = await vcf.upgradables(workload, '5.2.1.0')

    assert.deepEqual([own?.resourceId, other?.resourceId], ['m', 'w'])
    assert.deepEqual([askedOfSystem, server.count(`GET ${systemList}`)], [0, 3])
  })
}

test('a workload domain is never asked for a list of its own', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === systemList ? { json: { elements: [offer('w')] } } : undefined))
  const vcf = await clientOf(context, server)

  await vcf.upgradables(workload, '9.0.2.0')

  assert(!server.asked().some((request) => request.includes('/v1/upgradables/domains/')))
})

test('a workload domain has of the list of the system what is about it or something in it', async (context) => {
  const elements = ['m', 'w', 'n-m', 'n-w', 'v-w', 'c-w', 'c-x', 'h1', 's'].map((id) => offer(id))
  const server = await startFixture(context, ({ path }) => (path === systemList ? { json: { elements } } : pageOf(path)))
  const vcf = await clientOf(context, server)

  const offered = await vcf.upgradables(workload, '5.2.1.0')

  assert.deepEqual(
    offered.map(({ resourceId }) => resourceId),
    ['w', 'n-w', 'v-w', 'c-w', 'h1'],
  )
})

test('a list about this domain alone needs no inventory', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === systemList ? { json: { elements: [offer('w')] } } : undefined))
  const vcf = await clientOf(context, server)

  await vcf.upgradables(workload, '5.2.1.0')

  assert.deepEqual(server.asked(), [`GET ${systemList}`])
})

test('an offer without a resource counts as the domain’s', async (context) => {
  const server = await startFixture(context, ({ path }) =>
    path === systemList ? { json: { elements: [offer('w', { resource: null, bundleId: 'b' })] } } : undefined,
  )
  const vcf = await clientOf(context, server)

  const [only] = await vcf.upgradables(workload, '5.2.1.0')

  assert.deepEqual([only?.resourceId, only?.resourceType], ['w', 'DOMAIN'])
})

test('what an offer does not tell is read from its bundle, once per bundle', async (context) => {
  const silent = { bundleType: null, softwareComponents: null, bundleId: 'b' }
  const bundle = {
    id: 'b',
    type: 'VMWARE_SOFTWARE',
    downloadStatus: 'SUCCESSFUL',
    description: 'ESXi update',
    components: [{ type: 'HOST' }],
  }
  const server = await startFixture(context, ({ path }) => {
    if (path === systemList) return { json: { elements: [offer('w', silent), offer('w', silent)] } }
    return path === '/v1/bundles/b' ? { json: bundle } : undefined
  })
  const vcf = await clientOf(context, server)

  const offered = await vcf.upgradables(workload, '5.2.1.0')

  assert.deepEqual(
    offered.map(({ component, names }) => [component, names]),
    [
      ['ESX_HOST', ['HOST', 'ESXi update', 'VMWARE_SOFTWARE']],
      ['ESX_HOST', ['HOST', 'ESXi update', 'VMWARE_SOFTWARE']],
    ],
  )
  assert.equal(server.count('GET /v1/bundles/b'), 1)
})

for (const [what, reply] of [
  [
    'known as something else',
    { json: { downloadStatus: 'PENDING', type: 'VMWARE_SOFTWARE', components: [{ type: 'VCF_VRSLCM_UPGRADE' }] } },
  ],
  ['unknown', { status: 404, json: {} }],
] as const) {
  test(`an offer whose bundle is ${what} is of no known component, but there`, async (context) => {
    const other = offer('w', { softwareComponents: [{ type: 'VCF_VRSLCM_UPGRADE' }], bundleId: 'b' })
    const server = await startFixture(context, ({ path }) => {
      if (path === systemList) return { json: { elements: [other] } }
      return path === '/v1/bundles/b' ? reply : undefined
    })
    const vcf = await clientOf(context, server)

    const [only] = await vcf.upgradables(workload, '5.2.1.0')

    assert.equal(only?.component, undefined)
    assert.equal(only?.names[0], 'VCF_VRSLCM_UPGRADE')
  })
}

test('the plan for NSX names every host and edge cluster, and every domain that shares it', async (context) => {
  const json = {
    bundleId: 'b',
    domainId: 'w',
    nsxtManagerCluster: { id: 'n', name: 'nsx' },
    nsxtHostClusters: [
      { id: 'c1', name: 'cl01', version: '4.2.0.0', upgradeStatus: 'IN_PROGRESS', upgradedUnits: 1, totalUnits: 4 },
      { id: 'c2', name: null, version: null, upgradedUnits: null, totalUnits: null },
    ],
    nsxtEdgeClusters: [{ id: 'e1', name: 'edge', version: '4.2.1.0' }],
    nsxtUpgradeCoordinator: null,
  }
  const elements = [
    { id: 'other', domains: [{ id: 'm' }] },
    { id: 'n', domains: [{ id: 'x' }, { id: 'w' }] },
  ]
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/nsxt-clusters') return { json: { elements } }
    return path === '/v1/upgradables/domains/w/nsxt?bundleId=b' ? { json } : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.nsxPlan('w', 'b'), {
    managerId: 'n',
    domainIds: ['w', 'x'],
    hostClusters: [
      { id: 'c1', name: 'cl01', version: '4.2.0.0', word: 'IN_PROGRESS', done: 1, total: 4 },
      { id: 'c2', name: 'c2', done: 0, total: 0 },
    ],
    edgeClusters: [{ id: 'e1', name: 'edge', version: '4.2.1.0' }],
  })
})

test('an image is known by its base version and the vendor of its add-on', async (context) => {
  const elements = [
    {
      personalityId: 'p1',
      personalityName: 'ESXi 8.0 U3',
      softwareInfo: { baseImage: { version: '8.0.3-0.0.24280767', details: null }, addOn: { name: 'DEL', version: '1', vendor: 'Dell' } },
    },
    { personalityId: 'p2', personalityName: 'broken', softwareInfo: null },
  ]
  const server = await startFixture(context, ({ path }) => (path === '/v1/personalities' ? { json: { elements } } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.personalities(), [
    { id: 'p1', name: 'ESXi 8.0 U3', baseVersion: '8.0.3-0.0.24280767', addOnVendor: 'Dell' },
    { id: 'p2', name: 'broken', baseVersion: '', addOnVendor: undefined },
  ])
})

test('the vendor of each cluster’s present image, as far as there is an image with an add-on', async (context) => {
  const image = (vendor: string) => ({ baseImage: { version: '8.0.3-0.0.24022510' }, addOn: { name: 'x', version: '1', vendor } })
  const elements = [
    { resourceId: 'c1', resourceType: 'CLUSTER', vlcmEnabled: true, softwareInfo: image('Dell') },
    { resourceId: 'c2', resourceType: 'CLUSTER', vlcmEnabled: true, softwareInfo: { baseImage: { version: '8.0.3-0.0.24022510' } } },
    { resourceId: 'c3', resourceType: 'CLUSTER', vlcmEnabled: false, softwareInfo: null },
  ]
  const server = await startFixture(context, ({ path }) =>
    path === '/v1/upgradables/domains/w/clusters' ? { json: { elements } } : undefined,
  )
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.imageVendors('w'), { c1: 'Dell' })
})

const nine: Reply = { json: { elements: [{ id: 's', version: '9.0.2.0' }] } }

test('images are read to the last page, also where the query counts pages from one and the answer from zero', async (context) => {
  const images = Array.from({ length: 5 }, (_, at) => ({ personalityId: `p${at}` }))
  const server = await startFixture(context, ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'https://sddc.example')
    if (pathname === '/v1/sddc-managers') return nine
    if (pathname !== '/v1/personalities') return undefined
    const number = Number(searchParams.get('page') ?? 1) - 1
    return {
      json: { elements: images.slice(number * 2, number * 2 + 2), pageMetadata: { pageNumber: number, pageSize: 2, totalElements: 5 } },
    }
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(
    (await vcf.personalities()).map(({ id }) => id),
    ['p0', 'p1', 'p2', 'p3', 'p4'],
  )
})

test('a path that knows no pages and announces more than it gives is not asked for ever', async (context) => {
  const json = { elements: [{ personalityId: 'p1' }], pageMetadata: { pageNumber: 0, pageSize: 1, totalElements: 900 } }
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/sddc-managers') return nine
    return path.startsWith('/v1/personalities') ? { json } : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(
    (await vcf.personalities()).map(({ id }) => id),
    ['p1'],
  )
  assert.equal(server.asked().filter((request) => request.includes('/v1/personalities')).length, 3)
})
