import assert from 'node:assert/strict'
import { hour, olga, type Rehearsal } from '../support/rehearsal.ts'
import { mode } from './mode.ts'
import { failureModes } from './modes.ts'

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

for (const number of [6, 11, 12]) {
  mode(number, 'an error at the gate: one press does not pass it, Retry looks again', async (incident) => {
    const r = await atTheGate(await incident.rehearse(failureModes[number]!.scenarios[0]!, { done: [] }))

    assert.ok(r.view().precheck!.errors! > 0)
    await holds(r)
    await r.press('retry', olga)

    assert.equal(r.view().phase, 'running_prechecks')
  })
}

mode(15, 'errors at the gate; prechecks without findings after Retry go on by themselves', async (incident) => {
  const r = await atTheGate(await incident.rehearse('vsan-not-ready', { done: [] }))

  await holds(r)
  await r.press('retry', olga)

  await r.until('upgrading_sddc_manager', { within: 2 * hour })
})

mode(
  22,
  'a warning at the gate; after Retry the finding is gone and vCenter, which is there already, is not requested',
  async (incident) => {
    const r = await atTheGate(await incident.rehearse('inventory-out-of-sync', { done: ['SDDC_MANAGER', 'NSX_T_MANAGER'] }))

    await r.press('retry', olga)
    await r.until('upgrading_esx', { within: 3 * hour })

    assert.deepEqual(r.posts(), ['ESX_HOST'])
  },
)
