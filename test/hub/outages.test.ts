/** Home Assistant away, half dead, refusing, wrong: the stand-in hub can be all of that. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createStatesByRest } from '../../server/hub/rest.ts'
import { makeCertificate } from '../../server/simulator/certificate.ts'
import { aHouse, status } from './house.ts'
import { realClock, startServerSide } from './server-side.ts'
import { elapse, until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()

test('what was missed while Home Assistant was away is not replayed, the newest is shown', async () => {
  const { hub: shown } = await house.connected()
  await house.hub.goAway()
  await until('it is noticed', () => shown.problem())
  shown.publish(viewOf('vcf-m01', 'update_process_started'))
  shown.publish(viewOf('vcf-m01', 'failed'))

  await house.hub.comeBack()
  await until('the newest is shown', () => house.state() === 'failed')

  assert.deepEqual(
    house.hub.history(status).map(({ state }) => state),
    ['waiting_for_initiation', 'failed'],
  )
  // That it broke and, when one was tried in vain, that it does not answer.
  assert.ok([1, 2].includes(house.lines(/^warn/).length), house.side.log.join('\n'))
  assert.equal(house.lines(/^info Connected/).length, 2)
  assert.equal(shown.problem(), undefined)
})

test('a connection on which nothing is said any more is given up and replaced', async () => {
  // Long enough for whatever a busy machine has to answer before.
  const { hub: shown } = await house.connected({ heartbeatMs: 30, answerMs: 600 })
  // A second view is written when nothing of the first is asked any more: then only a ping can remain without an answer.
  shown.publish(viewOf('vcf-m01', 'update_process_started'))
  await until('a second view is shown', () => house.state() === 'update_process_started')
  house.hub.mute(true)
  await until('it is noticed', () => shown.problem())
  house.hub.mute(false)

  shown.publish(viewOf('vcf-m01', 'failed'))
  await until('it is shown', () => house.state() === 'failed')

  assert.equal(house.lines(/did not answer/).length, 1, house.side.log.join('\n'))
  assert.equal(house.lines(/did not answer ping/).length, 1)
})

test('nothing is written before Home Assistant has set up everything', async () => {
  const { hub: shown } = await house.connected()

  const restarted = house.hub.restart({ startingMs: 300 })
  await until('it is connected again', () => shown.problem() === 'Home Assistant is still starting.')
  await elapse(100)
  const early = house.hub.states()
  await restarted
  await until('it is shown', () => house.state() === 'waiting_for_initiation')

  assert.deepEqual(early, [])
})

test('a beat that arrives after the restart does not hide that notifications were forgotten', async () => {
  const { hub: shown } = await house.connected()
  shown.publishFleet({ overall: 'needs_attention', activeDomains: 1, connected: true })
  shown.notify({ domainId: 'id-of-vcf-m01', purpose: 'waiting', title: 'Waiting', message: 'for you' })
  await until('the notification is there', () => house.hub.notifications().length === 1)
  const { state, attributes, context } = house.hub.states().find(({ entity_id }) => entity_id === 'sensor.vcf_server')!

  const restarted = house.hub.restart({ startingMs: 100 })
  await until('everything is forgotten', () => house.hub.states().length === 0)
  house.hub.house.states.set('sensor.vcf_server', state, attributes, context)
  await restarted

  await until('the notification is back', () => house.hub.notifications().length === 1)
})

test('what is on its way to Home Assistant when a connection ends never arrives at the next one', async () => {
  const rest = createStatesByRest({ url: house.hub.url, token: house.hub.tokens.admin! }, undefined, realClock)
  const late = { entity_id: 'sensor.late', state: 'written', attributes: {} }
  house.hub.mute(true)
  const writes = [late, late, late].map((state) => rest.write(state))
  rest.cut()

  for (const write of writes) await assert.rejects(write, /Home Assistant/)
  house.hub.mute(false)
  assert.equal(await rest.read('sensor.late'), undefined)
  await rest.close()
})

test('of two servers that start in the same moment one takes charge and the other watches', async () => {
  for (let round = 0; round < 5; round++) {
    await house.rebuild({})
    const sides = [house.serve({ claimMs: 100 }), house.serve({ claimMs: 100 })]
    const inCharge = () => sides.filter(({ log }) => log.some((line) => line.startsWith('info Connected')))
    await until('both have decided', () => sides.every(({ hub }) => hub.problem() === undefined || /only watches/.test(hub.problem()!)))

    assert.equal(inCharge().length, 1)
    for (const side of sides) await side.close()
  }
})

test('a refused token costs one line and one failed login per try', async () => {
  const side = house.serve({ refusedRetryMs: 150 }, 'wrong')
  await until('two tries were made', () => house.hub.failedLogins() === 2)

  assert.equal(side.log.length, 1)
  assert.match(side.log[0]!, /^error Home Assistant refused the token\. Set HA_TOKEN .* Next try in/)
  assert.match(side.hub.problem()!, /HA_TOKEN/)
})

test('a token taken away while we are connected is a refused token', async () => {
  const { hub: shown } = await house.connected({ refusedRetryMs: 10_000 })
  house.hub.house.changePerson('admin', { token: 'another' })

  shown.publish(viewOf('vcf-m01', 'failed'))
  await until('it is told', () => house.lines(/^error/).length > 0)
  await elapse(100)

  assert.equal(house.hub.failedLogins(), 1)
  assert.equal(house.side.log.length, 2)
})

test('an untrusted certificate costs one line that names HA_CA_FILE, and is trusted by it', async () => {
  const { key, cert } = await makeCertificate()
  await house.rebuild({ tls: { key, cert } })
  const untrusting = house.serve({ refusedRetryMs: 30 })
  await until('it is told', () => untrusting.log.length > 0)
  await elapse(150)
  await untrusting.close()

  const side = house.serve({ ca: cert })
  side.hub.publish(viewOf('vcf-m01'))
  await until('it is shown', () => house.state() === 'waiting_for_initiation')

  assert.equal(untrusting.log.length, 1)
  assert.match(untrusting.log[0]!, /^error .*is not trusted \(\w+\)\. Set HA_CA_FILE/)
})

test('a CA file without a certificate is refused at once', () => {
  assert.throws(() => startServerSide({ url: 'https://127.0.0.1:1', token: 'x', ca: 'nothing' }), /HA_CA_FILE holds no certificate/)
})

test('a server that starts before Home Assistant finds it later', async () => {
  await house.hub.goAway()
  const side = house.serve()
  side.hub.publish(viewOf('vcf-m01'))
  await until('it is told', () => house.lines(/^warn .*does not answer/).length > 0)

  await house.hub.comeBack()
  await until('it is shown', () => house.state() === 'waiting_for_initiation')

  assert.equal(house.lines(/^warn/).length, 1)
})

test('a message that is no message ends the connection, not the server', async () => {
  const { hub: shown } = await house.connected()

  house.hub.say('{ this is not JSON')
  await until('it is connected anew', () => house.lines(/^info Connected/).length === 2)
  shown.publish(viewOf('vcf-m01', 'failed'))

  await until('it is shown', () => house.state() === 'failed')
})

test('a restart of Home Assistant does not make a watching server take over', async () => {
  const first = await house.connected()
  const second = house.serve()
  second.hub.publish(viewOf('vcf-other'))
  await until('the second watches', () => /only watches/.test(second.hub.problem() ?? ''))

  await house.hub.restart()
  await until('the first is back', () => house.state() !== undefined && first.hub.problem() === undefined)
  await elapse(100)
  const shown = house.hub.house.states.get('sensor.vcf_other_upgrade_status')

  assert.equal(shown, undefined)
})
