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

const checked = (name: string, context: object, more: object = {}) => ({
  errorCode: 'BASELINER_CONSTRAINT_VALIDATION.info',
  message: 'Not as it should be',
  context: { validationName: name, ...context },
  ...more,
})

test('a passed run has no findings', () => {
  const { findings } = read({
    validationResult: {
      errorCode: 'BASELINER_TARGET_STATE_VALIDATION.info',
      message: 'Validation finished',
      context: { severity: 'INFO' },
      nestedErrors: [checked('Out-of-band upgrade', { severity: 'INFO', validationStatus: 'VALIDATION_SUCCESSFUL' })],
    },
    physicalPresentedData: {
      name: 'vSphere',
      classifications: [{ type: 'domainType', value: 'MGMT_DOMAIN', source: 'CLASSIFIER' }],
      childEntities: [{ name: 'm01', type: 'domain', properties: { domainId: 'd' }, classifications: null, childEntities: null }],
    },
  })

  assert.deepEqual(findings, [])
})

for (const [what, node, severity] of [
  ['severity ERROR', checked('x', { severity: 'ERROR', validationStatus: 'VALIDATION_FAILED' }), 'error'],
  ['severity CRITICAL', checked('x', { severity: 'CRITICAL' }), 'error'],
  ['severity WARNING', checked('x', { severity: 'WARNING' }), 'warning'],
  ['severity OPTIONAL', checked('x', { severity: 'OPTIONAL' }), 'info'],
  ['an error code that ends in .error', checked('x', {}, { errorCode: 'SOMETHING.error' }), 'error'],
  ['an error code that ends in .warning', checked('x', {}, { errorCode: 'SOMETHING.warning' }), 'warning'],
  ['a failed status alone', checked('x', { validationStatus: 'VALIDATION_FAILED' }), 'error'],
  ['severity INFO and a failed status', checked('x', { severity: 'INFO', validationStatus: 'VALIDATION_FAILED' }), 'error'],
  ['a silenced error', checked('x', { severity: 'ERROR', validationStatus: 'VALIDATION_SILENCED' }), 'info'],
  ['a status nobody knows', checked('x', { severity: 'INFO', validationStatus: 'VALIDATION_SKIPPED' }), 'info'],
  ['severity ERROR but passed', checked('x', { severity: 'ERROR', validationStatus: 'VALIDATION_SUCCESSFUL' }), undefined],
] as const) {
  test(`a check with ${what} is ${severity ?? 'no finding'}`, () => {
    const { findings } = read({ validationResult: { nestedErrors: [node] } })

    assert.deepEqual(
      findings.map((finding) => finding.severity),
      severity ? [severity] : [],
    )
  })
}

test('checks are found however deep they are nested, errors first', () => {
  const { findings } = read({
    validationResult: {
      context: { severity: 'ERROR' },
      message: 'Validation found problems',
      nestedErrors: [
        { context: { severity: 'WARNING' }, nestedErrors: [checked('Password age', { severity: 'WARNING', resourceName: 'vc01' })] },
        {
          nestedErrors: [
            checked(
              'NTP',
              { severity: 'ERROR', resourceName: 'esx01' },
              { remediationMessage: 'Set NTP.', remediationUrl: 'https://kb/1' },
            ),
          ],
        },
      ],
    },
  })

  assert.deepEqual(findings, [
    { severity: 'error', resources: ['esx01'], text: 'NTP: Not as it should be', remediation: 'Set NTP. https://kb/1' },
    { severity: 'warning', resources: ['vc01'], text: 'Password age: Not as it should be' },
  ])
})

test('a group that is worse than all of its checks is a finding itself', () => {
  const { findings } = read({
    validationResult: {
      errorCode: 'GROUP.error',
      message: 'The target state cannot be reached',
      nestedErrors: [checked('NTP', { severity: 'WARNING' })],
    },
  })

  assert.deepEqual(
    findings.map(({ severity, text }) => [severity, text]),
    [
      ['error', 'The target state cannot be reached'],
      ['warning', 'NTP: Not as it should be'],
    ],
  )
})

const entity = (parent: string, check: string, value: string, description?: string) => ({
  name: parent,
  childEntities: [{ name: check, classifications: [{ type: 'status', value, description, source: 'CLASSIFIER' }] }],
})

test('in the tree of entities a check is named below its resource', () => {
  const { findings } = read({
    physicalPresentedData: {
      name: 'vSphere',
      childEntities: [entity('esx01', 'NTP', 'VALIDATION_ERROR', 'The clock is wrong'), entity('vc01', 'Backup', 'WARNING', 'Too old')],
    },
  })

  assert.deepEqual(findings, [
    { severity: 'error', resources: ['esx01'], text: 'NTP: The clock is wrong' },
    { severity: 'warning', resources: ['vc01'], text: 'Backup: Too old' },
  ])
})

test('a resource that inherits what is below it is not listed a second time', () => {
  const { findings } = read({
    physicalPresentedData: {
      ...entity('esx01', 'NTP', 'ERROR', 'The clock is wrong'),
      classifications: [{ value: 'ERROR', description: 'something below', source: 'INHERITED' }],
    },
  })

  assert.equal(findings.length, 1)
})

test('a resource with a finding of its own is listed', () => {
  const { findings } = read({
    physicalPresentedData: {
      ...entity('esx01', 'NTP', 'OK'),
      classifications: [{ value: 'FAILED', description: 'Not reachable', source: 'CLASSIFIER' }],
    },
  })

  assert.deepEqual(findings, [{ severity: 'error', resources: ['esx01'], text: 'Not reachable' }])
})

test('what several resources or both trees say alike is one finding', () => {
  const { findings } = read({
    validationResult: {
      nestedErrors: [
        checked('NTP', { severity: 'ERROR', resourceName: 'esx01' }, { remediationMessage: 'Set NTP.' }),
        checked('NTP', { severity: 'ERROR', resourceName: 'esx02' }, { remediationMessage: 'Set NTP.' }),
        checked('NTP', { severity: 'WARNING', resourceName: 'esx09' }, { remediationMessage: 'Set NTP.' }),
        checked('NTP', { severity: 'ERROR', resourceName: 'esx08' }, { remediationMessage: 'Replace the clock.' }),
      ],
    },
    physicalPresentedData: {
      name: 'vSphere',
      childEntities: [
        entity('esx02', 'NTP', 'ERROR', 'Not as it should be'),
        entity('esx03', 'NTP', 'ERROR', 'Not as it should be'),
        entity('esx04', 'NTP', 'ERROR'),
      ],
    },
  })

  assert.deepEqual(findings, [
    { severity: 'error', resources: ['esx01', 'esx02', 'esx03', 'esx04'], text: 'NTP: Not as it should be', remediation: 'Set NTP.' },
    { severity: 'error', resources: ['esx08'], text: 'NTP: Not as it should be', remediation: 'Replace the clock.' },
    { severity: 'warning', resources: ['esx09'], text: 'NTP: Not as it should be', remediation: 'Set NTP.' },
  ])
})

test('a problem with the request is an error', () => {
  const { findings } = read({ inputValidationErrors: [{ message: 'No such resource', remediationMessage: 'Query again.' }] })

  assert.deepEqual(findings, [{ severity: 'error', resources: [], text: 'No such resource', remediation: 'Query again.' }])
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
