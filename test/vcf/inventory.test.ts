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
