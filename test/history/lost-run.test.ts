import assert from 'node:assert/strict'
import test from 'node:test'
import { eventsOf } from '../../server/history/events.ts'
import { lostRunOf } from '../../server/history/lost-run.ts'
import { managementId, workloadId } from '../store/records.ts'
import { stations } from './facts.ts'

/** What the history holds after so many stations of a run. */
const after = (count: number) =>
  stations(managementId)
    .slice(0, count)
    .flatMap(eventsOf)
    .map((event) => ({ ...event, hash: '' }))

test('of a lost run the history knows the id and what was requested without an end, until the run has ended', () => {
  assert.deepEqual(lostRunOf([], managementId), { requested: [] })
  assert.deepEqual(lostRunOf(after(4), managementId), { run: 'run-1', requested: [] })
  assert.deepEqual(lostRunOf(after(5), managementId), { run: 'run-1', requested: ['VCENTER'] })
  assert.deepEqual(lostRunOf(after(6), managementId), { run: 'run-1', requested: [] }, 'it failed')
  assert.deepEqual(lostRunOf(after(9), managementId), { requested: [] }, 'it ended')
  assert.deepEqual(lostRunOf(after(5), workloadId), { requested: [] })
})

test('a run that was forgotten is told once, with who forgot it, whether or not another run has begun', () => {
  const [first] = stations(managementId, 'run-2')
  const forgotten = { by: { id: 'u1', name: 'Olga' }, at: 5, run: 'run-1', requested: [] }
  const { run: _, ...resting } = first!.facts
  const domain = { id: managementId, name: 'vcf-m01' }
  const told = { event: 'ended', at: 5, run: 'run-1', domain, outcome: 'forgotten', by: forgotten.by }

  assert.deepEqual(eventsOf({ ...first!, facts: { ...resting, forgotten } }), [told])
  assert.deepEqual(eventsOf({ ...first!, facts: { ...first!.facts, forgotten } }).slice(0, 1), [told])
})
