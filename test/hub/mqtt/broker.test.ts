/** What becomes of the entities when the broker is away, refuses, forgets, or is written to by others. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { elapse, until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse, ignore, phase, start } from './mqtt-house.ts'

const house = anMqttHouse()
const device = 'vcf_upgrade_domain_id-of-vcf-m01'
const alarming = (log: readonly string[]) => log.filter((line) => !line.startsWith('info') && !line.startsWith('debug'))

test('a broker that goes away is told once; notices still arrive, and all is back with it, also when it has kept nothing', async () => {
  const side = await house.connected()
  const before = house.ours()

  await house.broker.goAway()
  await until('all is unavailable', () => house.state(phase) === 'unavailable' && house.state(start) === 'unavailable')
  side.hub.notify({ domainId: 'id-of-vcf-m01', purpose: 'waiting', title: 'Waiting', message: 'for you' })
  await until('the notice is there', () => house.hub.notifications().length === 1)
  side.hub.publish(viewOf('vcf-m01', 'failed'))
  await elapse(600)
  const problem = side.hub.problem()
  await house.broker.comeBack()
  await until('the newest phase is shown', () => house.state(phase) === 'failed')
  await until('all is back', () =>
    Object.keys(before).every((id) => (house.state(id) === 'unavailable') === (before[id] === 'unavailable')),
  )
  house.hub.press('olga', start)
  await until('a press is heard', () => side.presses.length === 1)

  assert.match(problem ?? '', /MQTT broker/)
  assert.equal(side.hub.problem(), undefined)
  assert.deepEqual(
    alarming(side.log).map((line) => line.replace(house.broker.url, 'URL')),
    [
      'warn The connection to the MQTT broker at URL broke. Trying again.',
      'warn The MQTT broker does not answer at URL (ECONNREFUSED). Trying again.',
    ],
  )
})

test('a refused password is one line with the remedy, tried again when it is another one, and never seen', async () => {
  let password = 'not-the-secret'
  house.broker.wants('the-secret')
  const side = house.serve({ mqtt: house.mqtt(() => password), refusedRetryMs: 200 })
  side.hub.publish(viewOf('vcf-m01'))
  await until('it was tried again', () => house.broker.refused() > 2)
  const told = alarming(side.log)
  const problem = side.hub.problem()
  password = 'the-secret'
  await until(
    'it is connected',
    () => side.hub.problem() === undefined && side.log.some((line) => line.includes('Connected to the MQTT broker')),
  )

  assert.equal(told.length, 1)
  assert.match(told[0]!, /^error The MQTT broker .* refused the user name or the password\. Set MQTT_USERNAME and MQTT_PASSWORD/)
  assert.match(problem ?? '', /refused/)
  assert.doesNotMatch(side.log.join('\n'), /the-secret/)
})

test('a device that a person deletes stays away, over birth, another connection and a restart of the server, until somebody who may asks for it', async () => {
  const side = await house.connected()
  house.integration.deleteDevice(device)
  await until('it is told', () => side.log.some((line) => line.includes('deleted')))
  side.hub.publish(viewOf('vcf-m01', 'failed'))
  await house.broker.publish('homeassistant/status', 'online')
  await elapse(800)
  const afterBirth = house.state(phase)
  await side.close()
  await until('it has gone', () => house.state('button.vcf_check_for_updates') === 'unavailable')
  const next = house.serve()
  next.hub.publish(viewOf('vcf-m01', 'failed'))
  const check = 'button.vcf_check_for_updates'
  await until('the server is there', () => next.hub.problem() === undefined && house.state(check) === 'unknown')
  await elapse(200)
  const afterRestart = house.state(phase)
  const kept = [...house.broker.kept.keys()].filter((topic) => topic.includes(device))
  house.hub.press('olga', check)
  await until('the press is heard', () => next.presses.length === 1)
  await elapse(100)
  const unjudged = house.state(phase)
  next.hub.showDeleted()
  await until('it is back', () => house.state(phase) === 'failed')

  assert.deepEqual([afterBirth, afterRestart, kept, unjudged], [undefined, undefined, [], undefined])
})

test('a press that only the broker tells of is not obeyed, and said', async () => {
  const side = await house.connected()
  const topic = `vcf_upgrade/${house.store.instance}/${device}/start_upgrade/set`

  await house.broker.publish(
    topic,
    JSON.stringify({ user: house.hub.house.byLogin('olga').id, context: 'FORGED', at: new Date().toISOString() }),
  )
  await house.broker.publish(topic, 'PRESS', true)
  house.hub.press('olga', start)
  await until('the real one is heard', () => side.presses.length > 0)
  await until('the forged one is told', () => alarming(side.log).length > 0, 12_000)

  assert.equal(side.presses.length, 1)
  assert.equal(alarming(side.log).length, 1)
  assert.match(alarming(side.log)[0]!, /^warn A press of start_upgrade came from the MQTT broker that Home Assistant shows nothing of/)
})

test('a switch that is turned at the broker is turned back, and nobody pressed', async () => {
  const side = await house.connected()
  const topic = `vcf_upgrade/${house.store.instance}/${device}/ignore_alerts`

  await house.broker.publish(topic, JSON.stringify({ state: 'on' }), true)
  await until('it is told', () => alarming(side.log).length > 0)
  await until('it is off again', () => house.state(ignore) === 'off')
  await house.broker.publish(`${topic}/set`, 'on')
  await until('that is told too', () => alarming(side.log).length > 1)
  await until('it is off again', () => house.state(ignore) === 'off')
  house.hub.setSwitch(undefined, ignore, true)
  await until('an automation is heard', () => side.presses.length > 0)

  assert.deepEqual(
    side.presses.map(({ control, on, by }) => [control, on, by]),
    [['ignore_alerts', true, undefined]],
  )
})

test('without MQTT_URL all that was announced is taken away and shown directly, and the other way round', async () => {
  const side = await house.connected()
  await side.close()

  const direct = house.serve({ mqtt: undefined })
  direct.hub.publish(viewOf('vcf-m01'))
  await until('it is shown directly', () => house.state('input_button.vcf_m01_start_upgrade') !== undefined && house.state(phase))
  const registered = house.hub.house.registry.all().filter(({ platform }) => platform === 'mqtt')
  const kept = [...house.broker.kept.keys()]
  const lease = house.state('sensor.vcf_server_in_charge')
  const beat = house.state('sensor.vcf_server')
  await direct.close()
  await house.connected()

  assert.deepEqual([registered, kept, lease], [[], [], undefined])
  assert.ok(beat)
  assert.deepEqual(
    Object.keys(house.ours()).filter((id) => id.startsWith('input_')),
    [],
  )
  assert.equal(house.hub.house.registry.byEntityId(phase)?.platform, 'mqtt')
})
