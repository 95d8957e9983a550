import assert from 'node:assert/strict'
import test from 'node:test'
import { clientOf, startFixture } from './fixture.ts'
import { pageOf } from './inventory-pages.ts'

test('the inventory holds what belongs to the domain and nothing else', async (context) => {
  const server = await startFixture(context, ({ path }) => pageOf(path))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.inventory('w'), {
    sddcManagers: [],
    nsx: [{ id: 'n-w', name: '10.0.0.5', version: '4.2.0' }],
    vcenters: [{ id: 'v-w', name: 'vc-w.example', version: '8.0.3' }],
    clusters: [
      {
        id: 'c-w',
        name: 'cl01',
        imageBased: true,
        hosts: [
          { id: 'h1', name: 'esx01.example', version: '8.0.3-1' },
          { id: 'h2', name: 'esx02.example', version: '' },
        ],
      },
    ],
  })
})

for (const [version, isImageBased, expected] of [
  ['9.0.2.0', null, true],
  ['9.0.2.0', false, false],
  ['5.2.1.0', null, false],
  ['5.2.1.0', true, true],
] as const) {
  test(`a cluster that says ${isImageBased} to an SDDC Manager ${version} is ${expected ? '' : 'not '}one with an image`, async (context) => {
    const replies: Record<string, unknown[]> = {
      '/v1/sddc-managers': [{ id: 's', version }],
      '/v1/clusters?domainId=w': [{ id: 'c', isImageBased, domain: { id: 'w' } }],
    }
    const server = await startFixture(context, ({ path }) =>
      path.startsWith('/v1/tokens') ? undefined : { json: { elements: replies[path] ?? [] } },
    )
    const vcf = await clientOf(context, server)

    assert.deepEqual(
      (await vcf.inventory('w')).clusters.map(({ imageBased }) => imageBased),
      [expected],
    )
  })
}

test('SDDC Manager 5.2 has no pages of hosts, whatever it announces', async (context) => {
  const hosts = [{ id: 'h1', cluster: { id: 'c' } }]
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/sddc-managers') return { json: [{ id: 's', version: '5.2.1.0' }] }
    if (path === '/v1/clusters?domainId=w') return { json: [{ id: 'c' }] }
    if (path !== '/v1/hosts?domainId=w') return path.startsWith('/v1/tokens') ? undefined : { json: [] }
    return { json: { elements: hosts, pageMetadata: { pageNumber: 0, pageSize: 1, totalElements: 9 } } }
  })
  const vcf = await clientOf(context, server)

  const { clusters } = await vcf.inventory('w')

  assert.deepEqual(
    clusters[0]?.hosts.map(({ id }) => id),
    ['h1'],
  )
  assert.equal(server.asked().filter((request) => request.includes('/v1/hosts')).length, 1)
})

test('hosts on later pages belong to their cluster as well', async (context) => {
  const hosts = Array.from({ length: 5 }, (_, at) => ({ id: `h${at}`, fqdn: `esx${at}`, esxiVersion: '9.0.0-1', cluster: { id: 'c' } }))
  const server = await startFixture(context, ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'https://sddc.example')
    if (pathname === '/v1/sddc-managers') return { json: [{ id: 's', version: '9.0.2.0' }] }
    if (pathname === '/v1/clusters') return { json: [{ id: 'c', domain: { id: 'w' } }] }
    if (pathname !== '/v1/hosts') return pathname.startsWith('/v1/tokens') ? undefined : { json: [] }
    assert.equal(searchParams.get('domainId'), 'w')
    const number = Number(searchParams.get('page') ?? 0)
    return {
      json: { elements: hosts.slice(number * 2, number * 2 + 2), pageMetadata: { pageNumber: number, pageSize: 2, totalElements: 5 } },
    }
  })
  const vcf = await clientOf(context, server)

  const { clusters } = await vcf.inventory('w')

  assert.deepEqual(
    clusters[0]?.hosts.map(({ id }) => id),
    ['h0', 'h1', 'h2', 'h3', 'h4'],
  )
})

test('every domain has the SDDC Manager of the management domain, whatever its status', async (context) => {
  const elements = [
    { id: 'w', name: 'w01', status: 'UPGRADING', type: 'VI', capacity: null },
    { id: 'm', name: 'm01', status: 'ACTIVE', type: 'MANAGEMENT' },
  ]
  const server = await startFixture(context, ({ path }) => (path === '/v1/domains' ? { json: { elements } } : pageOf(path)))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.domains(), [
    { id: 'w', name: 'w01', type: 'VI', sddcManager: 'sddc.example', status: 'UPGRADING' },
    { id: 'm', name: 'm01', type: 'MANAGEMENT', sddcManager: 'sddc.example', status: 'ACTIVE' },
  ])
})

test('services that do not say UP are down', async (context) => {
  const elements = [
    { id: '1', name: 'LCM', status: 'UP' },
    { id: '2', name: 'DOMAIN_MANAGER', status: 'DOWN' },
    { id: '3', name: null, status: null },
  ]
  const server = await startFixture(context, ({ path }) => (path === '/v1/vcf-services' ? { json: { elements } } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.servicesDown(), ['DOMAIN_MANAGER', '3'])
})
