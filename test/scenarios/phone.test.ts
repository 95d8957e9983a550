/** The button Acknowledge on a phone, against a whole upgrade: whoever presses it is judged as at the card. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import { createNotifier, type Notifier } from '../../server/fleet/notifier.ts'
import { createPhoneDesk } from '../../server/fleet/phone.ts'
import type { Hub, Presser } from '../../server/ports/hub.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { createRecordingPost } from '../support/post.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { hour, minute, nora, olga, otto, rehearse } from '../support/rehearsal.ts'

const phone = 'notify.mobile_app_olga'

async function atTheGate(scenario: string, t: TestContext) {
  const store = createMemoryStore('11111111-1111-4111-8111-111111111111')
  const post = createRecordingPost()
  const silent = createRecordingHub()
  let notifier: Notifier | undefined
  let told: Hub = silent
  const also = new Proxy(silent, { get: (_, name) => Reflect.get(told, name) })
  const r = await rehearse(scenario, { store, also })
  t.after(() => r.close())
  let tokens = 0
  const begin = () => {
    notifier?.stop()
    notifier = createNotifier({
      ...{ targets: [phone], post, store, clock: r.clock, hour, retryEvery: 15 * minute },
      log: { warn: () => {}, error: (line) => assert.fail(line) },
      newToken: () => `token-${++tokens}`,
      digest: (text) => createHash('sha256').update(text).digest('hex'),
    })
    told = notifier.beside(silent)
  }
  begin()
  for (const view of r.fleet.views()) told.publish(view)
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  return {
    ...{ r, post },
    token: () => post.sent.findLast(({ tag }) => tag.endsWith('_waiting'))?.token,
    refusals: () => silent.told.filter(({ purpose }) => purpose === 'refused').map(({ message }) => message),
    async restart() {
      begin()
      await r.restart()
    },
    async press(token: string, by: Presser | undefined) {
      const policy = { mayControl: 'admins', automationsMayControl: false } as const
      const log = { info: () => {} }
      const desk = createPhoneDesk({ ...{ notifier: notifier!, policy, log, hub: silent }, desk: r.fleet.desk, views: r.fleet.views })
      await desk({ token, at: r.clock.now(), ...(by && { by }) })
      await r.advance(minute)
    },
  }
}

test('warnings are acknowledged from a phone once, by name, and the run goes on', async (t) => {
  const side = await atTheGate('warnings', t)
  const token = side.token()!

  await side.press(token, olga)
  assert.equal(side.r.view().phase, 'upgrading_sddc_manager')
  assert.match(side.r.log().join('\n'), /warnings acknowledged by Olga/)
  assert.deepEqual(side.refusals(), [])

  await side.press(token, olga)
  assert.match(side.refusals().join(), /Olga pressed Acknowledge on a phone, not obeyed: the button was used before/)
})

test('the button is good after a restart', async (t) => {
  const side = await atTheGate('warnings', t)
  await side.restart()

  await side.press(side.token()!, otto)

  assert.equal(side.r.view().phase, 'upgrading_sddc_manager')
  assert.equal(side.post.sent.filter(({ tag, text }) => text && tag.endsWith('_waiting')).length, 1)
})

test('who may not press at the card may not on a phone, and takes the button from nobody', async (t) => {
  const side = await atTheGate('warnings', t)
  const token = side.token()!

  await side.press(token, nora)
  await side.press(token, undefined)
  await side.press(token, { id: 'x', name: 'unknown', admin: false, gone: true })
  assert.equal(side.r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.match(side.r.log().join('\n'), /Nora pressed Acknowledge, not obeyed: only administrators/)
  assert.match(side.r.log().join('\n'), /An automation pressed Acknowledge, not obeyed/)

  await side.press(token, olga)
  assert.equal(side.r.view().phase, 'upgrading_sddc_manager')
})

test('a button of findings that were found again does nothing, the new one does', async (t) => {
  const side = await atTheGate('warnings', t)
  const old = side.token()!
  await side.r.press('retry', olga)
  await side.r.until('waiting_for_alert_acknowledgement')

  await side.press(old, olga)
  assert.equal(side.r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.match(side.refusals().join(), /what it was for is over/)

  await side.press(side.token()!, olga)
  assert.equal(side.r.view().phase, 'upgrading_sddc_manager')
})

test('errors have no button, and a token of another place does not override them', async (t) => {
  const side = await atTheGate('errors', t)

  assert.equal(side.token(), undefined)
  await side.press('token-1', olga)

  assert.equal(side.r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.equal(side.r.view().precheck?.override, undefined)
})

test('a button of a run that was cancelled acknowledges nothing of the next', async (t) => {
  const side = await atTheGate('warnings', t)
  const old = side.token()!
  await side.r.press('cancel', olga)
  await side.r.until('cancelled')
  await side.r.press('start', olga)
  await side.r.until('waiting_for_alert_acknowledgement')

  await side.press(old, olga)

  assert.equal(side.r.view().phase, 'waiting_for_alert_acknowledgement')
  assert.match(side.refusals().join(), /what it was for is over/)
})
