/** Messages to `notify.…` and presses on phones, by the adapter against the stand-in. */
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { type StandInHub, startStandInHub } from '../../demo/hub/stand-in-hub.ts'
import { buttonStart } from '../../server/hub/phone-fields.ts'
import type { Letter, PhonePress } from '../../server/ports/post.ts'
import { startServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const text = { title: 'vcf-m01: waiting for you', message: '1 warning' }
const letter = (target: string, more: Partial<Letter> = {}): Letter => ({ target, domainId: 'id-of-vcf-m01', tag: 'a-tag', text, ...more })

async function connected(t: TestContext) {
  const house = await startStandInHub()
  t.after(() => house.close())
  return { house, ...(await served(t, house)) }
}

async function served(t: TestContext, house: StandInHub) {
  const presses: PhonePress[] = []
  let opened = 0
  const side = startServerSide({ url: house.url, token: house.tokens.admin! })
  t.after(() => side.close())
  side.hub.phones.onPress((press) => void presses.push(press))
  side.hub.phones.onOpen(() => opened++)
  await until('it is connected', () => opened > 0)
  return { side, presses, opened: () => opened, deliver: side.hub.phones.deliver }
}

test('a phone gets text, tag and buttons; what a tap opens is the status of the domain', async (t) => {
  const { house, side, deliver } = await connected(t)
  house.house.phones.signIn('mobile_app_olga')
  side.hub.publish(viewOf('vcf-m01'))
  await until('it is shown', () => house.house.states.get('sensor.vcf_m01_upgrade_status'))

  assert.deepEqual(await deliver(letter('notify.mobile_app_olga', { urgent: true, token: 'secret' })), { taken: true })

  const open = '/?more-info-entity-id=sensor.vcf_m01_upgrade_status'
  assert.deepEqual(house.house.phones.messages(), [
    {
      target: 'notify.mobile_app_olga',
      fields: {
        ...text,
        data: {
          ...{ tag: 'a-tag', group: 'vcf_upgrade', clickAction: open, url: open, ttl: 0, priority: 'high' },
          actions: [
            { action: `${buttonStart}secret`, title: 'Acknowledge', authenticationRequired: true },
            { action: 'URI', title: 'Open', uri: open },
          ],
        },
      },
    },
  ])
})

test('without a token there is only Open', async (t) => {
  const { house, deliver } = await connected(t)
  house.house.phones.signIn('mobile_app_olga')

  await deliver(letter('notify.mobile_app_olga'))

  const { data } = house.house.phones.messages()[0]!.fields as { data: { actions: { title: string }[] } }
  assert.deepEqual(
    data.actions.map(({ title }) => title),
    ['Open'],
  )
})

test('a message is taken away from a phone by its tag', async (t) => {
  const { house, deliver } = await connected(t)
  house.house.phones.signIn('mobile_app_olga')

  const { text: _, ...away } = letter('notify.mobile_app_olga')
  await deliver(away)

  const { message, data } = house.house.phones.messages()[0]!.fields as { message: string; data: { tag: string } }
  assert.deepEqual([message, data.tag], ['clear_notification', 'a-tag'])
})

test('another action gets text alone, and so does an entity', async (t) => {
  const { house, deliver } = await connected(t)
  house.house.phones.signIn('mail')
  house.house.states.set('notify.pager', 'unknown', {}, { id: 'c', parent_id: null, user_id: null })

  assert.deepEqual(await deliver(letter('notify.mail', { token: 'secret' })), { taken: true })
  assert.deepEqual(await deliver(letter('notify.pager', { token: 'secret' })), { taken: true })

  assert.deepEqual(house.house.phones.messages(), [
    { target: 'notify.mail', fields: text },
    { target: 'notify.pager', fields: text },
  ])
})

test('what Home Assistant does not know, or refuses, is said with the remedy', async (t) => {
  const { house, deliver } = await connected(t)
  house.house.phones.signIn('mail', 'The mail server said no')

  const unknown = await deliver(letter('notify.nobody'))
  const refused = await deliver(letter('notify.mail'))

  assert.ok(!unknown.taken && !refused.taken)
  assert.match(unknown.why, /neither an action nor an entity.*correct notify\.nobody in NOTIFY/)
  assert.match(refused.why, /The mail server said no/)
})

test('while Home Assistant is away nothing is taken, and it is told when it is there again', async (t) => {
  const { house, opened, deliver } = await connected(t)
  house.house.phones.signIn('mail')
  await house.goAway()
  await assert.rejects(deliver(letter('notify.mail')))

  await house.comeBack()
  await until('it is connected again', () => opened() > 1)

  assert.deepEqual(await deliver(letter('notify.mail')), { taken: true })
})

test('a button is told with who pressed it; what is none of ours is not', async (t) => {
  const { house, presses } = await connected(t)

  house.pressOnPhone('olga', 'SOMETHING_ELSE')
  house.pressOnPhone('olga', `${buttonStart}one`)
  house.pressOnPhone(undefined, `${buttonStart}two`)
  house.pressOnPhone('nora', `${buttonStart}three`)
  await until('all are told', () => presses.length >= 3)
  await elapse(20)

  assert.deepEqual(
    presses.map(({ token, by }) => [token, by?.login, by?.admin]),
    [
      ['one', 'olga', true],
      ['two', undefined, undefined],
      ['three', 'nora', false],
    ],
  )
  assert.ok(Math.abs(presses[0]!.at - Date.now()) < 60_000)
})
