import assert from 'node:assert/strict'
import test from 'node:test'
import { isNew, keyOf } from '../../server/upgrade/known-findings.ts'

const text = 'The password has expired.'

test('the same trouble of something else is new; the order of names is not', () => {
  const before = [keyOf({ text, resources: ['vc-m01', 'nsx-m01'] })]

  assert.ok(!isNew({ text, resources: ['nsx-m01', 'vc-m01'] }, before))
  assert.ok(isNew({ text, resources: ['esx-1'] }, before))
  assert.ok(isNew({ text: 'Another.', resources: ['vc-m01', 'nsx-m01'] }, before))
})

test('a record of an older version, which holds bare texts, makes nothing new that was known', () => {
  assert.ok(!isNew({ text, resources: ['vc-m01'] }, [text]))
})
