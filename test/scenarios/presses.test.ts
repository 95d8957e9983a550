/** Every control in every phase that lasts: what cannot be taken changes nothing of the run, reaches nothing in VCF, and is told and recorded. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { type Command, commands } from '../../shared/commands.ts'
import type { Phase } from '../../shared/upgrade.ts'
import { minute, nora, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

/** Right before the ESX clusters. */
const nearImage = {
  atTarget: [{ domain: 'vcf-m01', components: ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] }],
  downloaded: ['ESX_HOST'],
} as const

/** What a press would do something to, by phase. */
const taken: Readonly<Partial<Record<Phase, readonly Command[]>>> = {
  waiting_for_initiation: ['start', 'download'],
  downloading_bundles: ['cancel'],
  running_prechecks: ['cancel'],
  waiting_for_alert_acknowledgement: ['acknowledge', 'retry', 'cancel'],
  upgrading_sddc_manager: ['cancel', 'pause'],
  upgrading_esx: ['cancel', 'pause'],
  waiting_for_image: ['retry', 'cancel'],
  waiting_for_operator: ['retry', 'cancel'],
  failed: ['retry', 'cancel'],
  successfully_completed: [],
  cancelled: ['start', 'download'],
}

const writes = (r: Rehearsal) =>
  r.simulator.requests().filter(({ method, path }) => method !== 'GET' && !/tokens|queries/.test(path)).length

type Attempt = readonly [what: string, by: typeof olga | undefined, options: { missed?: boolean; late?: boolean }, says: RegExp]
const attempts: readonly Attempt[] = [
  ['somebody who may not', nora, {}, /^Nora pressed .* not obeyed: only administrators/],
  ['an automation', undefined, {}, /^An automation pressed .* not obeyed: automations may not/],
  ['somebody deactivated', { ...olga, id: 'gerd', name: 'Gerd', gone: true }, {}, /^Gerd pressed .* no such active user/],
  ['while the server was away', olga, { missed: true }, /^Olga pressed .* while this server was away; that is not obeyed/],
  ['late', olga, { late: true }, /^Olga pressed .* more than a minute before that reached this server/],
]

async function isRefused(r: Rehearsal, command: Command, [what, by, options, says]: Attempt): Promise<void> {
  const where = `${command} in ${r.view().phase}, ${what}`
  const record = () => r.store.load().records.find(({ domain }) => domain.name === 'vcf-m01')!
  // The same words again are counted.
  const recorded = () => record().facts.log.reduce((sum, { text, times = 1 }) => sum + (says.test(text) ? times : 0), 0)
  const before = recorded()
  const [run, sent, notices, phase] = [JSON.stringify(record().facts.run), writes(r), r.hub.told.length, r.view().phase]
  await r.press(command, by, options)

  assert.equal(JSON.stringify(record().facts.run), run, where)
  assert.deepEqual([r.view().phase, writes(r)], [phase, sent], where)
  assert.equal(recorded(), before + 1, where)
  // Those of before stand above it.
  assert.match(r.hub.told.at(-1)!.message.replaceAll('\\', '').split('\n\n').at(-1)!, says, where)
  assert.ok(r.hub.told.length > notices && ['refused', 'nothing_to_update'].includes(r.hub.told.at(-1)!.purpose), where)
}

async function judged(r: Rehearsal, phase: Phase): Promise<void> {
  await r.until(phase)
  // The same refusal comes as a notification again after a minute at the earliest.
  await r.advance(2 * minute)
  const may = taken[phase]!
  assert.deepEqual(r.view().accepts.toSorted(), may.toSorted(), phase)
  for (const command of commands) {
    for (const attempt of attempts) await isRefused(r, command, attempt)
    if (!may.includes(command)) await isRefused(r, command, ['in vain', olga, {}, /was pressed, but|nothing to update/])
  }
}

test('from the start to the end of a run nothing is taken that cannot be taken', async (t) => {
  const r = await rehearse('warnings')
  t.after(() => r.close())

  await judged(r, 'waiting_for_initiation')
  await r.press('start', olga)
  await judged(r, 'downloading_bundles')
  await judged(r, 'running_prechecks')
  await judged(r, 'waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)
  for (const phase of ['upgrading_sddc_manager', 'upgrading_esx'] as const) await judged(r, phase)
  await judged(r, 'successfully_completed')
  assert.deepEqual(r.posts(), ['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'ESX_HOST', 'ESX_HOST'])
})

for (const [phase, scenario] of [
  ['waiting_for_image', { targetImages: 0, start: nearImage }],
  ['waiting_for_operator', 'foreign-upgrade'],
  ['failed', 'precheck-fails'],
] as const) {
  test(`${phase}: nothing is taken that cannot be taken, nor in what follows a Cancel`, async (t) => {
    const r = await rehearse(scenario)
    t.after(() => r.close())

    await r.press('start', olga)
    await judged(r, phase)
    await r.press('cancel', olga)
    await judged(r, 'cancelled')
  })
}

test('an acknowledgement belongs to the findings that were shown: other ones ask again, over a restart too', async (t) => {
  const finding = { severity: 'WARNING', on: 'VCENTER', check: 'Time', message: 'Time of {resource} differs' } as const
  const more = { ...finding, on: 'NSX_T_MANAGER', message: 'Backup of {resource} is old' } as const
  const r = await rehearse({ findings: [{ ...finding, times: 1 }, more] })
  t.after(() => r.close())

  await r.press('start', olga)
  const { digest: old } = (await r.until('waiting_for_alert_acknowledgement')).precheck!
  await r.press('retry', olga)
  await r.advance(30 * minute)
  await r.until('waiting_for_alert_acknowledgement')
  assert.notEqual(r.view().precheck?.digest, old, 'the findings have changed')
  for (const shown of [old!, 'none at all']) {
    await r.press('acknowledge', olga, { shown })
    assert.equal(r.view().phase, 'waiting_for_alert_acknowledgement')
    assert.match(
      r.log().at(-1)!,
      /Olga pressed Acknowledge, but the findings at the gate were not on the screen yet; that acknowledges nothing/,
    )
    await r.restart()
  }
  assert.deepEqual(r.posts(), [])
  await r.press('acknowledge', olga)

  await r.until('upgrading_sddc_manager')
})
