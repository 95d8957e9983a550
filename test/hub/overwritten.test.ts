/** Administrators may write and delete any state: what is shown of an upgrade is put right again. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { newContext } from '../../demo/hub/states.ts'
import { aHouse, status } from './house.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()
const quick = { lookAfterMs: 50 }
const findings = 'sensor.vcf_m01_precheck_findings'
const gate = viewOf('vcf-m01', 'waiting_for_alert_acknowledgement', {
  precheck: { percent: 100, errors: 0, warnings: 1, gaps: 0, digest: 'abc' },
  findings: [{ severity: 'warning', resources: ['vc01'], text: 'No backup' }],
})
const said = /Changed or deleted in Home Assistant by somebody else/

test('a phase that somebody overwrote is put right, and said in one line', async () => {
  const { hub: shown, log } = await house.connected(quick)
  shown.publish(gate)
  await until('it waits', () => house.state() === 'waiting_for_alert_acknowledgement')
  const { attributes } = house.hub.house.states.get(status)!

  house.hub.house.states.set(status, 'successfully_completed', {}, newContext())
  await until('it is put right', () => house.state() === 'waiting_for_alert_acknowledgement')

  assert.deepEqual(house.hub.house.states.get(status)?.attributes, attributes)
  assert.equal(log.filter((line) => said.test(line) && line.includes(status)).length, 1)
})

test('what somebody deleted is there again, and findings that were gone for a while ask anew', async () => {
  const { hub: shown, presses } = await house.connected(quick)
  shown.publish(gate)
  await until('they are shown', () => house.state(findings) === '1' && house.state() === 'waiting_for_alert_acknowledgement')

  house.hub.house.states.remove(findings)
  await until('they are there again', () => house.state(findings) === '1')
  await elapse(50)
  house.hub.press('olga', 'input_button.vcf_m01_acknowledge_alerts')
  await until('it was heard', () => presses.length === 1)

  assert.equal(presses[0]!.shown, 'abc')
})

test('what this server writes itself is no reason to write again', async () => {
  const { hub: shown, log } = await house.connected(quick)
  let writes = 0
  house.hub.house.states.onChange(({ entity_id }) => {
    if (entity_id === status) writes++
  })
  for (const phase of ['running_prechecks', 'evaluating_prechecks', 'prechecks_done'] as const) {
    shown.publish(viewOf('vcf-m01', phase))
    await elapse(120)
  }

  assert.equal(writes, 3)
  assert.deepEqual(
    log.filter((line) => said.test(line)),
    [],
  )
})
