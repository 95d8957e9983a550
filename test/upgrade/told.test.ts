/** What is told again: the newest line is what was told last, and nothing that was told is lost. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { UpgradeFacts } from '../../server/ports/facts.ts'
import { noFacts, withLog, withTold } from '../../server/upgrade/facts.ts'
import { afterTargetChoice } from '../../server/upgrade/target-choice.ts'
import { lostFacts } from '../death/growth.ts'

const run = {
  id: 'r',
  startedAt: 0,
  startedBy: { id: 'o', name: 'Olga' },
  from: '5.2.0.0',
  target: '5.2.1.0',
  bom: {},
  bundles: [],
  steps: [],
  percent: 0,
}
const refused = { level: 'warning', text: 'refused' } as const
const begun = withLog({ ...noFacts(0), run }, [{ level: 'info', text: 'started' }], 1_000)
const told = withLog(withTold(begun, refused, 2_000), [{ level: 'info', text: 'downloads' }], 3_000)
const texts = ({ log }: UpgradeFacts) => log.map(({ text }) => text)

function losses(before: UpgradeFacts, after: UpgradeFacts): readonly string[] {
  const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
  return lostFacts({ domain, facts: before }, { domain, facts: after }, { retries: 0, wasArchived: () => false, wasSent: () => true })
}

test('a line that is told again is the newest one, with its number, its time, and the first time', () => {
  const twice = withTold(told, refused, 4_000)
  const often = withTold(twice, { ...refused, times: 3 }, 5_000)

  assert.deepEqual(texts(twice), ['started', 'downloads', 'refused'])
  assert.deepEqual(twice.log.at(-1), { at: 4_000, ...refused, times: 2, since: 2_000 })
  assert.deepEqual(often.log.at(-1), { at: 5_000, ...refused, times: 5, since: 2_000 })
})

test('nothing is lost by that; a line that is gone, or of which the first time or the number is gone, would be noticed', () => {
  const twice = withTold(told, refused, 4_000)
  const newest = twice.log.at(-1)!
  const instead = (line: object) => ({ ...twice, log: [...twice.log.slice(0, -1), { ...newest, ...line }] })

  assert.deepEqual(losses(told, twice), [])
  assert.deepEqual(losses(told, withTold(twice, refused, 5_000)), [])
  assert.equal(losses(told, { ...twice, log: twice.log.slice(0, -1) })[0], 'lost: the line "refused"')
  assert.equal(losses(told, instead({ since: 3_500 }))[0], 'lost: the line "refused"')
  assert.deepEqual(losses(twice, instead({ times: 1 })), ['lost: the line "refused"'])
  assert.deepEqual(losses(told, { ...twice, log: twice.log.toSpliced(0, 1) }), ['lost: the line "started"', 'lost: the line "downloads"'])
})

test('each choice of a target release is a line of its own, whatever was chosen before', () => {
  const olga = { id: 'o', name: 'Olga' }
  const chosen = ['5.2.2.0', '5.2.1.0', '5.2.2.0'].reduce(
    (facts, release, n) => afterTargetChoice(facts, release, olga, 'next', n * 1_000),
    noFacts(0),
  )

  assert.deepEqual(
    chosen.log.map(({ at, text, times }) => [at, text.slice(0, 7), times]),
    [
      [0, '5.2.2.0', undefined],
      [1_000, '5.2.1.0', undefined],
      [2_000, '5.2.2.0', undefined],
    ],
  )
})
