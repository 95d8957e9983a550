import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { whoMayPressPage } from '../../docs/who-may-press.ts'

test('docs/who-may-press.md is the table that the journey proves', () => {
  const committed = readFileSync(new URL('../../docs/who-may-press.md', import.meta.url), 'utf8')

  assert.equal(committed, whoMayPressPage(), 'run `npm run who-may-press` and commit docs/who-may-press.md')
})
