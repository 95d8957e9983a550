import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { houseDrafts, runHouse } from './house.ts'

test('no wrong message of Home Assistant ends the server, is a press, or keeps it from finding its way back: a sample', async () => {
  const property = fc.asyncProperty(houseDrafts, fc.gen(), async (draft, draw) => {
    const { wrongs } = await runHouse(draft, draw)

    assert.deepEqual(wrongs, [])
  })

  await Promise.all([1, 2, 3, 4].map((seed) => fc.assert(property, { seed, numRuns: 6, endOnFailure: true })))
})
