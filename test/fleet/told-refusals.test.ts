import assert from 'node:assert/strict'
import test from 'node:test'
import { gatherRefusals } from '../../server/fleet/gathered-refusals.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { hour, minute, nora, olga, otto, rehearse } from '../support/rehearsal.ts'
import { StepClock } from '../support/step-clock.ts'

function aHub() {
  const clock = new StepClock()
  const shown = createRecordingHub()
  const hub = gatherRefusals(shown, clock)
  const refuse = (message: string, domainId = 'm') => hub.notify({ domainId, purpose: 'refused', title: 'not obeyed', message })
  const message = (domainId = 'm') => shown.notices().get(`${domainId} refused`)?.message
  return { clock, hub, refuse, message }
}

test('refusals that come together are told together, each once, those of another domain apart', () => {
  const { refuse, message } = aHub()

  for (const text of ['Pause.', 'Cancel.', 'Pause.']) refuse(text)
  refuse('Start.', 'w')

  assert.deepEqual([message(), message('w')], ['Cancel.\n\nPause.', 'Start.'])
})

test('of many the last five are told, and how many came before them', () => {
  const { refuse, message } = aHub()

  for (let n = 1; n <= 8; n++) refuse(`Press ${n}.`)

  assert.equal(
    message(),
    '3 came before these; they are in the log of the domain.\n\nPress 4.\n\nPress 5.\n\nPress 6.\n\nPress 7.\n\nPress 8.',
  )
})

test('what was told long ago, or was taken away, is not told again', async () => {
  const { hub, refuse, message, clock } = aHub()
  refuse('Pause.')
  await clock.advance(11 * minute)
  refuse('Cancel.')
  assert.equal(message(), 'Cancel.')

  hub.dismiss('m', 'refused')
  refuse('Retry.')

  assert.equal(message(), 'Retry.')
})

test('everybody who pressed while the server was away reads of the own press', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())

  await r.press('start', olga, { missed: true })
  await r.press('cancel', otto, { missed: true })

  const { message } = r.hub.notices().get(`${r.view().domain.id} refused`)!
  assert.match(message, /Olga pressed Start upgrade while[\s\S]*pressed Cancel while this server was away/)
})

test('who may not check for updates, or missed it, reads why in a notification and in the log', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const press = (by: typeof olga, missed = false) =>
    r.fleet.desk.press({ control: 'check_for_updates', by, at: r.clock.now(), ...(missed && { missed }) })

  await press(nora)
  await press(olga, true)

  const { message } = r.hub.notices().get(`${r.view().domain.id} refused`)!
  assert.match(
    message,
    /Nora pressed Check for updates, not obeyed: only administrators[\s\S]*Olga pressed Check for updates while this server was away/,
  )
  assert.match(r.log().join('\n'), /Nora pressed Check for updates, not obeyed/)
})

test('what was deleted in Home Assistant is shown again for those only who may check for updates', async (t) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const press = (by: typeof olga) => r.fleet.desk.press({ control: 'check_for_updates', by, at: r.clock.now() })

  await press(nora)
  assert.equal(r.hub.shownAgain, 0)
  await press(olga)
  assert.equal(r.hub.shownAgain, 1)
})

for (const [control, name] of [
  ['check_for_updates', 'Check for updates'],
  ['refresh_token', 'Refresh token'],
] as const) {
  test(`${name} that fails is told to whoever pressed it`, async (t) => {
    const r = await rehearse('happy')
    t.after(() => r.close())
    await r.simulator.close()
    await r.advance(hour)

    await Promise.all([olga, otto].map((by) => r.fleet.desk.press({ control, by, at: r.clock.now() })))

    const told = r.hub.told.filter(({ purpose }) => purpose === 'refused')
    assert.equal(told.length, 1)
    assert.match(told[0]!.message, new RegExp(`^${name} was pressed, but it failed: .*SDDC Manager`))
  })
}
