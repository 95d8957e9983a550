import assert from 'node:assert/strict'
import test from 'node:test'
import { clientOf, type Reply, startFixture } from './fixture.ts'

const own = '/v1/sddc-managers'
const ownRecord = (version: string): Reply => ({ json: { elements: [{ id: 's', version }] } })

test('a bundle tells its word, its component and the version that it brings', async (context) => {
  const json = {
    ...{ id: 'b', type: 'SDDC_MANAGER', downloadStatus: 'VALIDATING', sizeMB: 600.5, description: null, isCumulative: true },
    components: [
      { type: 'LCM', toVersion: '5.2.1-lcm' },
      { type: 'SDDC_MANAGER_VCF', toVersion: '5.2.1.0-24307856' },
    ],
  }
  const server = await startFixture(context, ({ path }) => (path === '/v1/bundles/b' ? { json } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.bundle('b'), {
    ...{ id: 'b', state: 'running', word: 'VALIDATING', sizeMB: 600.5, description: undefined },
    ...{ component: 'SDDC_MANAGER', version: '5.2.1.0-24307856', cumulative: true },
  })
})

test('a bundle that tells nothing but its word has neither component nor version', async (context) => {
  const json = { downloadStatus: 'PENDING', components: null }
  const server = await startFixture(context, ({ path }) => (path === '/v1/bundles/b' ? { json } : undefined))
  const vcf = await clientOf(context, server)

  const { id, state, component, version, cumulative } = await vcf.bundle('b')

  assert.deepEqual([id, state, component, version, cumulative], ['b', 'available', undefined, undefined, undefined])
})

test('cumulative bundles of a domain are those that SDDC Manager lists for it', async (context) => {
  const elements = [{ id: 'b9', type: 'SDDC_MANAGER', downloadStatus: 'PENDING', isCumulative: true, components: [] }]
  const server = await startFixture(context, ({ path }) => (path === '/v1/bundles/domains/m' ? { json: { elements } } : undefined))
  const vcf = await clientOf(context, server)

  const bundles = await vcf.cumulativeBundles('m')

  assert.deepEqual(
    bundles.map(({ id, component, cumulative }) => ({ id, component, cumulative })),
    [{ id: 'b9', component: 'SDDC_MANAGER', cumulative: true }],
  )
})

test('a domain without cumulative bundles has none', async (context) => {
  const vcf = await clientOf(context, await startFixture(context, () => undefined))

  assert.deepEqual(await vcf.cumulativeBundles('m'), [])
})

test('SDDC Manager 9.0 counts the bytes of every download under way', async (context) => {
  const status = (bundleId: string | null, downloadStatus: string, downloadedSize: number | null) => ({
    ...{ bundleId, downloadStatus, downloadedSize, downloadScheduledTime: 0, isDownloadCancellable: true },
  })
  const elements = [
    status('b1', 'IN_PROGRESS', 7_000_000_000),
    status('b2', 'SUCCESSFUL', 9),
    status('b3', 'INPROGRESS', null),
    status(null, 'IN_PROGRESS', 5),
    status('b4', 'VALIDATING', 12),
  ]
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/bundles/download-status') return { json: { elements } }
    return path === own ? ownRecord('9.0.2.0') : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.downloadedBytes(), { b1: 7_000_000_000, b4: 12 })
})

test('SDDC Manager 5.2 counts the bytes of its own bundle alone', async (context) => {
  const release = (id: string, downloadStatus: string, downloadedBytes: number) => ({
    ...{ version: '5.2.1.0', compatibilityStatus: 'COMPATIBLE' },
    sddcManagerBundle: { id, type: 'SDDC_MANAGER', downloadStatus, downloadProgress: { downloadedBytes, isDownloadCancelled: false } },
  })
  const elements = [release('b1', 'INPROGRESS', 42), release('b2', 'SUCCESS', 99), { version: '5.2.0.0', sddcManagerBundle: null }]
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/sddc-manager/upgradables') return { json: { elements } }
    return path === own ? ownRecord('5.2.0.0') : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.downloadedBytes(), { b1: 42 })
})

for (const [version, path] of [
  ['5.2.1.0', '/v1/sddc-manager/upgradables'],
  ['9.0.2.0', '/v1/bundles/download-status'],
] as const) {
  for (const status of [400, 403, 404, 410]) {
    test(`SDDC Manager ${version} that answers ${status} counts no bytes`, async (context) => {
      const server = await startFixture(context, (request) => {
        if (request.path === path) return { status, json: { errorCode: 'NO' } }
        return request.path === own ? ownRecord(version) : undefined
      })
      const vcf = await clientOf(context, server)

      assert.deepEqual(await vcf.downloadedBytes(), {})
      assert.equal(server.count(`GET ${path}`), 1)
    })
  }
}

const connected = { username: 'u', password: 'the-depot-password', status: 'DEPOT_CONNECTION_SUCCESSFUL', message: 'Fine' }

for (const [what, reply, depot] of [
  [
    'online',
    { json: { vmwareAccount: connected, depotConfiguration: { isOfflineDepot: false, hostname: 'depot.example', port: 443 } } },
    { kind: 'online', host: 'depot.example', connected: true, word: 'DEPOT_CONNECTION_SUCCESSFUL', message: 'Fine' },
  ],
  [
    'online and refused',
    { json: { vmwareAccount: { ...connected, status: 'DEPOT_INVALID_CREDENTIAL' } } },
    { kind: 'online', host: undefined, connected: false, word: 'DEPOT_INVALID_CREDENTIAL', message: 'Fine' },
  ],
  [
    'offline',
    {
      json: {
        vmwareAccount: { status: 'DEPOT_USER_NOT_SET' },
        offlineAccount: connected,
        depotConfiguration: { isOfflineDepot: true, hostname: '10.0.0.7', port: 443 },
      },
    },
    { kind: 'offline', host: '10.0.0.7', connected: true, word: 'DEPOT_CONNECTION_SUCCESSFUL', message: 'Fine' },
  ],
  ['without an account', { json: { vmwareAccount: { status: 'DEPOT_USER_NOT_SET' } } }, { kind: 'none', word: 'DEPOT_USER_NOT_SET' }],
  ['never configured', { text: '' }, { kind: 'none' }],
  ['silent', { json: { vmwareAccount: { username: 'u', password: 'p', status: null } } }, { kind: 'online', connected: undefined }],
] as const) {
  test(`a depot that is ${what} is told as such, without its password`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === '/v1/system/settings/depot' ? reply : undefined))
    const vcf = await clientOf(context, server)

    const told = await vcf.depot()

    for (const [key, value] of Object.entries(depot)) assert.equal(told[key as keyof typeof told], value, key)
    assert(!JSON.stringify(told).includes('the-depot-password'))
  })
}

const preview = '/v1/upgrades/preview?bundleId=b&domainId=d'

test('guard rails that are not passed stand against an upgrade, each once, passed and skipped ones do not', async (context) => {
  const detail = (name: string, status: string) => ({ name, status, description: `${name} text`, reasonCode: 'R', remediationCode: null })
  const upgradeItems = [
    {
      ...{ resourceId: 'v', bundleComponentType: 'VCENTER' },
      upgradeEligibility: {
        status: 'NOT_ELIGIBLE',
        details: [detail('space', 'FAILED'), detail('order', 'PASSED'), detail('x', 'SKIPPED'), detail('y', 'NOT_AVAILABLE')],
      },
    },
    {
      ...{ resourceId: 'v2', bundleComponentType: 'VCENTER' },
      upgradeEligibility: { status: 'NOT_ELIGIBLE', details: [detail('space', 'FAILED')] },
    },
    { resourceId: 'n', bundleComponentType: 'NSX_T_MANAGER', upgradeEligibility: { status: 'NOT_ELIGIBLE', details: [] } },
    { resourceId: 'h', bundleComponentType: 'HOST', upgradeEligibility: { status: 'ELIGIBLE', details: [] } },
  ]
  const server = await startFixture(context, ({ path }) => {
    if (path === preview) return { json: { bundle: { id: 'b' }, upgradeItems } }
    return path === own ? ownRecord('9.0.2.0') : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.failedGuardrails('d', 'b'), [
    { name: 'space', text: 'space text – R' },
    { name: 'NSX_T_MANAGER', text: 'SDDC Manager says NOT_ELIGIBLE of n and gives no reason' },
  ])
})

test('SDDC Manager 5.2 is not asked for guard rails', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === own ? ownRecord('5.2.1.0') : undefined))
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.failedGuardrails('d', 'b'), undefined)
  assert.equal(server.count(`GET ${preview}`), 0)
})

test('an SDDC Manager 9.0 without guard rails has none to tell', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === own ? ownRecord('9.0.0.0') : undefined))
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.failedGuardrails('d', 'b'), undefined)
})
