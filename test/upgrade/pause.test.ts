import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run, Step, UpgradeFacts } from '../../server/ports/facts.ts'
import { noFacts } from '../../server/upgrade/facts.ts'
import { afterPause, afterPauseAsked, isToPause, mayBePaused } from '../../server/upgrade/pause.ts'
import { phases } from '../../shared/upgrade.ts'

const by = { id: 'olga', name: 'Olga' }
const step: Step = {
  ...{ component: 'VCENTER', resource: 'vc01', resourceId: 'd', from: '8.0.2', to: '8.0.3', before: [], attempt: 1 },
  request: { component: 'VCENTER', bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' } },
}
const done: Step = { ...step, requestedAt: 1, upgradeId: 'u', outcome: 'done', finishedAt: 50 }
const failed: Step = { ...done, outcome: 'failed' }
const running: Step = { ...step, requestedAt: 1, upgradeId: 'u' }

function facts(steps: readonly Step[], more: Partial<Run> = {}): UpgradeFacts {
  const run: Run = { ...{ id: 'r', startedAt: 0, startedBy: by, from: '1', target: '2', bom: {}, bundles: [], percent: 0 }, steps, ...more }
  return { ...noFacts(0), phase: { name: 'upgrading_vcenter', since: 0 }, run }
}
const asked = (steps: readonly Step[], at: number) => facts(steps, { ending: { what: 'pause', by, at } })

test('a run can be paused from the first component to the last, while nothing else stops it', () => {
  const can = phases.filter((name) => mayBePaused({ ...facts([running]), phase: { name, since: 0 } }))

  assert.deepEqual(can, ['starting_upgrades', 'upgrading_sddc_manager', 'upgrading_nsx', 'upgrading_vcenter', 'upgrading_esx'])
  assert.equal(mayBePaused(asked([running], 1)), false)
  assert.equal(mayBePaused(facts([running], { ending: { what: 'cancel', by, at: 1 } })), false)
  assert.equal(mayBePaused(facts([done], { finished: { at: 1, outcome: 'cancelled' } })), false)
})

test('it waits when VCF works on nothing of the run; a step that failed under the pause is repeated first', () => {
  assert.equal(isToPause(asked([], 10)), true, 'before the first component')
  assert.equal(isToPause(asked([running], 10)), false, 'VCF works')
  assert.equal(isToPause(asked([{ ...running, succeededAt: 9 }], 10)), false, 'not proven yet')
  assert.equal(isToPause(asked([done], 10)), true)
  assert.equal(isToPause(asked([done, step], 10)), true, 'opened, not requested')
  assert.equal(isToPause(asked([failed], 10)), false, 'failed after the pause was asked for')
  assert.equal(isToPause(asked([failed, step], 10)), false, 'its next attempt')
  assert.equal(isToPause(asked([failed], 60)), true, 'pressed after Retry, before anything is requested')
  assert.equal(isToPause(facts([done])), false)
})

test('a step that was opened and not requested is planned anew after a pause', () => {
  const { run, log } = afterPause(afterPauseAsked(facts([done, step]), by, 60), 60)

  assert.deepEqual(run!.steps, [done])
  assert.deepEqual([run!.ending, run!.halt?.reason], [undefined, 'paused'])
  assert.match(log[0]!.text, /^Pause by Olga: the run waits now/)
})
