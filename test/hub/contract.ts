/** What holds on every Home Assistant: the same tests for the stand-in and for a real one. */
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { leasePlaces } from '../../server/hub/lease-place.ts'
import { removeEverything } from '../../server/hub/remove.ts'
import type { Press } from '../../server/ports/hub.ts'
import { phases } from '../../shared/upgrade.ts'
import { leaveOut } from '../support/left-out.ts'
import { enter, type Person } from './person.ts'
import { newStore, realClock, type ServerSide, startServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

export type Login = 'admin' | 'olga' | 'nora' | 'rolf'

/** A Home Assistant with an owner, an administrator, a user and one who may only look. */
export interface Target {
  readonly url: string
  readonly tokens: Readonly<Record<Login, string>>
  /** Address of a broker: entities come by MQTT. */
  readonly mqtt?: string
  /** States of the entity as recorded, oldest first. */
  history(entityId: string): Promise<readonly string[]>
  pressByScript(login: Login, entityId: string): Promise<void>
  pressByAutomation(entityId: string): Promise<void>
  /** Undefined: it cannot be restarted from here. */
  readonly restart?: () => Promise<void>
  close(): Promise<void>
}

export function promisesOnEvery(name: string, open: () => Promise<Target>, by: 'direct' | 'mqtt' = 'direct'): void {
  const [button, toggle] = by === 'mqtt' ? ['button', 'switch'] : ['input_button', 'input_boolean']
  let target: Target
  let people: Record<Login, Person>
  const running: ServerSide[] = []

  const start = (options: Parameters<typeof startServerSide>[1] = {}, login: Login = 'admin') => {
    const side = startServerSide({ url: target.url, token: target.tokens[login] }, { ...brokerOf(target), ...options })
    running.push(side)
    return side
  }
  const enterAll = async () => {
    const entered = await Promise.all(Object.entries(target.tokens).map(async ([login, token]) => [login, await enter(target.url, token)]))
    people = Object.fromEntries(entered) as Record<Login, Person>
  }
  const leaveAll = () => {
    for (const person of Object.values(people)) person.leave()
  }
  const shown = (entityId: string) =>
    until(`${entityId} is there`, async () => {
      const found = await people.admin.state(entityId)
      return !isNothing(found?.state) && found
    })
  /** Once it told where the switch of its domain stands, it hears every press. */
  const listening = (side: ServerSide) => until('it listens', () => side.switches.length > 0)
  const ignore = `${toggle}.vcf_m01_ignore_alerts`
  /** Home Assistant remembers where a switch of this name stood, also that of an earlier run. */
  const turnedOff = async ({ hub }: ServerSide) => {
    hub.turnOffIgnoreAlerts('id-of-vcf-m01')
    await until('it is off', async () => (await shown(ignore)).state === 'off')
  }
  /** As a server of the same installation that starts again. */
  const store = newStore()

  // Not in `before`: that runs, and what it opened stays open, where a name pattern leaves no test over.
  let opened = false
  test.beforeEach(async () => {
    if (opened) return
    opened = true
    target = await open()
    await enterAll()
  })
  test.afterEach(async () => {
    if (!opened) return
    for (const side of running.splice(0)) await side.close()
    // Else the beat of one test's server would keep the next one's away.
    await fetch(`${target.url}/api/states/${leasePlaces()[by]}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${target.tokens.admin}` },
    })
  })
  after(async () => {
    if (!opened) return
    leaveAll()
    await target.close()
  })

  test(`${name}: controls have the ids of the contract, made once`, async () => {
    const first = start({ store })
    first.hub.publish(viewOf('vcf-m01'))
    const status = await shown('sensor.vcf_m01_upgrade_status')
    await first.close()

    const second = start({ store })
    second.hub.publish(viewOf('vcf-m01', 'successfully_completed'))
    await until(
      'the second server shows its view',
      async () => (await shown('sensor.vcf_m01_upgrade_status')).state === 'successfully_completed',
    )

    assert.deepEqual(status.attributes.controls, {
      start: `${button}.vcf_m01_start_upgrade`,
      download: `${button}.vcf_m01_download_bundles`,
      acknowledge: `${button}.vcf_m01_acknowledge_alerts`,
      retry: `${button}.vcf_m01_retry`,
      cancel: `${button}.vcf_m01_cancel`,
      pause: `${button}.vcf_m01_pause`,
      ignore_alerts: `${toggle}.vcf_m01_ignore_alerts`,
    })
    const registered = await people.admin.ask<{ entity_id: string; platform: string }[]>({ type: 'config/entity_registry/list' })
    assert.deepEqual(
      registered
        .filter(({ entity_id }) => entity_id.startsWith(`${button}.vcf_`))
        .map(({ entity_id, platform }) => [entity_id, platform])
        .toSorted(),
      [
        'vcf_check_for_updates',
        'vcf_m01_acknowledge_alerts',
        'vcf_m01_cancel',
        'vcf_m01_download_bundles',
        'vcf_m01_pause',
        'vcf_m01_retry',
        'vcf_m01_start_upgrade',
        'vcf_refresh_token',
      ].map((id) => [`${button}.${id}`, by === 'mqtt' ? 'mqtt' : button]),
    )
  })

  test(`${name}: every phase is a state change of its own, in order, however short`, async () => {
    const { hub } = start({ store })
    // The recorder remembers earlier runs.
    const domain = `path${Date.now()}`
    const status = `sensor.vcf_${domain}_upgrade_status`
    hub.publish(viewOf(domain))
    await shown(status)

    for (const phase of phases.slice(1)) hub.publish(viewOf(domain, phase))

    const recorded = await until('all phases are recorded', async () => {
      const states = await target.history(status)
      return states.at(-1) === phases.at(-1) && states
    })
    // What a new entity of MQTT says before it has heard anything.
    assert.deepEqual(
      recorded.filter((state) => !isNothing(state)),
      phases,
    )
  })

  test(`${name}: a press tells the person behind it, exactly once, in order`, async () => {
    const side = start({ store })
    const { presses } = side
    side.hub.publish(viewOf('vcf-m01'))
    await listening(side)
    const acknowledge = `${button}.vcf_m01_acknowledge_alerts`

    await people.olga.press(acknowledge)
    await people.olga.press(acknowledge)
    await people.nora.press(acknowledge)
    await assert.rejects(people.rolf.press(acknowledge))
    await target.pressByAutomation(acknowledge)
    await target.pressByScript('olga', acknowledge)
    await until('five presses arrived', () => presses.length >= 5)
    await elapse(100)

    const admin = { name: 'Olga', login: 'olga', admin: true, id: people.olga.id }
    assert.deepEqual(
      presses.map(({ by }) => by),
      [admin, admin, { name: 'Nora', login: 'nora', admin: false, id: people.nora.id }, undefined, admin],
    )
    assert.ok(presses.every(({ domainId, control, missed }) => domainId === 'id-of-vcf-m01' && control === 'acknowledge' && !missed))
    assert.ok(presses.every(({ at }, index) => at >= (presses[index - 1]?.at ?? 0)))
  })

  test(`${name}: controls of the whole installation are pressed without a domain`, async () => {
    const side = start({ store })
    await until('it is in charge', () => side.hub.problem() === undefined)
    await until('it listens', async () => {
      const found = await people.admin.state(`${button}.vcf_check_for_updates`)
      return found !== undefined && found.state !== 'unavailable'
    })

    await people.olga.press(`${button}.vcf_check_for_updates`)
    await people.nora.press(`${button}.vcf_refresh_token`)
    await until('both arrived', () => side.presses.length === 2)

    assert.deepEqual(
      side.presses.map(({ domainId, control, by }) => [domainId, control, by?.login]),
      [
        [undefined, 'check_for_updates', 'olga'],
        [undefined, 'refresh_token', 'nora'],
      ],
    )
  })

  test(`${name}: what it refuses it refuses in these words`, async () => {
    const code = (asked: Promise<unknown>) =>
      asked.then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    const rest = async (method: string, id: string, login: Login, body?: object) => {
      const headers = { authorization: `Bearer ${target.tokens[login]}` }
      const response = await fetch(`${target.url}/api/states/${id}`, { method, headers, body: body ? JSON.stringify(body) : null })
      return response.status
    }
    const id = 'sensor.of_a_test'

    const codes = [
      await code(people.admin.ask({ type: 'nonsense' })),
      await code(people.nora.ask({ type: 'input_button/create', name: 'Not hers' })),
      await code(people.nora.ask({ type: 'config/auth/list' })),
      await code(people.admin.ask({ type: 'input_button/delete', input_button_id: 'nobody_made_this' })),
      await code(people.admin.ask({ type: 'call_service', domain: 'nobody', service: 'knows' })),
      await code(people.rolf.press(`${button}.vcf_m01_retry`)),
    ]
    const statuses = [
      await rest('POST', id, 'admin', { state: 'x'.repeat(255) }),
      await rest('POST', id, 'admin', { state: 'again' }),
      await rest('POST', id, 'admin', { state: 'x'.repeat(256) }),
      await rest('POST', id, 'admin', {}),
      await rest('POST', 'no_domain', 'admin', { state: 'x' }),
      await rest('GET', id, 'nora'),
      await rest('DELETE', id, 'admin'),
      await rest('DELETE', id, 'admin'),
      await rest('GET', id, 'admin'),
    ]

    assert.deepEqual(codes, ['unknown_command', 'unauthorized', 'unauthorized', 'not_found', 'not_found', 'home_assistant_error'])
    assert.deepEqual(statuses, [201, 200, 400, 400, 400, 200, 200, 404, 404])
  })

  test(`${name}: the switch tells both positions, and turning it off ourselves is no press`, async () => {
    const side = start({ store })
    const { hub, presses, switches } = side
    hub.publish(viewOf('vcf-m01'))
    await listening(side)
    await turnedOff(side)
    const found = switches.length

    await people.olga.turn(ignore, true)
    await until('a press arrived', () => presses.length > 0)
    hub.turnOffIgnoreAlerts('id-of-vcf-m01')
    await until('it is off', async () => (await shown(ignore)).state === 'off')
    await people.nora.turn(ignore, true)
    await people.nora.turn(ignore, false)
    await until('two more arrived', () => presses.length >= 3)

    assert.equal(switches.length, found)
    assert.deepEqual(
      presses.map(({ control, on, by }) => [control, on, by?.login]),
      [
        ['ignore_alerts', true, 'olga'],
        ['ignore_alerts', true, 'nora'],
        ['ignore_alerts', false, 'nora'],
      ],
    )
  })

  test(`${name}: the target release is chosen by MQTT alone; who chose it is told, and a choice that is not taken is put back`, async () => {
    const select = 'select.vcf_m01_target_release'
    const targetRelease = { chosen: 'next', options: ['next', '5.2.1.0', '5.2.2.0'] }
    const side = start({ store })
    side.hub.publish(viewOf('vcf-m01', undefined, { targetRelease }))
    await listening(side)
    if (by === 'direct') return assert.equal(await people.admin.state(select), undefined)
    const { state, attributes } = await shown(select)
    const listed = await people.admin.ask<Record<string, string | null>[]>({ type: 'config/entity_registry/list' })
    const entry = listed.find(({ entity_id }) => entity_id === select)!
    const phase = listed.find(({ entity_id }) => entity_id === 'sensor.vcf_m01_upgrade_status')!
    const stands = (release: string) => until(`${release} stands there`, async () => (await people.admin.state(select))?.state === release)

    await people.olga.choose(select, '5.2.2.0')
    await until('the choice arrived', () => side.choices.length === 1)
    await stands('5.2.2.0')
    side.hub.publish(viewOf('vcf-m01', undefined, { targetRelease: { ...targetRelease, chosen: '5.2.2.0', by: 'Olga' } }))
    side.hub.showTargetRelease('id-of-vcf-m01', '5.2.2.0')
    await until('who chose is told', async () => (await people.admin.state(select))?.attributes.chosen_by === 'Olga')
    await people.nora.choose(select, '5.2.1.0')
    await until('hers arrived', () => side.choices.length === 2)
    side.hub.showTargetRelease('id-of-vcf-m01', '5.2.2.0')
    await stands('5.2.2.0')
    await assert.rejects(people.rolf.choose(select, 'next'))
    await assert.rejects(people.olga.choose(select, '9.9.9.9'))
    await elapse(200)
    side.hub.publish(viewOf('vcf-m01', undefined, { targetRelease: { chosen: 'next', options: ['next', '5.2.2.0'] } }))
    await stands('next')
    await elapse(200)

    assert.equal(state, 'next')
    assert.deepEqual(attributes.options, targetRelease.options)
    assert.deepEqual((await people.admin.state(select))?.attributes.options, ['next', '5.2.2.0'])
    assert.deepEqual([entry.unique_id, entry.entity_category], ['vcf_upgrade_domain_id-of-vcf-m01_target_release', 'config'])
    assert.ok(entry.device_id && entry.device_id === phase.device_id)
    assert.deepEqual(
      side.choices.map(({ domainId, release, by, late }) => [domainId, release, by?.login, late]),
      [
        ['id-of-vcf-m01', '5.2.2.0', 'olga', false],
        ['id-of-vcf-m01', '5.2.1.0', 'nora', false],
      ],
    )
  })

  test(`${name}: a control that a person renames is told by its new name and still obeyed`, async () => {
    const side = start({ store })
    const { presses } = side
    side.hub.publish(viewOf('vcf-m01'))
    await listening(side)
    const rename = (entity_id: string, new_entity_id: string) =>
      people.admin.ask({ type: 'config/entity_registry/update', entity_id, new_entity_id })
    const retry = async () => (await shown('sensor.vcf_m01_upgrade_status')).attributes.controls as Record<string, string>

    await rename(`${button}.vcf_m01_retry`, `${button}.once_more`)
    await until('the new name is told', async () => (await retry()).retry === `${button}.once_more`)
    await people.olga.press(`${button}.once_more`)
    await until('the press arrived', () => presses.length > 0)
    await rename(`${button}.once_more`, `${button}.vcf_m01_retry`)
    await until('the old name is told again', async () => (await retry()).retry === `${button}.vcf_m01_retry`)

    assert.deepEqual(
      presses.map(({ control, missed }) => [control, missed]),
      [['retry', undefined]],
    )
  })

  test(`${name}: what else belongs to a domain is told by the ids that a person gave`, async () => {
    const side = start({ store })
    side.hub.publish(viewOf('vcf-m01'))
    await listening(side)
    // Without a broker Home Assistant has only the controls in its registry.
    const ofMqtt = {
      ...{ status: 'sensor.vcf_m01_status', attention: 'binary_sensor.vcf_m01_needs_attention', cpu: 'sensor.vcf_m01_cpu_usage' },
      ...{ server: 'sensor.vcf_server', connection: 'binary_sensor.vcf_connection' },
    }
    const ids = {
      ...(by === 'mqtt' && ofMqtt),
      ...{ check_for_updates: `${button}.vcf_check_for_updates`, refresh_token: `${button}.vcf_refresh_token` },
    }
    const rename = (entity_id: string, new_entity_id: string) =>
      people.admin.ask({ type: 'config/entity_registry/update', entity_id, new_entity_id })
    const mine = Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, `${id.split('.')[0]}.my_${key}`]))
    const tells = async (wanted: Readonly<Record<string, string>>) => {
      const { entities } = (await shown('sensor.vcf_m01_upgrade_status')).attributes as { entities: Record<string, string> }
      return Object.entries(wanted).every(([key, id]) => entities[key] === id)
    }

    await until('the first ids are told', () => tells(ids))
    for (const [key, id] of Object.entries(ids)) await rename(id, mine[key]!)
    await until('the new ids are told', () => tells(mine))
    for (const [key, id] of Object.entries(ids)) await rename(mine[key]!, id)
    await until('the old ids are told again', () => tells(ids))
  })

  test(`${name}: what was pressed while no server was there is told once, as missed`, async () => {
    const earlier = start({ store })
    earlier.hub.publish(viewOf('vcf-m01'))
    await listening(earlier)
    await people.olga.press(`${button}.vcf_m01_cancel`)
    await until('the press was heard', () => earlier.presses.length > 0)
    await earlier.close()
    // By MQTT nothing can be pressed then.
    if (by === 'mqtt')
      await until('the button is gone', async () => (await people.admin.state(`${button}.vcf_m01_start_upgrade`))?.state === 'unavailable')
    await people.nora.press(`${button}.vcf_m01_start_upgrade`)

    const later = start({ store })
    later.hub.publish(viewOf('vcf-m01'))
    if (by === 'direct') await until('the missed press is told', () => later.presses.length > 0)
    else await listening(later)
    await elapse(100)

    assert.deepEqual(
      later.presses.map(({ control, missed, by }): Partial<Press> & { login?: string } => ({ control, missed, login: by?.login })),
      by === 'direct' ? [{ control: 'start', missed: true, login: 'nora' }] : [],
    )
  })

  test(`${name}: a second server only watches, and takes over after three missed beats`, async () => {
    const first = start({ beatMs: 250 })
    await until('the first is in charge', () => first.hub.problem() === undefined)
    const second = start({ beatMs: 250 })
    second.hub.publish(viewOf('vcf-lease'))
    await until('the second says that it watches', () => second.log.some((line) => line.includes('only watches')))
    await elapse(600)
    const whileFirstLives = await people.admin.state('sensor.vcf_lease_upgrade_status')
    await first.close()
    await shown('sensor.vcf_lease_upgrade_status')

    assert.equal(whileFirstLives, undefined)
    assert.equal(second.log.filter((line) => line.includes('only watches')).length, 1)
    assert.equal(second.hub.problem(), undefined)
  })

  test(`${name}: a token without the rights of an administrator writes nothing and costs one line`, async () => {
    const { hub, log } = start({ refusedRetryMs: 100 }, 'nora')
    hub.publish(viewOf('vcf-refused'))
    await until('it is told', () => log.some((line) => line.startsWith('error')))
    await elapse(350)

    const alarming = log.filter((line) => !line.startsWith('info'))
    assert.equal(alarming.length, 1)
    assert.match(alarming[0]!, /^error .*HA_TOKEN.*administrator/)
    assert.match(hub.problem() ?? '', /HA_TOKEN/)
    assert.equal(await people.admin.state('sensor.vcf_refused_upgrade_status'), undefined)
  })

  test(`${name}: notifications have one id per domain and purpose`, async () => {
    const { hub } = start({ store })
    const notice = { domainId: 'id-of-vcf-m01', purpose: 'refused', title: 'Refused' } as const
    hub.notify({ ...notice, message: 'first' })
    hub.publish(viewOf('vcf-m01'))
    hub.notify({ ...notice, message: 'second' })
    const ours = async () => (await people.admin.notifications()).filter(({ notification_id: id }) => id.startsWith('vcf_upgrade_'))
    const both = await until('the second replaced the first', async () => {
      const shownNow = await ours()
      return shownNow[0]?.message === 'second' && shownNow
    })
    hub.dismiss('id-of-vcf-m01', 'refused')
    await until('it is gone', async () => (await ours()).length === 0)

    assert.deepEqual(
      both.map(({ notification_id: id }) => id),
      ['vcf_upgrade_vcf_m01_refused'],
    )
  })

  test(`${name}: after its restart everything is there again, and what it restores is no press`, async (t) => {
    if (!target.restart) return leaveOut(t, 'it cannot be restarted from here')
    const side = start({ store })
    const { hub, presses, switches } = side
    hub.publish(viewOf('vcf-m01', 'waiting_for_alert_acknowledgement'))
    hub.publishFleet({ overall: 'needs_attention', activeDomains: 1, connected: true })
    await listening(side)
    await turnedOff(side)
    hub.notify({ domainId: 'id-of-vcf-m01', purpose: 'waiting', title: 'Waiting', message: 'for you' })
    hub.notify({ domainId: 'id-of-vcf-m01', purpose: 'started', title: 'Started', message: 'by you' })
    await until('both notices are there', async () => (await people.admin.notifications()).length >= 2)
    await people.olga.press(`${button}.vcf_m01_start_upgrade`)
    await people.olga.turn(ignore, true)
    await until('both presses arrived', () => presses.length === 2)
    leaveAll()

    await target.restart()
    await enterAll()
    await shown('sensor.vcf_m01_upgrade_status')
    await until('the notice is back', async () => (await people.admin.notifications()).length > 0)
    // By MQTT the broker had kept what was shown before.
    await until('it is in charge again', () => side.log.filter((line) => line.includes('Connected to Home Assistant')).length === 2)
    await shown(`${button}.vcf_m01_start_upgrade`)
    await people.olga.press(`${button}.vcf_m01_start_upgrade`)
    await until('the press after the restart arrived', () => presses.length > 2)
    await elapse(100)

    assert.equal((await shown('sensor.vcf_m01_upgrade_status')).state, 'waiting_for_alert_acknowledgement')
    assert.equal((await shown('sensor.vcf_overall_status')).state, 'needs_attention')
    assert.deepEqual(
      (await people.admin.notifications()).map(({ notification_id: id }) => id),
      ['vcf_upgrade_vcf_m01_waiting'],
    )
    assert.deepEqual(
      presses.map(({ control, missed }) => [control, missed]),
      [
        ['start', undefined],
        ['ignore_alerts', undefined],
        ['start', undefined],
      ],
    )
    assert.deepEqual(switches.at(-1), { domainId: 'id-of-vcf-m01', on: true })
  })

  test(`${name}: removal leaves nothing`, async () => {
    const side = start({ store })
    side.hub.publish(viewOf('vcf-m01'))
    await until('it is in charge', () => side.hub.problem() === undefined)
    await shown('sensor.vcf_m01_upgrade_status')
    await side.close()
    const address = { url: target.url, token: target.tokens.admin, clock: realClock, log: () => {} }

    const removed = await removeEverything({ ...address, store })
    const left = (await people.admin.ask<{ entity_id: string }[]>({ type: 'get_states' })).filter(({ entity_id }) =>
      /[._]vcf/.test(entity_id),
    )
    const registered = await people.admin.ask<{ entity_id: string }[]>({ type: 'config/entity_registry/list' })
    const again = await removeEverything({ ...address, store })

    assert.ok(by === 'direct' ? removed.states > 10 && removed.helpers >= 12 : removed.devices >= 2)
    assert.deepEqual(left, [])
    assert.deepEqual(
      registered.filter(({ entity_id }) => /[._]vcf/.test(entity_id)),
      [],
    )
    assert.deepEqual(await people.admin.notifications(), [])
    assert.deepEqual(again, { devices: 0, states: 0, helpers: 0, notifications: 0 })
  })
}

function brokerOf({ mqtt }: Target): Pick<NonNullable<Parameters<typeof startServerSide>[1]>, 'mqtt'> {
  return mqtt === undefined ? {} : { mqtt: { url: mqtt, sddcManager: 'https://sddc-manager.vcf.lab' } }
}

function isNothing(state: string | undefined): boolean {
  return state === undefined || state === 'unavailable' || state === 'unknown'
}
