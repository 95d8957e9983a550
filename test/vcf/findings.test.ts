import assert from 'node:assert/strict'
import test from 'node:test'
import { toResult } from '../../server/vcf/checks.ts'
import { wireAssessment } from '../../server/vcf/wire-checks.ts'

function read(members: object) {
  return toResult(wireAssessment.parse({ status: 'COMPLETED_WITH_SUCCESS', ...members }))
}

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
  ['no grade at all', { message: 'The run broke off' }, 'error'],
  ['a code that ends in .info and nothing else', { errorCode: 'SOMETHING.info', message: 'Done' }, undefined],
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

test('a finding with a code of its own names it once, though both trees tell it', () => {
  const elm = { errorCode: 'BREAK_ELM', message: 'Not joined.', context: { severity: 'ERROR', validationName: 'ELM' } }

  const { findings } = read({
    validationResult: { errorCode: 'SUMMARY.info', nestedErrors: [elm] },
    physicalPresentedData: {
      name: 'vc01',
      childEntities: [{ name: 'ELM', classifications: [{ type: 'x', value: 'ERROR', description: 'Not joined.' }] }],
    },
  })

  assert.deepEqual(
    findings.map(({ text }) => text),
    ['ELM: Not joined. (BREAK_ELM)'],
  )
})

test('of more findings than anybody reads the gravest are listed, and how many are not', () => {
  const many = Array.from({ length: 100_000 }, (_, at) =>
    checked('one check', { severity: at < 99_000 ? 'WARNING' : 'ERROR' }, { message: `m${at}` }),
  )

  const { findings } = read({ validationResult: { nestedErrors: many } })

  assert.equal(findings.length, 2_001)
  assert.equal(findings.filter(({ severity }) => severity === 'error').length, 1_000)
  assert.match(findings.at(-1)!.text, /^98000 more findings are not listed here\./)
  assert.equal(findings.at(-1)!.severity, 'warning')
})
