/** Milestones of a run as events, by MQTT. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { milestonesBetween } from '../../../server/hub/mqtt/milestones.ts'
import type { StepView } from '../../../shared/view.ts'
import { elapse, until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse, phase } from './mqtt-house.ts'

const house = anMqttHouse()
const run = { id: 'run-1', startedAt: 0, startedBy: 'Olga' }
const step = (state: StepView['state']): StepView => ({ component: 'VCENTER', resource: 'vc', from: '8.0.2', to: '8.0.3', state })
const names = (...pair: Parameters<typeof milestonesBetween>) => milestonesBetween(...pair).map(({ event_type }) => event_type)

test('each milestone is told once, when it is passed', () => {
  const idle = viewOf('vcf-m01')
  const started = viewOf('vcf-m01', 'update_process_started', { run, target: '5.2.1.0' })
  const upgrading = viewOf('vcf-m01', 'upgrading_vcenter', { run, steps: [step('running')] })
  const validating = viewOf('vcf-m01', 'final_validation', { run, steps: [step('done')] })
  const failed = viewOf('vcf-m01', 'failed', { run, steps: [step('done')], attention: 'It failed.' })

  assert.deepEqual(milestonesBetween(idle, started), [{ event_type: 'started', run: 'run-1', target: '5.2.1.0' }])
  assert.deepEqual(names(started, started), [])
  assert.deepEqual(names(started, upgrading), [])
  assert.deepEqual(names(upgrading, validating), ['component_done'])
  assert.deepEqual(names(validating, failed), ['failed', 'needs_person'])
  assert.deepEqual(names(failed, viewOf('vcf-m01', 'cancelled', { run, steps: [step('done')] })), ['cancelled'])
})

test('they arrive in order while they happen, and what was missed is not told late', async () => {
  const { hub } = await house.connected()
  const told = () => house.hub.history('event.vcf_m01_milestones').flatMap(({ attributes }) => attributes.event_type ?? [])
  hub.publish(viewOf('vcf-m01', 'update_process_started', { run }))
  hub.publish(viewOf('vcf-m01', 'prechecks_done', { run }))
  await until('both are there', () => told().length >= 2)
  await house.broker.goAway()
  hub.publish(viewOf('vcf-m01', 'failed', { run }))
  await until('it is away', () => house.state(phase) === 'unavailable')
  await house.broker.comeBack()
  await until('it is shown', () => house.state(phase) === 'failed')
  hub.publish(viewOf('vcf-m01', 'cancelled', { run }))
  await until('the next is there', () => told().includes('cancelled'))
  await elapse(50)

  assert.deepEqual(told(), ['started', 'prechecks_done', 'cancelled'])
})
