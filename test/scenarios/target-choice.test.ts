/** The target release, chosen in Home Assistant: what is shown, what is refused, and what SDDC Manager gets. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { minute, nora, olga, otto, type Rehearsal, type RehearsalOptions, rehearse } from '../support/rehearsal.ts'

const two = { release: 'two' } as const

async function open(t: { after(end: () => Promise<void>): void }, options: RehearsalOptions = {}): Promise<Rehearsal> {
  const r = await rehearse(two, options)
  t.after(() => r.close())
  return r
}

/** Targets that stand in SDDC Manager. */
const targetsOf = (r: Rehearsal) => r.simulator.world.estate.domains.flatMap(({ target }) => target ?? [])

const refusals = (r: Rehearsal) => r.hub.told.filter(({ purpose }) => purpose === 'refused').map(({ message }) => message)

test('without a choice the next release is in force, and each that can be had is an option', async (t) => {
  const r = await open(t)

  assert.deepEqual(r.view().targetRelease, { chosen: 'next', options: ['next', '5.2.1.0', '5.2.2.0'] })
  assert.equal(r.view().nextVersion, '5.2.1.0')
})

test('what was chosen is offered everywhere at once, survives a restart, and is what Start sends; the history knows who chose', async (t) => {
  const r = await open(t)
  await r.choose('5.2.2.0', otto)
  const shown = r.hub.views('vcf-m01').filter(({ targetRelease }) => targetRelease?.chosen === '5.2.2.0')
  await r.restart()
  const { targetRelease, nextVersion, target, componentsToUpdate } = r.view()
  await r.press('start', olga)
  await r.until('downloading_bundles')

  assert.ok(shown.length > 0 && shown.every((view) => view.nextVersion === '5.2.2.0' && view.target === '5.2.2.0'))
  assert.deepEqual(targetRelease, { chosen: '5.2.2.0', options: ['next', '5.2.1.0', '5.2.2.0'], by: 'Otto' })
  assert.deepEqual([nextVersion, target], ['5.2.2.0', '5.2.2.0'])
  assert.ok(componentsToUpdate!.some(({ to }) => to.startsWith('5.2.2.0')))
  assert.equal(r.view().target, '5.2.2.0')
  assert.match(r.log().join('\n'), /to 5\.2\.2\.0 started by Olga, the release chosen by Otto/)
  const started = r.store.history().find(({ event }) => event === 'started') as { to?: string; chosenBy?: object; by?: object }
  assert.deepEqual([started.to, started.chosenBy, started.by], ['5.2.2.0', { id: otto.id, name: 'Otto' }, { id: olga.id, name: 'Olga' }])
  assert.deepEqual(targetsOf(r), ['5.2.2.0'])
})

test('it stays after a cancelled run and is gone after one that got there', async (t) => {
  const r = await open(t)
  await r.choose('5.2.2.0', olga)
  await r.press('start', olga)
  await r.until('downloading_bundles')
  await r.press('cancel', olga)
  await r.advance(2 * minute)
  const cancelled = r.view().targetRelease
  await r.choose('5.2.1.0', olga)
  await r.press('start', olga)
  await r.until('successfully_completed')
  await r.advance(minute)

  assert.equal(cancelled?.chosen, '5.2.2.0')
  assert.equal(r.view().currentVersion, '5.2.1.0')
  assert.deepEqual(r.view().targetRelease, { chosen: 'next', options: ['next', '5.2.2.0'] })
})

test('who may not press may not choose; who may not be asked, automations, and late ones neither: told, and shown as it was', async (t) => {
  const r = await open(t)
  await r.choose('5.2.2.0', nora)
  await r.choose('5.2.2.0', undefined)
  await r.choose('5.2.2.0', { ...olga, unread: true })
  await r.fleet.desk.choose({ domainId: r.view().domain.id, release: '5.2.2.0', by: olga, at: r.clock.now(), late: true })

  assert.deepEqual(r.hub.releases, ['next', 'next', 'next', 'next'])
  assert.equal(r.view().targetRelease?.chosen, 'next')
  assert.equal(r.view().nextVersion, '5.2.1.0')
  assert.match(refusals(r).at(-1)!, /Nora chose 5\\?\.2\\?\.2\\?\.0 as the target, not obeyed: only administrators .*MAY\\?_CONTROL/)
  assert.match(refusals(r).at(-1)!, /An automation chose .*AUTOMATIONS\\?_MAY\\?_CONTROL/)
  assert.match(refusals(r).at(-1)!, /Olga chose .*could not be asked who may\. Choose again/)
  assert.match(refusals(r).at(-1)!, /Olga chose .* more than a minute before that reached this server; it is not obeyed\. Choose again/)
})

test('an automation may choose where the setting lets it', async (t) => {
  const r = await open(t, { automationsMayControl: true })
  await r.choose('5.2.2.0', undefined)

  assert.deepEqual(r.view().targetRelease, { chosen: '5.2.2.0', options: ['next', '5.2.1.0', '5.2.2.0'], by: 'an automation' })
})

test('a release that is not among the options is refused with them, whatever it is', async (t) => {
  const r = await open(t)
  for (const release of ['9.9.9.9', '', 'constructor', `<b>${'x'.repeat(500)}`, '5.2.0.0']) await r.choose(release, olga)

  assert.ok(r.hub.releases.every((release) => release === 'next'))
  assert.match(r.log().join('\n'), /9\.9\.9\.9 was chosen .* cannot be upgraded to it; these can be chosen: next, 5\.2\.1\.0, 5\.2\.2\.0/)
  assert.equal(r.view().targetRelease?.chosen, 'next')
})

test('while a run is under way it is refused with the phase, and the run keeps its target', async (t) => {
  const r = await open(t)
  await r.press('start', olga)
  await r.until('downloading_bundles')
  await r.choose('5.2.2.0', olga)

  assert.match(r.log().join('\n'), /5\.2\.2\.0 was chosen .*, but a run is under way already \(downloading_bundles\)/)
  assert.deepEqual([r.view().target, r.view().targetRelease?.chosen, r.hub.releases], ['5.2.1.0', 'next', ['next']])
})

test('a start for a release that is another by the time it is judged is refused; pressed again it is taken', async (t) => {
  const r = await open(t)
  await Promise.all([r.choose('5.2.2.0', otto), r.press('start', olga)])
  const { phase } = r.view()
  await r.press('start', olga)
  await r.until('downloading_bundles')

  assert.equal(phase, 'waiting_for_initiation')
  assert.match(refusals(r).join('\n'), /Start upgrade was pressed for 5\\?\.2\\?\.1\\?\.0, but by now it would be for 5\\?\.2\\?\.2\\?\.0/)
  assert.equal(r.view().target, '5.2.2.0')
})

test('choosing what the settings have leaves nothing beside them; a person may choose the next one against them', async (t) => {
  const r = await open(t, { settings: { target: '5.2.2.0' } })
  const before = r.view()
  await r.choose('next', olga)
  const next = r.view()
  await r.choose('5.2.2.0', olga)

  assert.deepEqual([before.targetRelease?.chosen, before.nextVersion], ['5.2.2.0', '5.2.2.0'])
  assert.deepEqual(
    [next.targetRelease, next.nextVersion],
    [{ chosen: 'next', options: ['next', '5.2.1.0', '5.2.2.0'], by: 'Olga' }, '5.2.1.0'],
  )
  assert.match(next.whyNot.join('\n'), /5\.2\.2\.0: not chosen: Olga chose the next release, 5\.2\.1\.0/)
  assert.deepEqual(r.view().targetRelease, { chosen: '5.2.2.0', options: ['next', '5.2.1.0', '5.2.2.0'] })
  assert.equal(r.store.load().records.find(({ domain }) => domain.name === 'vcf-m01')!.facts.targetChoice, undefined)
})

test('SDDC Manager is silent: nothing is chosen, and it says why', async (t) => {
  const r = await open(t)
  r.simulator.setScenario({
    ...two,
    faults: [
      {
        on: 'request',
        request: 'GET /v1/releases/domains/{domainId}/future-releases',
        do: 'refuse',
        status: 500,
        error: { code: 'INTERNAL_SERVER_ERROR', message: 'Busy.' },
      },
    ],
  })
  await r.choose('5.2.2.0', olga)

  assert.match(r.log().join('\n'), /5\.2\.2\.0 was chosen .*, but SDDC Manager could not be asked what it offers/)
  assert.deepEqual([r.view().targetRelease?.chosen, r.view().nextVersion, r.hub.releases], ['next', '5.2.1.0', ['next']])
})

test('a release that is not to be had any more falls back to the settings, said in the log', async (t) => {
  const r = await open(t)
  await r.choose('5.2.2.0', olga)
  r.simulator.setScenario({ release: 'available' })
  await r.fleet.detectAll()

  assert.deepEqual(r.view().targetRelease, { chosen: 'next', options: ['next', '5.2.1.0'] })
  assert.equal(r.view().nextVersion, '5.2.1.0')
  assert.match(
    r.log().join('\n'),
    /Olga chose 5\.2\.2\.0 as the target, .*knows 5\.2\.1\.0 and 9\.0\.0\.0\. So what the settings have holds again: the next release/,
  )
})

test('where nothing can be chosen any more an earlier choice holds no more, said in the log', async (t) => {
  const r = await open(t)
  await r.choose('5.2.2.0', olga)
  const later = await rehearse(two, { store: r.store, isTargetChosen: false })
  t.after(() => later.close())

  assert.equal(later.view().nextVersion, '5.2.1.0')
  assert.match(
    later.log().join('\n'),
    /come without MQTT now, .*5\.2\.2\.0, chosen by Olga, holds no more\. So what the settings have holds again: the next release/,
  )
  assert.equal(r.store.load().records.find(({ domain }) => domain.name === 'vcf-m01')!.facts.targetChoice, undefined)
})

test('a workload domain can choose what its management domain runs, and no more', async (t) => {
  const r = await open(t)

  assert.deepEqual(r.view('vcf-w01').targetRelease, { chosen: 'next', options: ['next'] })
  await r.choose('5.2.1.0', olga, 'vcf-w01')
  assert.match(r.log('vcf-w01').join('\n'), /cannot be upgraded to it; these can be chosen: next/)
})
