import assert from 'node:assert/strict'
import test from 'node:test'
import { hour, minute, olga, otto, type Rehearsal, rehearse } from '../support/rehearsal.ts'

async function atTheGate(scenario: string, t: { after(fn: () => Promise<void>): void }): Promise<Rehearsal> {
  const r = await rehearse(scenario)
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  return r
}

test('warnings wait for a person, and the log holds what they need to decide', async (t) => {
  const r = await atTheGate('warnings', t)
  await r.advance(5 * hour)

  const { phase, precheck, findings, accepts, attention, log } = r.view()
  assert.equal(phase, 'waiting_for_alert_acknowledgement')
  assert.deepEqual([precheck?.errors, precheck?.gaps], [0, 0])
  assert.ok(precheck!.warnings! > 0 && findings.length > 0)
  assert.deepEqual(accepts, ['acknowledge', 'retry', 'cancel'])
  assert.match(attention!, /warnings of the prechecks wait/)
  const told = log.find(({ link }) => link)
  assert.match(told!.link!.url, /assessmentId=/)
  assert.equal(told!.details?.length, findings.filter(({ severity }) => severity !== 'info').length)
  assert.equal(log.at(-1)?.text, 'Waiting for acknowledgement')
  assert.deepEqual(
    r.hub.told.map(({ purpose }) => purpose),
    ['started', 'waiting'],
  )
})

test('one press lets warnings pass, and the run completes', async (t) => {
  const r = await atTheGate('warnings', t)

  await r.press('acknowledge', olga)
  await r.until('successfully_completed')

  const phases = r.phases()
  const gate = phases.slice(phases.indexOf('prechecks_done'), phases.indexOf('upgrading_sddc_manager'))
  assert.deepEqual(gate, ['prechecks_done', 'waiting_for_alert_acknowledgement', 'alerts_were_acknowledged', 'starting_upgrades'])
  assert.match(r.log().join('\n'), /warnings acknowledged by Olga/)
})

test('with ignore alerts on, warnings pass without waiting', async (t) => {
  const r = await rehearse('warnings')
  t.after(() => r.close())

  await r.press('ignore_alerts', olga, { on: true })
  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')

  const phases = r.phases()
  assert.deepEqual(phases.slice(phases.indexOf('prechecks_done'), -1), ['prechecks_done', 'alerts_were_acknowledged', 'starting_upgrades'])
  assert.match(r.log().join('\n'), /acknowledged by ignore alerts, turned on by Olga/)
})

test('turning ignore alerts on while waiting lets warnings pass', async (t) => {
  const r = await atTheGate('warnings', t)

  await r.press('ignore_alerts', olga, { on: true })

  await r.until('upgrading_sddc_manager', { within: 5 * minute })
})

test('errors: one press does not go on, the switch does not, two people do not, two presses by one do', async (t) => {
  const r = await atTheGate('errors', t)

  await r.press('ignore_alerts', olga, { on: true })
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)
  assert.deepEqual(r.view().precheck?.override, { by: 'Olga', until: r.clock.now() + 5 * minute })
  await r.advance(10_000)
  await r.press('acknowledge', otto)
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.equal(r.view().precheck?.override?.by, 'Otto')
  await r.advance(500)
  await r.press('acknowledge', otto)
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement', 'a double click overrides nothing')
  await r.advance(10_000)
  await r.press('acknowledge', otto)

  await r.until('upgrading_sddc_manager', { within: 5 * minute })
  assert.match(r.log().join('\n'), /\d+ errors?, \d+ critical gaps? and \d+ warnings? overridden by Otto/)
})

test('a first press lapses after five minutes', async (t) => {
  const r = await atTheGate('errors', t)

  await r.press('acknowledge', olga)
  await r.advance(5 * minute + 1000)
  assert.equal(r.view().precheck?.override, undefined)
  await r.press('acknowledge', olga)

  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
})

test('a first press lapses with a restart', async (t) => {
  const r = await atTheGate('errors', t)

  await r.press('acknowledge', olga)
  await r.restart()
  await r.advance(2_000)
  await r.press('acknowledge', olga)

  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
})

test('an automation never overrides errors, even where automations may press', async (t) => {
  const r = await rehearse('errors', { automationsMayControl: true })
  t.after(() => r.close())

  await r.press('start', undefined)
  await r.until('waiting_for_alert_acknowledgement')
  for (let i = 0; i < 2; i++) {
    await r.press('acknowledge', undefined)
    await r.advance(5_000)
  }

  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.match(r.log().join('\n'), /named person/)
})

test('retry at the gate runs the prechecks again', async (t) => {
  const r = await atTheGate('warnings', t)
  const runs = () => r.simulator.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/system/check-sets').length
  const before = runs()

  await r.press('retry', olga)
  assert.equal(r.view().phase, 'running_prechecks')
  await r.until('waiting_for_alert_acknowledgement')

  assert.ok(runs() > before)
  assert.equal(r.phases().filter((phase) => phase === 'prechecks_done').length, 2)
})

test('prechecks older than a day are run again before components, and the same findings keep their acknowledgement', async (t) => {
  const r = await atTheGate('warnings', t)

  await r.advance(25 * hour)
  await r.press('acknowledge', olga)
  await r.until('upgrading_sddc_manager', { within: 2 * hour })

  const phases = r.phases()
  assert.equal(phases.filter((phase) => phase === 'running_prechecks').length, 2)
  assert.equal(phases.filter((phase) => phase === 'waiting_for_alert_acknowledgement').length, 1)
})

test('cancel at the gate ends the run, and nothing was upgraded', async (t) => {
  const r = await atTheGate('warnings', t)

  await r.press('cancel', olga)

  assert.equal(r.view().phase, 'cancelled')
  assert.deepEqual(r.posts(), [])
  assert.equal(r.hub.told.at(-1)?.purpose, 'finished')
})

test('the gate survives a restart', async (t) => {
  const r = await atTheGate('warnings', t)

  await r.restart()
  await r.advance(minute)
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)

  await r.until('upgrading_sddc_manager', { within: 5 * minute })
})
