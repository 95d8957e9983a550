import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { failureModesPage } from '../../docs/failure-modes.ts'
import { scenarioNames } from '../../server/simulator/scenarios.ts'
import { failureModes, invisible } from './modes.ts'

test('there are 32 failure modes, each with scenarios that exist or a word why the API does not show it', () => {
  assert.deepEqual(
    Object.keys(failureModes).map(Number),
    Array.from({ length: 32 }, (_, i) => i + 1),
  )
  for (const [number, { scenarios, found }] of Object.entries(failureModes)) {
    for (const scenario of scenarios) assert.ok(scenarioNames.includes(scenario), `${number}: ${scenario}`)
    assert.equal(scenarios.length === 0, found.startsWith(invisible), number)
  }
})

test('docs/failure-modes.md is that table', () => {
  const committed = readFileSync(new URL('../../docs/failure-modes.md', import.meta.url), 'utf8')

  assert.equal(committed, failureModesPage(), 'run `npm run failure-modes` and commit docs/failure-modes.md')
})
