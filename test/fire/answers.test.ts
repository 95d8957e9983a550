import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { tapes } from './courses.ts'
import { fire } from './fire.ts'
import { drafts, runWhole } from './whole-run.ts'

test('no wrong answer crashes anything, counts as success, is repeated as a request or outgrows its bounds: a sample', async (context) => {
  const { delivered, byQuestion, wrongs } = await fire({ tapes: await tapes('few', 1), answers: 300, seed: 20_260_101 })

  assert.deepEqual(wrongs, [])
  assert.ok(byQuestion.size > 40, `${byQuestion.size} kinds of questions`)
  context.diagnostic(`${delivered} wrong answers`)
})

test('an upgrade in which answers are wrong ends in proof or waits for a person: a sample', async () => {
  const property = fc.asyncProperty(drafts, fc.gen(), async (draft, draw) => {
    const { wrongs } = await runWhole(draft, draw)

    assert.deepEqual(wrongs, [])
  })

  await fc.assert(property, { seed: 20_260_101, numRuns: 2, endOnFailure: true })
})
