import assert from 'node:assert/strict'
import test from 'node:test'
import type { CheckResult } from '../../server/ports/vcf-checks.ts'
import type { BundleState, ReleaseValidation, WorkState } from '../../server/ports/vcf-words.ts'
import { bundleState, checkState, isOver, isUnderWay, validationState, workState } from '../../server/vcf/states.ts'

/** Every status word of the API documents and of the field reports, by what it means. */
const work: Readonly<Record<WorkState, readonly string[]>> = {
  running: [
    'PENDING',
    'Pending',
    'SCHEDULED',
    'DRAFT',
    'INPROGRESS',
    'IN_PROGRESS',
    'In Progress',
    'CANCELLATION_IN_PROGRESS',
    'QUANTUM',
    '',
  ],
  succeeded: ['COMPLETED', 'COMPLETED_WITH_SUCCESS', 'SUCCESS', 'SUCCESSFUL', 'Successful', 'SUCCEEDED'],
  'succeeded with warnings': ['COMPLETED_WITH_WARNING', 'COMPLETED_WITH_WARNINGS', 'SKIPPED'],
  failed: ['COMPLETED_WITH_FAILURE', 'FAILED', 'Failed'],
  cancelled: ['CANCELLED', 'Cancelled'],
}
const bundles: Readonly<Record<BundleState, readonly string[]>> = {
  available: ['PENDING', 'AVAILABLE'],
  running: ['SCHEDULED', 'IN_PROGRESS', 'INPROGRESS', 'VALIDATING', 'QUANTUM'],
  downloaded: ['SUCCESSFUL', 'SUCCESS'],
  failed: ['FAILED', 'CANCELLED'],
  recalled: ['RECALLED'],
}
const checks: Readonly<Record<CheckResult['state'], readonly (string | undefined)[]>> = {
  running: ['IN_PROGRESS', 'PENDING', '', undefined, 'QUANTUM'],
  completed: ['COMPLETED_WITH_SUCCESS', 'COMPLETED', 'SUCCESSFUL', 'COMPLETED_WITH_WARNINGS'],
  failed: ['COMPLETED_WITH_FAILURE', 'FAILED', 'CANCELLED', 'CANCELED'],
}
const validations: Readonly<Record<ReleaseValidation['state'], readonly (readonly [string, string | undefined])[]>> = {
  running: [
    ['IN_PROGRESS', 'UNKNOWN'],
    ['UNKNOWN', 'UNKNOWN'],
    ['CANCELLATION_IN_PROGRESS', 'CANCELLATION_IN_PROGRESS'],
    ['COMPLETED', 'UNKNOWN'],
    ['COMPLETED', undefined],
    ['QUANTUM', 'SUCCEEDED'],
    ['IN_PROGRESS', 'SUCCEEDED'],
  ],
  passed: [['COMPLETED', 'SUCCEEDED']],
  'passed with warnings': [
    ['COMPLETED', 'FAILED_WITH_WARNINGS'],
    ['COMPLETED', 'WARNING'],
  ],
  failed: [
    ['COMPLETED', 'FAILED'],
    ['FAILED', 'SUCCEEDED'],
    ['CANCELLED', 'UNKNOWN'],
    ['SKIPPED', 'SUCCEEDED'],
    ['COMPLETED', 'CANCELLED'],
  ],
}

for (const [state, words] of Object.entries(work)) {
  test(`an upgrade or task that says ${words.join(', ')} is ${state}`, () => {
    for (const word of words) assert.equal(workState(word), state, word)
  })
}

for (const [state, words] of Object.entries(bundles)) {
  test(`a download that says ${words.join(', ')} is ${state}`, () => {
    for (const word of words) assert.equal(bundleState(word), state, word)
  })
}

for (const [state, words] of Object.entries(checks)) {
  test(`a precheck run that says ${words.join(', ')} is ${state}`, () => {
    for (const word of words) assert.equal(checkState(word), state, word)
  })
}

for (const [state, words] of Object.entries(validations)) {
  test(`a validation that says ${words.map((pair) => pair.join(' and ')).join(', ')} is ${state}`, () => {
    for (const [execution, result] of words) assert.equal(validationState(execution, result), state, `${execution} ${result}`)
  })
}

test('a subtask is over when it ended in any way or does not apply', () => {
  for (const word of ['SUCCESSFUL', 'FAILED', 'NOT_APPLICABLE', 'SKIPPED', 'CANCELLED']) assert(isOver(word), word)
  for (const word of ['PENDING', 'IN_PROGRESS', 'In Progress', undefined]) assert(!isOver(word), word)
})

test('a subtask that has not begun is not under way', () => {
  for (const word of ['IN_PROGRESS', 'In Progress', 'INPROGRESS']) assert(isUnderWay(word), word)
  for (const word of ['PENDING', 'SUCCESSFUL', undefined]) assert(!isUnderWay(word), word)
})
