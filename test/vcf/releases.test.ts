import assert from 'node:assert/strict'
import test from 'node:test'
import { toRelease, toValidation } from '../../server/vcf/releases.ts'
import { wireFutureRelease, wireValidation } from '../../server/vcf/wire-releases.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'

const release = {
  product: 'VCF',
  version: '5.2.1.0',
  description: '<ul></ul>',
  releaseDate: '2024-10-09T00:00:00.000Z',
  applicabilityStatus: 'APPLICABLE',
  bom: [
    { name: 'SDDC_MANAGER', version: '5.2.1.0-1', publicName: 'SDDC Manager' },
    { name: 'NSX_T_MANAGER', version: '4.2.1.0.0-1', publicName: 'NSX' },
    { name: 'VCENTER', version: '8.0.3.00300-1', publicName: 'vCenter' },
    { name: 'HOST', version: '8.0.3-24280767', publicName: 'ESXi' },
    { name: 'VRSLCM', version: '8.18.0-1', publicName: 'Aria Suite Lifecycle' },
  ],
  patchBundles: [{ bundleId: 'b1' }, { bundleId: 'b2' }, { bundleId: 'b1' }],
  warnings: [{ messageKey: 'W', message: 'Mind the gap' }],
}

function read(members: object) {
  return toRelease(wireFutureRelease.parse({ ...release, ...members }))
}

test('a release names its components, other products apart, and each bundle once', () => {
  assert.deepEqual(read({}), {
    version: '5.2.1.0',
    applicable: true,
    reasons: ['Mind the gap'],
    bom: { SDDC_MANAGER: '5.2.1.0-1', NSX_T_MANAGER: '4.2.1.0.0-1', VCENTER: '8.0.3.00300-1', ESX_HOST: '8.0.3-24280767' },
    otherProducts: ['Aria Suite Lifecycle'],
    managedElsewhere: [],
    bundleIds: ['b1', 'b2'],
    releaseDate: '2024-10-09T00:00:00.000Z',
    description: '<ul></ul>',
  })
})

test('what another than SDDC Manager upgrades is told apart from what nobody names', () => {
  const { bom, otherProducts, managedElsewhere } = read({
    bom: [
      { name: 'VCENTER', version: '9.0.2.0', publicName: 'vCenter', lifecycleManagedBy: 'SDDC_MANAGER_VCF' },
      { name: 'VROPS', publicName: 'VCF Operations', lifecycleManagedBy: 'VRSLCM' },
      { name: 'NSX_ALB', publicName: 'Avi Load Balancer', lifecycleManagedBy: 'SDDC_MANAGER_VCF' },
      { name: 'VIDB', publicName: 'Identity Broker', lifecycleManagedBy: null },
    ],
  })

  assert.deepEqual(bom, { VCENTER: '9.0.2.0' })
  assert.deepEqual(otherProducts, ['VCF Operations', 'Avi Load Balancer', 'Identity Broker'])
  assert.deepEqual(managedElsewhere, ['VCF Operations'])
})

test('a release that names no version of a component is not offered: its upgrade could not be proven', () => {
  const withoutNsx = read({
    bom: release.bom.map((product) => (product.name === 'NSX_T_MANAGER' ? { ...product, version: null } : product)),
  })
  const empty = read({ bom: [] })

  assert.deepEqual([withoutNsx.applicable, empty.applicable], [false, false])
  assert.match(withoutNsx.reasons.at(-1)!, /names no version of NSX_T_MANAGER/)
  assert.match(empty.reasons.at(-1)!, /names no version of any component/)
})

for (const [what, members, applicable] of [
  ['APPLICABLE', { applicabilityStatus: 'APPLICABLE', isApplicable: false }, true],
  ['NOT_APPLICABLE', { applicabilityStatus: 'NOT_APPLICABLE', isApplicable: true }, false],
  ['no status but the old flag', { applicabilityStatus: null, isApplicable: true }, true],
  ['neither', { applicabilityStatus: null, isApplicable: null }, false],
] as const) {
  test(`a release with ${what} is ${applicable ? '' : 'not '}applicable`, () => {
    assert.equal(read(members).applicable, applicable)
  })
}

test('why a release is not applicable comes from every place where VCF says it, each once', () => {
  const { reasons } = read({
    applicabilityStatus: 'NOT_APPLICABLE',
    reasonsNotApplicable: [{ messageKey: 'R1', message: 'NSX too new' }, { messageKey: 'R2' }],
    reasonNotApplicable: { messageKey: 'R1', message: 'NSX too new' },
    notApplicableReason: 'Old words',
    warnings: null,
  })

  assert.deepEqual(reasons, ['NSX too new', 'R2', 'Old words'])
})

test('a release without any list is still a release', () => {
  const bare = read({ bom: null, patchBundles: null, warnings: null, description: null, releaseDate: null })

  assert.deepEqual([bare.bom, bare.bundleIds, bare.otherProducts], [{}, [], []])
  assert.equal(bare.applicable, false)
})

test('a validation tells which checks did not succeed', () => {
  const validation = toValidation(
    wireValidation.parse({
      id: 'w',
      executionStatus: 'COMPLETED',
      resultStatus: 'FAILED',
      validationChecks: [
        { description: 'Interoperability', severity: 'ERROR', resultStatus: 'FAILED', errorResponse: { message: 'NSX does not fit' } },
        { description: 'Bundles', severity: 'INFO', resultStatus: 'SUCCEEDED', errorResponse: null },
        { description: 'Backup', severity: 'WARNING', resultStatus: 'FAILED' },
        // In 9.0.2 both texts may be left out.
        { resultStatus: 'FAILED', acknowledge: false },
      ],
    }),
  )

  assert.deepEqual(validation, { state: 'failed', texts: ['Interoperability: NSX does not fit', 'Backup', 'A check says FAILED.'] })
})

const own = '/v1/releases/domains/d'

for (const [what, reply, target] of [
  ['a target', { json: { domainId: 'd', targetVersion: '5.2.1.0', patches: null } }, '5.2.1.0'],
  ['404', { status: 404, json: { message: 'no target' } }, undefined],
  ['no version', { json: { domainId: 'd', targetVersion: null } }, undefined],
  ['an empty version', { json: { domainId: 'd', targetVersion: '' } }, undefined],
  ['nothing', {}, undefined],
] satisfies [string, Reply, string | undefined][]) {
  test(`a domain answered with ${what} has ${target ?? 'no target'}`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === own ? reply : undefined))
    const vcf = await clientOf(context, server)

    assert.equal(await vcf.target('d'), target)
  })
}

test('a target that cannot be read is not taken for none', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === own ? { status: 404, text: '<html>not yet</html>' } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.target('d'), { kind: 'unreachable' })
})

test('a target is set with its version alone', async (context) => {
  const server = await startFixture(context, ({ path }) => (path === own ? {} : undefined))
  const vcf = await clientOf(context, server)

  await vcf.setTarget('d', '5.2.1.0')

  assert.deepEqual(JSON.parse(server.seen.at(-1)!.body), { targetVersion: '5.2.1.0' })
  assert.equal(server.seen.at(-1)!.contentType, 'application/json')
})

test('the current release is the first, and a domain without one cannot be read', async (context) => {
  const server = await startFixture(context, ({ path }) => {
    if (path === '/v1/releases?domainId=d') return { json: { elements: [{ version: '5.2.0.0' }, { version: '5.1.0.0' }] } }
    return path.startsWith('/v1/releases') ? { json: { elements: [] } } : undefined
  })
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.currentRelease('d'), '5.2.0.0')
  await assert.rejects(vcf.currentRelease('other'), { kind: 'unreadable' })
})

for (const [code, nested] of [
  ['SAME_SOURCE_AND_TARGET_VCF_VERSION_BUT_NO_PATCHLIST', false],
  ['SAME_SOURCE_AND_TARGET_VCF_VERSION', true],
] as const) {
  test(`a validation refused with ${code}${nested ? ' further down' : ''} means that the domain is already there`, async (context) => {
    const json = nested ? { message: 'Validation failed', nestedErrors: [{ errorCode: code }] } : { errorCode: code, message: 'same' }
    const server = await startFixture(context, ({ path }) => (path === `${own}/validations` ? { status: 400, json } : undefined))
    const vcf = await clientOf(context, server)

    assert.equal(await vcf.startValidation('d', '5.2.1.0'), 'already there')
  })
}

test('a validation refused for another reason is refused', async (context) => {
  const json = { errorCode: 'VCF_RUNTIME_ERROR', message: 'unknown version' }
  const server = await startFixture(context, ({ path }) => (path === `${own}/validations` ? { status: 400, json } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.startValidation('d', '5.2.1.0'), { kind: 'refused', code: 'VCF_RUNTIME_ERROR' })
})

test('a validation is started with the target alone and followed by its id', async (context) => {
  const running = { id: 'w', description: 'd', executionStatus: 'IN_PROGRESS', resultStatus: 'UNKNOWN', validationChecks: null }
  const server = await startFixture(context, ({ path }) => {
    if (path === `${own}/validations`) return { status: 202, json: running }
    return path === '/v1/releases/domains/validations/w' ? { json: running } : undefined
  })
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.startValidation('d', '5.2.1.0'), { id: 'w' })
  assert.deepEqual(JSON.parse(server.seen.at(-1)!.body), { targetVersion: '5.2.1.0' })
  assert.deepEqual(await vcf.validation('w'), { state: 'running', texts: [] })
})

test('a download is asked for as SDDC Manager wants it and answers the id of its task', async (context) => {
  const server = await startFixture(context, ({ method, path }) =>
    method === 'PATCH' && path === '/v1/bundles/b' ? { status: 202, json: { id: 'task', name: 'Download', status: 'PENDING' } } : undefined,
  )
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.downloadBundle('b'), 'task')
  assert.deepEqual(JSON.parse(server.seen.at(-1)!.body), { bundleDownloadSpec: { downloadNow: true } })
})

test('a download that is under way already is refused with its status', async (context) => {
  const server = await startFixture(context, ({ method, path }) =>
    method === 'PATCH' && path === '/v1/bundles/b' ? { status: 409, json: { message: 'already triggered' } } : undefined,
  )
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.downloadBundle('b'), { kind: 'refused', status: 409, message: 'already triggered' })
})
