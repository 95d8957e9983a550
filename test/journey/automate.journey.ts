/** What docs/home-assistant offers to copy: its scripts and blueprints, on a real Home Assistant. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { parse } from 'yaml'
import { elapse } from '../hub/until.ts'
import { leaveOut } from '../support/left-out.ts'
import { openLab, status } from './lab.ts'
import { chaptersOf } from './story.ts'

const folder = new URL('../../docs/home-assistant/', import.meta.url)
const attention = 'binary_sensor.vcf_m01_needs_attention'
/** Of a domain that is asked about beside ours. */
const other = 'binary_sensor.other_needs_attention'
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
/** Between two reminders here, where it is looked every second; in the blueprint they are hours, and it is looked every five minutes. */
const againSeconds = 72
const lookMs = 5_000

interface Answer {
  readonly accepted: boolean
  readonly phase: string
  readonly run_id: string | null
  readonly text: string
}

test('scripts and blueprints do what they say', { timeout: 480_000 }, async (t) => {
  const lab = await openLab({ scenario: 'warnings', speed: 330 })
  t.after(() => lab.close())
  const { hub, home, server } = lab
  const chapter = chaptersOf(t, lab)
  const configure = async (kind: 'script' | 'automation', id: string, config?: object): Promise<void> => {
    const { ok, status: code } = await fetch(`${hub.url}/api/config/${kind}/config/${id}`, {
      method: config ? 'POST' : 'DELETE',
      headers: { authorization: `Bearer ${hub.tokens.admin}`, 'content-type': 'application/json' },
      ...(config && { body: JSON.stringify(config) }),
    })
    if (!ok) throw new Error(`${kind} ${id}: ${code}`)
  }
  const scripts = parse(await readFile(new URL('scripts.yaml', folder), 'utf8'), { merge: true }) as Record<string, object>
  for (const [id, config] of Object.entries(scripts)) {
    await configure('script', id, config)
    t.after(() => configure('script', id))
  }
  const run = async (script: string, login: 'olga' | 'nora' = 'olga'): Promise<Answer> => {
    await lab.until(`${script} is known`, () => home.state(`script.${script}`))
    const call = {
      type: 'call_service',
      domain: 'script',
      service: script,
      service_data: { domain: status },
      return_response: script !== 'vcf_refresh',
    }
    const { response } = await home.as(login, (person) => person.ask<{ response: Answer }>(call))
    return response
  }
  /** Leaves a notification for each time that it is told; of whom, and when that was in seconds. */
  const counted = (by: string) => ({
    action: 'persistent_notification.create',
    data: { message: '{{ asked }}', notification_id: `vcf_told_${by}_{{ asked }}_{{ now().timestamp() }}` },
  })
  const toldIds = async () => (await home.notifications()).filter((id) => id.startsWith('vcf_told_'))
  const toldAt = async (of = attention, by = 'counted') => {
    const ids = await toldIds()
    return ids.filter((id) => id.startsWith(`vcf_told_${by}_${of}_`)).map((id) => Number(id.split('_').at(-1)))
  }
  const dismiss = (notification_id: string) =>
    home.as('admin', (owner) =>
      owner.ask({ type: 'call_service', ...{ domain: 'persistent_notification', service: 'dismiss', service_data: { notification_id } } }),
    )
  t.after(async () => {
    for (const id of await toldIds()) await dismiss(id)
  })
  const accepts = (what: string) => lab.until(`it takes ${what}`, async () => (await lab.attributes())?.accepts.includes(what as never))

  await chapter('each script presses as whoever runs it, and answers what became of it', async () => {
    await accepts('start')
    await run('vcf_refresh')
    const refused = await run('vcf_start_upgrade', 'nora')
    const downloads = await run('vcf_download_bundles')
    await lab.until('the bundles are there', async () => (await lab.attributes()).run?.outcome === 'downloaded')
    const started = await run('vcf_start_upgrade')
    await lab.phase('waiting_for_alert_acknowledgement', 60)
    const again = await run('vcf_retry')
    await lab.phase('waiting_for_alert_acknowledgement', 60)
    const passed = await run('vcf_acknowledge_alerts')
    const cancelled = await run('vcf_cancel')

    assert.deepEqual([refused.accepted, refused.phase, refused.run_id], [false, 'waiting_for_initiation', null])
    assert.match(refused.text, /Nora pressed Start upgrade, not obeyed/)
    for (const answer of [downloads, started, again, passed, cancelled]) assert.equal(answer.accepted, true, JSON.stringify(answer))
    const { run: last, ending } = await lab.attributes()
    assert.equal(started.run_id, last?.id)
    assert.equal(last?.started_by, 'Olga')
    assert.ok(ending?.what === 'cancel' || last?.outcome === 'cancelled')
    assert.match(server.log().join('\n'), /signed in anew|refresh/i)
  })

  const use = (path: string, input: object, alias = path) => ({ alias, use_blueprint: { path: `vcf_upgrade/${path}.yaml`, input } })
  const windowFrom = (after: string, days = everyDay) => ({ domain: status, after, before: '23:59:00', days })
  /** An automation that nothing may trigger now. Home Assistant remembers when one of its name was before. */
  const staysQuiet = async (id: string, name: string, config: object, why: string): Promise<void> => {
    const began = Date.now()
    await configure('automation', id, config)
    await lab.until(`${name} is known`, () => home.state(`automation.${name}`))
    await elapse(2_000)
    const triggered = (await home.state(`automation.${name}`))?.attributes.last_triggered as string | null
    assert.ok(triggered === null || Date.parse(triggered) < began, `${why}: ${triggered}`)
  }

  await chapter(
    'the blueprints are taken by Home Assistant: a window that is closed, or in which a run was ended, starts nothing',
    async () => {
      // A blueprint that is used cannot be deleted.
      for (const id of ['vcf_needed', 'vcf_counted', 'vcf_seldom', 'vcf_closed', 'vcf_held', 'vcf_window'])
        t.after(() => configure('automation', id).catch(() => undefined))
      const justNow = `minutes: ${(new Date().getMinutes() + 59) % 60}`
      const looks = { needed: 'seconds: /1', seldom: justNow, window: 'minutes: /10' }
      for (const [name, look] of Object.entries(looks)) {
        const text = await readFile(new URL(`blueprints/${name === 'window' ? name : 'needed'}.yaml`, folder), 'utf8')
        const yaml = text.replace('minutes: /5', look)
        assert.ok(yaml.includes(look))
        const path = `vcf_upgrade/${name}.yaml`
        await home.as('admin', (owner) => owner.ask({ type: 'blueprint/save', ...{ domain: 'automation', path, yaml } }))
        // It is in use until the automation that used it is gone.
        const remove = () => home.as('admin', (owner) => owner.ask({ type: 'blueprint/delete', ...{ domain: 'automation', path } }))
        t.after(() =>
          lab.until(`${path} is deleted`, () =>
            remove().then(
              () => true,
              () => false,
            ),
          ),
        )
      }
      await lab.until('it is at rest', async () => (await home.state(status))?.state === 'waiting_for_initiation', 120)
      await server.stop()
      await home.remove(status)
      server.start({ AUTOMATIONS_MAY_CONTROL: 'true' })
      await accepts('start')
      const { run: before } = await lab.attributes()

      assert.equal(before?.outcome, 'cancelled')
      await staysQuiet('vcf_closed', 'closed', use('window', windowFrom('00:00:00', []), 'closed'), 'the window was closed')
      await staysQuiet('vcf_held', 'held', use('window', windowFrom('00:00:00'), 'held'), 'Olga ended a run in the window')
      assert.equal((await lab.attributes()).run?.id, before?.id)
      for (const id of ['vcf_closed', 'vcf_held']) await configure('automation', id)
    },
  )

  await chapter(
    'a window is not used up while the server is away; who is needed is told also of what began while it was not looked',
    async () => {
      const { time_zone } = await home.as('admin', (owner) => owner.ask<{ time_zone: string }>({ type: 'get_config' }))
      // The first full minute after the run that was ended.
      const opening = Math.ceil(Date.parse((await lab.attributes()).run?.finished_at ?? '') / 60_000) * 60_000
      await elapse(Math.max(opening - Date.now(), 0))
      const after = new Date(opening).toLocaleTimeString('en-GB', { timeZone: time_zone })
      const window = use('window', windowFrom(after))
      await server.stop()
      await staysQuiet('vcf_window', 'window', window, 'the server had stopped')
      await home.write('sensor.vcf_server', new Date(Date.now() - 200_000).toISOString())
      await staysQuiet('vcf_window', 'window', window, 'the server was silent')
      // Whatever else is saved would trigger it now.
      await configure('automation', 'vcf_window')
      await home.remove(status)
      server.start({ AUTOMATIONS_MAY_CONTROL: 'true' })
      await accepts('start')
      const asked = (...domains: string[]) => ({ attention: domains, again: againSeconds / 3_600 })
      await configure('automation', 'vcf_needed', use('needed', asked(attention)))
      for (const [by, path] of Object.entries({ counted: 'needed', seldom: 'seldom' })) {
        await configure('automation', `vcf_${by}`, use(path, { ...asked(attention, other), tell: [counted(by)] }, by))
        await lab.until(`${by} is known`, () => home.state(`automation.${by}`))
      }
      const switchThem = (service: string) =>
        home.as('admin', (owner) =>
          owner.ask({
            type: 'call_service',
            ...{ domain: 'automation', service, service_data: { entity_id: ['automation.counted', 'automation.seldom'] } },
          }),
        )
      t.after(() => home.remove(other).catch(() => undefined))
      await home.write(other, 'off')
      await home.write(other, 'on')
      const otherTold = await lab.until('the other is told', async () => (await toldAt(other))[0])
      await lab.until('the other is told once more', async () => (await toldAt(other, 'seldom'))[0])
      await home.write(other, 'off')
      await switchThem('turn_off')
      await configure('automation', 'vcf_window', window)
      await lab.phase('waiting_for_alert_acknowledgement', 60)
      const told = await lab.until('it is told', () => home.notification('vcf_needed_vcf_m01_needs_attention'))
      await switchThem('turn_on')
      const first = await lab.until('it is told late', async () => (await toldAt())[0], 10)
      const bySeldom = await toldAt(attention, 'seldom')
      await home.write(other, 'on')
      await lab.until('it is told with the other', async () => (await toldAt(attention, 'seldom'))[0], 10)
      await elapse(lookMs)

      assert.equal((await lab.attributes()).run?.started_by, 'an automation')
      assert.match(told, /acknowledg/)
      assert.ok(first - otherTold < againSeconds, `${first - otherTold} s, which is a reminder`)
      assert.deepEqual(await toldAt(), [first])
      assert.deepEqual(bySeldom, [])
      const often = async (by: string) => [(await toldAt(attention, by)).length, (await toldAt(other, by)).length]
      assert.deepEqual(
        [await often('counted'), await often('seldom')],
        [
          [1, 2],
          [1, 2],
        ],
      )
      await configure('automation', 'vcf_seldom')
      await home.write(other, 'off')
    },
  )

  await chapter(
    'it tells once, whatever goes away and comes back, and reminds also after a restart of Home Assistant',
    async (chapterOf) => {
      const first = await lab.until('it is told', async () => (await toldAt())[0])
      await server.stop()
      // As a broker shows it that goes away and comes back.
      for (const away of ['unavailable', 'unknown']) await home.write(attention, away)
      server.start({ AUTOMATIONS_MAY_CONTROL: 'true' })
      await lab.until('the server is back', async () => (await home.state(attention))?.state === 'on')
      await elapse(lookMs)
      const afterServer = await toldAt()
      if (!hub.restart) return leaveOut(chapterOf, 'JOURNEY_HA_RESTART is not set')
      await hub.restart()
      await lab.until('Home Assistant is back', async () => (await home.state(attention))?.state === 'on', 60)
      const reminded = await lab.until('it is told again', async () => (await toldAt())[0], 2 * againSeconds)
      await elapse(lookMs)

      assert.deepEqual(afterServer, [first])
      assert.ok(reminded - first >= againSeconds, `${reminded - first} s`)
      assert.deepEqual(await toldAt(), [reminded], 'Home Assistant forgot what was told before its restart')
    },
  )

  await chapter('what was told is taken away when nobody is needed', async () => {
    await lab.until('it is told', () => home.notification('vcf_needed_vcf_m01_needs_attention'))
    await home.press('olga', 'input_button.vcf_m01_cancel')
    await lab.until('it is taken away when nobody is needed', async () => !(await home.notification('vcf_needed_vcf_m01_needs_attention')))
  })
})
