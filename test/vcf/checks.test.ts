import assert from 'node:assert/strict'
import test from 'node:test'
import { runBody, toResult } from '../../server/vcf/checks.ts'
import { wireAssessment } from '../../server/vcf/wire-checks.ts'
import { clientOf, startFixture } from './fixture.ts'

function read(members: object) {
  return toResult(wireAssessment.parse({ status: 'COMPLETED_WITH_SUCCESS', ...members }))
}

function summary(...rows: unknown[]) {
  return { presentedArtifactsMap: { 'validation-domain-summary': rows } }
}

const clean = {
  domainName: 'm01',
  criticalGapsCount: 0.0,
  warningGapsCount: 0.0,
  optionalGapsCount: 0.0,
  errorValidationsCount: 0.0,
  internalErrorValidationsCount: 0.0,
}

test('counts are summed over all domains, internal errors count as errors', () => {
  const { counts } = read(
    summary(
      { ...clean, warningGapsCount: 2.0 },
      {
        ...clean,
        domainName: 'w01',
        errorValidationsCount: 1.0,
        internalErrorValidationsCount: 3.0,
        criticalGapsCount: 4.0,
        warningGapsCount: 1.0,
      },
    ),
  )

  assert.deepEqual(counts, { errors: 4, warnings: 3, gaps: 4 })
})

for (const [what, members] of [
  ['no artifacts', { presentedArtifactsMap: null }],
  ['no summary', { presentedArtifactsMap: { other: [] } }],
  ['an empty summary', summary()],
  ['a summary that is no list', { presentedArtifactsMap: { 'validation-domain-summary': clean } }],
  ['a row without the critical gaps', summary({ ...clean, criticalGapsCount: undefined })],
  ['a row whose errors are null', summary({ ...clean, errorValidationsCount: null })],
  ['one usable row and one that is not', summary(clean, {})],
  ['a count that is text', summary({ ...clean, warningGapsCount: 'many' })],
] as const) {
  test(`${what}: nothing is known`, () => {
    assert.equal(read(members).counts, undefined)
  })
}

test('a run that has just begun is running, without a status and without a percentage', () => {
  const result = toResult(wireAssessment.parse({ status: null, discoveryProgress: null }))

  assert.deepEqual(result, { state: 'running', percent: undefined, counts: undefined, findings: [] })
})

test('the percentage is that of the discovery', () => {
  assert.equal(read({ status: 'IN_PROGRESS', discoveryProgress: { percentageComplete: 37 } }).percent, 37)
  assert.equal(read({ discoveryProgress: { percentageComplete: 130 } }).percent, 100)
})

const domain = { id: 'd', name: 'm01', type: 'MANAGEMENT' }

test('a run names each resource with its check sets and nothing more, and leaves out those without', () => {
  const body = runBody(
    {
      queryId: 'q',
      resources: [
        { type: 'VCENTER', id: 'v', name: 'vc01', domain, checkSetIds: ['a', 'b'] },
        { type: 'CLUSTER', id: 'c', name: 'cl01', domain: { id: 'd', name: '', type: '' }, checkSetIds: ['a'] },
        { type: 'SDDC_MANAGER', id: 's', name: 'sddc', domain, checkSetIds: [] },
      ],
    },
    '5.2.1.0',
  )

  assert.deepEqual(body, {
    queryId: 'q',
    resources: [
      {
        resourceName: 'vc01',
        resourceId: 'v',
        resourceType: 'VCENTER',
        domain: { domainId: 'd', domainName: 'm01', domainType: 'MANAGEMENT' },
        checkSets: [{ checkSetId: 'a' }, { checkSetId: 'b' }],
      },
      { resourceName: 'cl01', resourceId: 'c', resourceType: 'CLUSTER', domain: { domainId: 'd' }, checkSets: [{ checkSetId: 'a' }] },
    ],
    metadata: { targetVersion: '5.2.1.0' },
  })
})

test('a run without anything to check is refused before it is sent', async (context) => {
  const server = await startFixture(context, () => undefined)
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.runChecks({ queryId: 'q', resources: [] }, '5.2.1.0'), { kind: 'refused', nothingSent: true })

  assert.deepEqual(server.seen, [])
})

test('a query asks for the whole domain, or for the target versions given', async (context) => {
  const answer = {
    queryId: 'q',
    resources: [
      {
        resourceType: 'VCENTER',
        resourceId: 'v',
        resourceName: 'vc01',
        resourceVersion: '8.0.3',
        domain: { domainId: 'd', domainName: 'm01', domainType: 'MANAGEMENT' },
        checkSets: [{ checkSetId: 'a', checkSetName: 'n', checkSetType: 'UPGRADE' }],
      },
      { resourceType: 'CLUSTER', resourceId: 'c', resourceName: null, domain: null, checkSets: null },
    ],
  }
  const server = await startFixture(context, ({ path }) => (path.endsWith('/queries') ? { json: answer } : undefined))
  const vcf = await clientOf(context, server)

  const whole = await vcf.queryChecks('d')
  await vcf.queryChecks('d', [{ resourceType: 'VCENTER', resourceId: 'v', version: '8.0.3.00300' }])

  assert.deepEqual(whole, {
    queryId: 'q',
    resources: [
      { type: 'VCENTER', id: 'v', name: 'vc01', domain, checkSetIds: ['a'] },
      { type: 'CLUSTER', id: 'c', name: 'c', domain: { id: 'd', name: '', type: '' }, checkSetIds: [] },
    ],
  })
  const bodies = server.seen.filter(({ path }) => path.endsWith('/queries')).map(({ body }) => JSON.parse(body))
  assert.deepEqual(bodies, [
    { checkSetType: 'UPGRADE', domains: [{ domainId: 'd' }] },
    {
      checkSetType: 'UPGRADE',
      domains: [{ domainId: 'd', resources: [{ resourceType: 'VCENTER', resourceId: 'v', resourceTargetVersion: '8.0.3.00300' }] }],
    },
  ])
})

test('runs of the domain come newest first, and a run without a target has none', async (context) => {
  const runs = [
    {
      id: 'old',
      state: 'COMPLETED_WITH_SUCCESS',
      timestamp: 1_000,
      domainInputs: [{ domainId: 'd' }],
      metadata: { targetVersion: '5.2.1.0' },
    },
    { id: 'other', state: 'IN_PROGRESS', timestamp: 4_000, domainInputs: [{ domainId: 'w' }] },
    { id: 'new', state: 'IN_PROGRESS', timestamp: 3_000, domainInputs: null, metadata: null },
    { id: 'general', state: 'FAILED', timestamp: 2_000, metadata: { targetVersion: 'General Upgrade Readiness' } },
  ]
  const server = await startFixture(context, ({ path }) => (path === '/v1/system/check-sets?domainId=d' ? { json: runs } : undefined))
  const vcf = await clientOf(context, server)

  assert.deepEqual(await vcf.checkRuns('d'), [
    { id: 'new', startedAt: 3_000, running: true, target: undefined },
    { id: 'general', startedAt: 2_000, running: false, target: undefined },
    { id: 'old', startedAt: 1_000, running: false, target: '5.2.1.0' },
  ])
})
