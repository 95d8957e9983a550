import assert from 'node:assert/strict'
import { hour, olga, type Rehearsal } from '../support/rehearsal.ts'
import { mode } from './mode.ts'

async function atTheGate(r: Rehearsal): Promise<Rehearsal> {
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  return r
}

/** One press does not pass, and time alone does not either. */
async function holds(r: Rehearsal): Promise<void> {
  await r.press('acknowledge', olga)
  await r.advance(hour)
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.deepEqual(r.posts(), [])
}

mode(14, 'before the hosts of that cluster the run waits for a person, who confirms the order with Retry', async (incident) => {
  const r = await incident.rehearse('stretched-cluster', { done: ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] })

  await r.press('start', olga)
  await r.until('waiting_for_operator')
  await r.advance(8 * hour)
  assert.equal(r.view().phase, 'waiting_for_operator')
  assert.deepEqual(r.posts(), [])
  await r.press('retry', olga)

  await r.until('upgrading_esx', { within: hour })
})

mode(16, 'errors at the gate before anything is requested; gone once somebody has set it right', async (incident) => {
  const expired = await atTheGate(await incident.rehearse('password-expired', { done: [] }))
  await holds(expired)
  await expired.advance(5 * hour)
  await expired.press('retry', olga)
  await expired.until('upgrading_sddc_manager', { within: 2 * hour })

  const stuck = await atTheGate(await incident.rehearse('credential-task-stuck', { done: [] }))
  await stuck.advance(hour)
  assert.equal(stuck.view().phase, 'waiting_for_alert_acknowledgement')
  assert.deepEqual(stuck.posts(), [])
})

mode(20, 'findings at the gate before anything is requested; gone once somebody has set it right', async (incident) => {
  const failed = await atTheGate(await incident.rehearse('workflow-failed', { done: [] }))
  await failed.advance(9 * hour)
  await failed.press('retry', olga)
  await failed.until('upgrading_sddc_manager', { within: 2 * hour })

  await holds(await atTheGate(await incident.rehearse('workflow-running', { done: [] })))

  await holds(await atTheGate(await incident.rehearse('resource-in-error', { done: [] })))
})

mode(28, 'a finding at the gate; once NSX is stable Retry goes on', async (incident) => {
  const r = await incident.rehearse('nsx-slow-recovery', { done: [] })
  await atTheGate(r)

  await r.advance(hour)
  await r.press('retry', olga)

  await r.until('upgrading_sddc_manager', { within: 2 * hour })
})

mode(24, 'it cannot be seen; a remark beside the findings says so to whoever has a federation', async (incident) => {
  const r = await incident.rehearse('warnings', { done: ['SDDC_MANAGER'] })

  await atTheGate(r)
})
