import assert from 'node:assert/strict'
import test from 'node:test'
import { createLane, type Lane } from '../../server/hub/lane.ts'
import type { DomainView } from '../../shared/view.ts'
import { StepClock } from '../support/step-clock.ts'
import { viewOf } from './views.ts'

const every = 10_000

/** An open lane that writes whatever is due at once. */
function busyLane(): { clock: StepClock; lane: Lane; written: DomainView[] } {
  const clock = new StepClock()
  const written: DomainView[] = []
  const lane = createLane(clock, every, () => {
    for (let view = lane.take(); view; view = lane.take()) written.push(view)
  })
  lane.open()
  return { clock, lane, written }
}

const running = (more: Partial<DomainView> = {}) => viewOf('m01', 'upgrading_esx', more)

/** A step whose numbers creep. */
const creeping = (percent: number): Partial<DomainView> => ({
  steps: [
    { component: 'ESX_HOST', resource: 'c1', from: '1', to: '2', state: 'running', percent, detail: `${percent} %`, done: 1, total: 4 },
  ],
})

test('no phase is left out, however many are put at once', () => {
  const clock = new StepClock()
  const lane = createLane(clock, every, () => {})
  lane.open()
  const phases = ['running_prechecks', 'evaluating_prechecks', 'running_prechecks', 'failed'] as const

  for (const phase of phases) lane.put(viewOf('m01', phase))

  assert.deepEqual(
    [lane.take(), lane.take(), lane.take(), lane.take(), lane.take()].map((view) => view?.phase),
    [...phases, undefined],
  )
})

test('of the views of one phase that wait the last is written', () => {
  const lane = createLane(new StepClock(), every, () => {})
  lane.open()

  lane.put(running({ percent: 1 }))
  lane.put(running({ percent: 2 }))

  assert.equal(lane.take()?.percent, 2)
  assert.equal(lane.take(), undefined)
})

test('numbers that creep within a phase are thinned out, and the last of them is not lost', async () => {
  const { clock, lane, written } = busyLane()

  for (let second = 0; second < 25; second++) {
    lane.put(running(creeping(second)))
    await clock.advance(1_000)
  }
  await clock.advance(every)

  assert.deepEqual(
    written.map(({ steps }) => steps[0]?.percent),
    [0, 9, 19, 24],
  )
})

test('what a person must see does not wait', () => {
  const { lane, written } = busyLane()
  const material: Partial<DomainView>[] = [
    {},
    { percent: 41 },
    { steps: [{ component: 'ESX_HOST', resource: 'c1', from: '1', to: '2', state: 'done' }] },
    { log: [{ at: 1, level: 'info', text: 'Something' }] },
    { log: [{ at: 2, level: 'info', text: 'Something' }] },
    { accepts: ['cancel'] },
    { halt: { reason: 'limit', text: 'Too long', retryable: true } },
    { attention: 'You' },
    { findings: [{ severity: 'error', resources: [], text: 'Bad' }] },
    { precheck: { errors: 1, override: { by: 'Olga', until: 5 } } },
    { unreachableSince: 1 },
    { overdueSince: 1 },
    { ending: { what: 'cancel', by: 'Olga', at: 1 } },
    { since: 7 },
  ]

  for (const more of material) lane.put(running(more))

  assert.equal(written.length, material.length)
})

test('a fraction of a percent is not material', () => {
  const { lane, written } = busyLane()

  lane.put(running({ percent: 41.2 }))
  lane.put(running({ percent: 41.9 }))

  assert.equal(written.length, 1)
})

test('a closed lane keeps the newest view alone and leaves no timer', async () => {
  const { clock, lane, written } = busyLane()
  lane.put(running(creeping(1)))
  lane.put(running(creeping(2)))

  lane.close()
  lane.put(viewOf('m01', 'failed'))
  lane.put(viewOf('m01', 'cancelled'))
  await clock.advance(2 * every)
  const whileClosed = written.length
  lane.open()

  assert.equal(whileClosed, 1)
  assert.deepEqual(
    written.map(({ phase }) => phase),
    ['upgrading_esx', 'cancelled'],
  )
  assert.equal(clock.pending, 0)
})
