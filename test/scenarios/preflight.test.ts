import assert from 'node:assert/strict'
import test from 'node:test'
import { olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Our own findings of a run, as `severity source: resources`. */
function own(r: Rehearsal, severities: readonly string[] = ['error', 'warning']): readonly string[] {
  return r
    .view()
    .findings.filter(({ source, severity }) => source !== undefined && severities.includes(severity))
    .map(({ severity, source, resources }) => `${severity} ${source}: ${resources.join(', ')}`)
}

for (const [scenario, counts, expected] of [
  ['backup-missing', [0, 1], ['warning Pre-flight: backup of SDDC Manager: ']],
  [
    'password-expired',
    [1, 1],
    [
      'error Pre-flight: credentials in SDDC Manager: vc-m01.rehearsal.example (root), esx-m01-11.rehearsal.example (root)',
      'warning Pre-flight: credentials in SDDC Manager: nsx-m01.rehearsal.example (audit, until ',
    ],
  ],
  ['workflow-running', [1, 0], ['error Pre-flight: workflows in SDDC Manager: ']],
  ['workflow-failed', [0, 1], ['warning Pre-flight: workflows in SDDC Manager: ']],
  ['credential-task-stuck', [0, 1], ['warning Pre-flight: workflows in SDDC Manager: ']],
  [
    'resource-in-error',
    [2, 1],
    [
      'error Pre-flight: resources of the domain: vcf-m01-cl02',
      'error Pre-flight: resources of the domain: esx-m01-14.rehearsal.example',
      'warning Pre-flight: resources of the domain: esx-m01-11.rehearsal.example',
    ],
  ],
  ['cluster-full', [0, 1], ['warning Pre-flight: room in clusters: vcf-m01-cl02']],
  ['clock-skew', [0, 1], ['warning Pre-flight: clock of SDDC Manager: ']],
] as const) {
  test(`${scenario}: waits at the gate with ${counts[0]} errors and ${counts[1]} warnings of our own, each with source and remedy`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    const { precheck, findings, log } = await r.until('waiting_for_alert_acknowledgement')

    assert.deepEqual([precheck?.errors, precheck?.warnings], counts)
    const told = own(r)
    assert.equal(told.length, expected.length, told.join('\n'))
    for (const [at, start] of expected.entries()) assert.ok(told[at]!.startsWith(start), told[at])
    assert.ok(findings.every(({ remediation }) => remediation))
    assert.equal(log.findLast(({ details }) => details)?.details?.length, counts[0] + counts[1])
    assert.deepEqual(r.posts(), [])
  })
}

test('what the account may not read waits for a person, with the right that it needs', async (t) => {
  const r = await rehearse('credentials-forbidden')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')

  const remarks = r.view().findings.filter(({ text }) => text.startsWith('Not checked:'))
  assert.deepEqual(
    remarks.map(({ source }) => source),
    ['Pre-flight: credentials in SDDC Manager', 'Pre-flight: workflows in SDDC Manager', 'Pre-flight: status of NSX'],
  )
  assert.match(remarks[0]!.remediation!, /role ADMIN/)
  await r.press('acknowledge', olga)
  await r.until('upgrading_sddc_manager')
})

test('the default data centre passes without a gate; what no API tells is a list of remarks', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('upgrading_sddc_manager')

  assert.deepEqual(own(r), [])
  assert.deepEqual(
    own(r, ['info']).map((line) => line.split(': ').slice(2).join(': ')),
    ['nsx-m01.rehearsal.example', 'nsx-m01.rehearsal.example', 'vc-m01.rehearsal.example', 'vcf-m01-cl01, vcf-m01-cl02'],
  )
})

test('errors of our own take two presses, and Retry looks again: what is mended is gone', async (t) => {
  const r = await rehearse('workflow-running')
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')

  await r.press('acknowledge', olga)
  assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.equal(r.view().precheck?.override?.by, 'Olga')
  await r.advance(3 * 3_600_000)
  await r.press('retry', olga)
  await r.until('upgrading_sddc_manager')

  assert.deepEqual(own(r), [])
})

test('NSX that is not stable is an error of the management domain', async (t) => {
  const r = await rehearse({ health: { nsx: [{ domain: 'vcf-m01', status: 'UNSTABLE' }] } })
  t.after(() => r.close())

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')

  assert.deepEqual(own(r), ['error Pre-flight: status of NSX: nsx-m01.rehearsal.example'])
})

test('after a cancelled run the next one to the same target marks what it finds for the first time', async (t) => {
  const r = await rehearse({
    findings: [{ severity: 'WARNING', on: 'VCENTER', check: 'Disk space', message: 'Little room on {resource}' }],
    health: { backup: 'not configured' },
  })
  t.after(() => r.close())
  const marked = () => r.view().findings.filter((one) => one.new).length

  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  assert.equal(marked(), 0, 'in the first run nothing is called new')
  await r.press('cancel', olga)
  await r.advance(5 * 60_000)
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')

  assert.ok(r.view().findings.length > 0)
  assert.equal(marked(), 0, 'what was found before is not new')
})
