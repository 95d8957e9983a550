import assert from 'node:assert/strict'
import test from 'node:test'
import type { Evaluation } from '../../server/ports/gate-facts.ts'
import { errorsWereHidden, type FirstPress, judge } from '../../server/upgrade/gate.ts'
import type { Finding } from '../../shared/upgrade.ts'

const olga = { id: 'olga', name: 'Olga' }
const otto = { id: 'otto', name: 'Otto' }
const error: Finding = { severity: 'error', resources: ['esx01'], text: 'Disk is full', remediation: 'Make room' }
const warning: Finding = { severity: 'warning', resources: ['esx02'], text: 'Time differs' }
const findings = (patch: Partial<Evaluation>): Evaluation => ({
  at: 0,
  errors: 0,
  warnings: 0,
  gaps: 0,
  findings: [],
  digest: 'd1',
  ...patch,
})
const withErrors = findings({ errors: 1, findings: [error] })
const first: FirstPress = { by: olga, at: 100_000, digest: 'd1' }

test('warnings pass with one press', () => {
  const verdict = judge(findings({ warnings: 1, findings: [warning] }), { by: olga, at: 0, shown: 'd1' }, undefined)

  assert.deepEqual(verdict, { passes: true, how: 'pressed' })
})

test('errors do not pass with one press', () => {
  assert.deepEqual(judge(withErrors, { by: olga, at: 100_000, shown: 'd1' }, undefined), { passes: false, because: 'first press' })
})

test('errors that VCF only counts cannot be overridden here', () => {
  const counted = findings({ errors: 7, gaps: 2, findings: [error, { ...error, resources: ['esx03', 'esx04'], text: 'No room' }] })

  assert.ok(errorsWereHidden(counted))
  assert.deepEqual(judge(counted, { by: olga, at: 0, shown: 'd1' }, first), { passes: false, because: 'errors were not shown' })
})

test('our own findings do not stand for what VCF counts', () => {
  const own: Finding = { severity: 'error', resources: ['a', 'b', 'c'], text: 'Expired', source: 'Pre-flight: credentials' }

  assert.ok(errorsWereHidden(findings({ errors: 2, findings: [own] })))
  assert.ok(!errorsWereHidden(findings({ errors: 2, findings: [own, error] })))
})

test('a finding stands for each of its resources', () => {
  const resources = Array.from({ length: 20 }, (_, i) => `esx${i}`)

  assert.ok(!errorsWereHidden(findings({ errors: 20, findings: [{ ...error, resources }] })))
  assert.ok(errorsWereHidden(findings({ errors: 21, findings: [{ ...error, resources }] })))
})

test('critical gaps block like errors', () => {
  const gaps = findings({ gaps: 1, findings: [error] })

  assert.deepEqual(judge(gaps, { by: olga, at: 0, shown: 'd1' }, undefined), { passes: false, because: 'first press' })
})

for (const [after, expected] of [
  [0, { passes: false, because: 'too quick' }],
  [999, { passes: false, because: 'too quick' }],
  [1_000, { passes: true, how: 'overridden' }],
  [300_000, { passes: true, how: 'overridden' }],
  [300_001, { passes: false, because: 'first press' }],
] as const) {
  test(`a second press of the same person ${after} ms later: ${'how' in expected ? expected.how : expected.because}`, () => {
    assert.deepEqual(judge(withErrors, { by: olga, at: first.at + after, shown: 'd1' }, first), expected)
  })
}

test('two presses of two people override nothing', () => {
  assert.deepEqual(judge(withErrors, { by: otto, at: first.at + 5_000, shown: 'd1' }, first), { passes: false, because: 'first press' })
})

test('a second press on other findings overrides nothing', () => {
  assert.deepEqual(judge({ ...withErrors, digest: 'd2' }, { by: olga, at: first.at + 5_000, shown: 'd2' }, first), {
    passes: false,
    because: 'first press',
  })
})

for (const shown of ['d0', undefined]) {
  test(`a press when ${shown ? 'other findings were' : 'nothing was'} shown passes neither warnings nor errors, and is no first press`, () => {
    const expected = { passes: false, because: 'other findings' } as const

    assert.deepEqual(judge(findings({ warnings: 1, findings: [warning] }), { by: olga, at: 0, shown }, undefined), expected)
    assert.deepEqual(judge(withErrors, { by: olga, at: first.at + 5_000, shown }, first), expected)
  })
}

test('errors that nobody was shown cannot be overridden', () => {
  const counted = findings({ errors: 1, findings: [warning] })
  const tooMany = findings({
    errors: 200,
    findings: Array.from({ length: 200 }, (_, i) => ({ ...error, text: `${i} ${'x'.repeat(290)}` })),
  })

  assert.equal(errorsWereHidden(withErrors), false)
  assert.equal(errorsWereHidden(findings({ errors: 1, findings: [{ ...error, source: 'Pre-flight: backup' }] })), false)
  const besideOurs = findings({ errors: 2, findings: [{ ...error, source: 'Pre-flight: backup' }] })
  for (const evaluation of [counted, tooMany, besideOurs]) {
    assert.deepEqual(judge(evaluation, { by: olga, at: first.at + 5_000, shown: 'd1' }, first), {
      passes: false,
      because: 'errors were not shown',
    })
  }
})
