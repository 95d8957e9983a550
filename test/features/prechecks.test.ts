import assert from 'node:assert/strict'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { hour, minute, olga, otto, rehearse } from '../support/rehearsal.ts'
import { row } from './rows.ts'

const downloaded = ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST'] as const
const found = (severity: 'WARNING' | 'ERROR' | 'CRITICAL'): ScenarioInput => ({
  start: { downloaded },
  findings: [{ severity, on: 'VCENTER', check: 'disk', message: 'The disk of {resource} is nearly full.' }],
})

row(36, 'the percentage shown is the one that SDDC Manager counts, and it moves', async (t, note) => {
  const r = await rehearse({ start: { downloaded }, durations: { precheck: '20m' } }, { limits: { pollEvery: minute } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')

  const shown = r.hub.views('vcf-m01').flatMap(({ phase, precheck }) => (phase === 'running_prechecks' ? [precheck?.percent ?? 0] : []))
  const steps = [...new Set(shown)]
  assert.ok(steps.length > 10, steps.join(' '))
  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => a - b),
  )
  note(`${steps.length} different percentages over 20 minutes`)
})

row(40, 'the link names the domain, the run and the SDDC Manager, for a workload domain too, and never "None"', async (t) => {
  const r = await rehearse({ ...found('WARNING'), start: { downloaded, atTarget: [{ domain: 'vcf-m01' }] } })
  t.after(() => r.close())

  await r.press('start', olga, { domain: 'vcf-w01' })
  const { domain, precheck } = await r.until('waiting_for_alert_acknowledgement', { domain: 'vcf-w01' })
  const runs = r.store.load().records.find((record) => record.domain.id === domain.id)!.facts.run!.precheck!.runIds

  const link = new URL(precheck!.link!)
  assert.equal(link.hostname, domain.sddcManager)
  assert.ok(link.pathname.includes(`/${domain.id}/`), link.pathname)
  assert.ok(runs.includes(link.searchParams.get('assessmentId')!), link.search)
  assert.doesNotMatch(precheck!.link!, /None|undefined|null/)
})

row(40, 'on 9.x, where its address is not known for sure, there is no link rather than a wrong one', async (t) => {
  const r = await rehearse(found('WARNING'), { vcf: '9.0.2' })
  t.after(() => r.close())

  await r.press('start', olga)
  const { precheck, log } = await r.until('waiting_for_alert_acknowledgement')

  assert.equal(precheck!.link, undefined)
  assert.deepEqual(
    log.flatMap(({ link }) => link ?? []),
    [],
  )
})

row(41, 'a result without a summary blocks the run and says why; nothing is upgraded', async (t, note) => {
  const r = await rehearse({ start: { downloaded }, faults: [{ on: 'precheck', do: 'no summary', times: 'always' }] })
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')
  await r.press('acknowledge', olga)
  await r.advance(5 * hour)

  assert.equal(r.view().phase, 'failed')
  assert.deepEqual(r.posts(), [])
  note(halt!.text)
})

for (const severity of ['ERROR', 'CRITICAL'] as const) {
  row(
    47,
    `${severity} findings pass neither by one press, nor by the switch, nor by two people; by two presses of one named person`,
    async (t) => {
      const r = await rehearse(found(severity))
      t.after(() => r.close())

      await r.press('ignore_alerts', olga, { on: true })
      await r.press('start', olga)
      await r.until('waiting_for_alert_acknowledgement')
      await r.press('acknowledge', olga)
      await r.advance(5_000)
      await r.press('acknowledge', otto)
      assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
      assert.deepEqual(r.posts(), [])
      await r.advance(5_000)
      await r.press('acknowledge', otto)

      await r.until('upgrading_sddc_manager', { within: 5 * minute })
      assert.match(r.log().join('\n'), /overridden by Otto/)
    },
  )
}

row(47, 'warnings pass by one press', async (t) => {
  const r = await rehearse(found('WARNING'))
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)

  await r.until('upgrading_sddc_manager', { within: 5 * minute })
})

row(55, 'a press before the gate is refused and does not count at the gate; neither does one made while the server was away', async (t) => {
  const r = await rehearse(found('WARNING'))
  t.after(() => r.close())

  await r.press('acknowledge', olga)
  await r.press('start', olga)
  await r.until('running_prechecks')
  await r.press('acknowledge', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga, { missed: true })
  await r.advance(hour)

  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.equal(r.hub.told.filter(({ purpose }) => purpose === 'refused').length, 3)
  assert.deepEqual(r.posts(), [])
})

row(55, 'an acknowledgement of one run counts for no later run', async (t) => {
  const r = await rehearse(found('WARNING'))
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)
  await r.until('upgrading_sddc_manager')
  await r.press('cancel', olga)
  await r.until('cancelled')
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.advance(hour)

  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.deepEqual(r.posts(), ['SDDC_MANAGER'])
})
