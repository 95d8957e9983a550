/** Home Assistant is away for hours while an upgrade runs: the fleet in virtual time, the hub's adapter over real sockets in real time. */
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { type ServerSide, startServerSide } from '../hub/server-side.ts'
import { until } from '../hub/until.ts'
import { hour, minute, olga, type Rehearsal, rehearse } from '../support/rehearsal.ts'

const status = 'sensor.vcf_m01_upgrade_status'
const button = (name: string) => `input_button.vcf_m01_${name}`

interface Whole {
  readonly r: Rehearsal
  readonly hub: StandInHub
  readonly side: ServerSide
  state(entityId: string): string | undefined
  /** Hours in which Home Assistant is not there, or nobody reaches it. */
  away(hours: number): Promise<void>
}

/** An upgrade that Olga started in Home Assistant. */
async function aRunningUpgrade(t: TestContext): Promise<Whole> {
  const hub = await startStandInHub()
  const side = startServerSide({ url: hub.url, token: hub.tokens.admin! })
  const r = await rehearse('happy', { also: side.hub })
  side.hub.onPress((press) => void r.fleet.desk.press(press))
  side.hub.onSwitchFound((domainId, on) => r.fleet.desk.found(domainId, on))
  t.after(async () => {
    await side.close()
    await hub.close()
    await r.close()
  })
  const whole: Whole = {
    ...{ r, hub, side },
    state: (entityId) => hub.house.states.get(entityId)?.state,
    away: (hours) => r.advance(hours * hour),
  }
  await until('it listens', () => side.switches.length > 1)
  hub.press('olga', button('start_upgrade'))
  await until('it has begun', () => r.view().run)
  return whole
}

test('Home Assistant away for hours: the upgrade goes on to its end, all is rewritten, and what was pressed meanwhile is told and not obeyed', async (t) => {
  const { r, hub, side, state, away } = await aRunningUpgrade(t)
  await r.until('upgrading_sddc_manager')
  await until('it is shown', () => state(status) === 'upgrading_sddc_manager')
  const before = hub.history(status).length

  await hub.goAway()
  await r.until('upgrading_nsx')
  hub.press('olga', button('cancel'))
  hub.press('olga', button('cancel'))
  hub.setSwitch('olga', 'input_boolean.vcf_m01_ignore_alerts', true)
  await away(1)
  const posts = r.posts().length
  await hub.comeBack()
  await until('the newest is shown', () => state(status) === r.view().phase)
  await until('the press is told', () => hub.notifications().some(({ notification_id: id }) => id.endsWith('_refused')))
  await until('both are in the log', () => r.log().filter((text) => /while this server was away/.test(text)).length === 2)
  await until('the switch is off', () => state('input_boolean.vcf_m01_ignore_alerts') === 'off')

  assert.ok(posts >= 2)
  assert.equal(hub.history(status).length, before + 1, 'what was missed is not replayed')
  assert.equal(r.view().ending, undefined)
  assert.match(
    hub.notifications().find(({ notification_id: id }) => id.endsWith('_refused'))!.message,
    /Olga pressed (Cancel|Ignore alerts) while this server was away; that is not obeyed/,
  )
  assert.deepEqual(
    side.presses.flatMap(({ control, missed }) => (missed ? [control] : [])),
    ['cancel', 'ignore_alerts'],
  )
  assert.ok(
    r.log().some((text) => /Ignore alerts.*while this server was away/i.test(text)),
    r.log().join('\n'),
  )
  for (const { entity_id } of hub.states()) assert.notEqual(state(entity_id), 'unavailable')
  assert.equal(state('sensor.vcf_overall_status'), 'upgrading')
  const beat = hub.states().find(({ entity_id }) => entity_id === 'sensor.vcf_server')!
  assert.ok(Date.now() - Date.parse(beat.state) <= minute, 'the beat is of now')
})

test('Home Assistant restored from a backup, with another clock and old helpers: all is there again and nothing is a press', async (t) => {
  const { r, hub, side, state } = await aRunningUpgrade(t)
  await r.until('upgrading_sddc_manager')
  await until('it is shown', () => state(status) === 'upgrading_sddc_manager')
  hub.press('olga', button('retry'))
  hub.setSwitch('olga', 'input_boolean.vcf_m01_ignore_alerts', true)
  await until('both were heard', () => side.presses.length === 3)
  const heard = side.presses.length
  const { states, inputs } = hub.house

  await hub.goAway()
  await r.advance(2 * hour)
  const restarted = hub.restart({ startingMs: 50 })
  await until('everything is forgotten', () => states.all().length === 0)
  // The backup is of last year: one helper was not made yet, the others stood as they stood then.
  inputs.remove('input_button', 'vcf_m01_cancel')
  await restarted
  const old = '2025-01-01T00:00:00.000000+00:00'
  for (const name of ['start_upgrade', 'acknowledge_alerts', 'retry']) {
    const { attributes, context } = states.get(button(name))!
    states.set(button(name), old, attributes, context)
  }
  await until('the newest is shown', () => state(status) === r.view().phase)
  await until('the missing helper is there', () => state(button('cancel')))
  await r.advance(minute)
  hub.press('olga', button('cancel'))
  await until('a new press is obeyed', () => r.view().ending)

  assert.deepEqual(
    side.presses.slice(heard).map(({ control, missed }) => [control, missed]),
    [['cancel', undefined]],
  )
  assert.equal(r.view().ending?.by, olga.name)
})
