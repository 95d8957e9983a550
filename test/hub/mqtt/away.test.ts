/** What happened at the broker while no server listened: devices that a person deleted, and states that are nobody's any more. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { removeEverything } from '../../../server/hub/remove.ts'
import { hostResource, resourcesOf } from '../../monitoring/views.ts'
import { newStore, realClock } from '../server-side.ts'
import { elapse, until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse, phase } from './mqtt-house.ts'

const house = anMqttHouse()
const domain = 'vcf_upgrade_domain_id-of-vcf-m01'
const configOf = (device: string) => `homeassistant/device/${device}/config`
const isAnnounced = (device: string) => house.broker.kept.has(configOf(device))
const statesOf = (device: string) => [...house.broker.kept.keys()].filter((topic) => topic.includes(`/${device}/`))
const deleted = /A person deleted the device VCF m01 in Home Assistant while this server did not listen\. It stays away/

/** A server that showed a domain and has ended since. */
async function servedBefore(options?: Parameters<typeof house.connected>[0]): Promise<void> {
  const side = await house.connected(options)
  await side.close()
  await until('it is away', () => house.state(phase) === 'unavailable')
}

/** The next life, once it beats. */
async function serveAgain(options: Parameters<typeof house.serve>[0] = {}) {
  const side = house.serve(options)
  side.hub.publish(viewOf('vcf-m01'))
  await until('it is online', () => [...house.broker.kept].some(([topic, payload]) => topic.endsWith('/status') && payload === 'online'))
  return side
}

test('a device that a person deleted while the server was away stays away until somebody asks for it, over restarts', async () => {
  await servedBefore()
  house.integration.deleteDevice(domain)
  await until('its announcement is gone', () => !isAnnounced(domain))
  const left = statesOf(domain).length
  const next = await serveAgain()
  await until('it is told', () => deleted.test(next.log.join('\n')))
  await until('nothing of it is kept', () => statesOf(domain).length === 0)
  const others = house.state('sensor.vcf_server')
  await next.close()
  const third = await serveAgain()
  await elapse(300)

  assert.ok(left > 5, 'its states outlived it')
  assert.ok(others !== undefined && others !== 'unavailable')
  assert.equal(isAnnounced(domain), false)
  assert.equal(next.log.filter((line) => deleted.test(line)).length, 1)
  third.hub.showDeleted()
  await until('it is back', () => house.state(phase) === 'waiting_for_initiation')
})

test('a host too', async () => {
  const first = await house.connected()
  first.hub.publishResources(resourcesOf(hostResource('esx01.lab.example')))
  await until('the host is shown', () => house.state('sensor.vcf_host_esx01_cpu_usage') !== undefined)
  const host = [...house.broker.kept.keys()].find((topic) => topic.includes('_host_') && topic.endsWith('/config'))!.split('/')[2]!
  await until('it has a value', () => statesOf(host).length > 0)
  await first.close()
  house.integration.deleteDevice(host)
  await until('its announcement is gone', () => !isAnnounced(host))

  const next = await serveAgain()
  next.hub.publishResources(resourcesOf(hostResource('esx01.lab.example')))
  await until('it is told', () => /deleted the device VCF Host esx01/.test(next.log.join('\n')))

  assert.equal(isAnnounced(host), false)
  assert.ok(isAnnounced(domain))
})

for (const [what, happened] of [
  ['has lost all that it kept', async () => house.broker.goAway().then(() => house.broker.comeBack())],
  [
    'has lost the newest, states and announcement of the domain',
    async () => {
      for (const topic of [...statesOf(domain), configOf(domain)]) await house.broker.publish(topic, '', true)
    },
  ],
  [
    'shows no announcement at all, as one whose rules forbid reading them',
    async () => {
      for (const topic of house.broker.kept.keys()) if (topic.startsWith('homeassistant/')) await house.broker.publish(topic, '', true)
    },
  ],
] as const) {
  test(`a broker that ${what} looks like no deletion: everything is announced anew`, async () => {
    await servedBefore()
    await happened()
    const next = await serveAgain()
    await until('it is back', () => house.state(phase) === 'waiting_for_initiation')

    assert.doesNotMatch(next.log.join('\n'), /deleted the device/)
  })
}

test('a device that is deleted while the broker cannot be reached is known when it can again', async () => {
  const side = await house.connected()
  const before = new Map([...house.broker.kept].filter(([topic]) => topic !== configOf(domain)))
  await house.broker.goAway()
  await house.broker.comeBack(before)
  await until('it is told', () => deleted.test(side.log.join('\n')))

  assert.equal(isAnnounced(domain), false)
})

/** A person deletes every device while the server runs, which then ends. Answers what it logged. */
async function deleteAll(): Promise<string> {
  const side = await house.connected()
  for (const device of ['vcf_upgrade_server', domain]) {
    house.integration.deleteDevice(device)
    await until('its announcement is gone', () => !isAnnounced(device))
  }
  await until('both are told', () => side.log.filter((line) => /deleted the device/.test(line)).length === 2)
  await side.close()
  return side.log.join('\n')
}

const byRemoval = /Check for updates.* stop this server, run "vcf-upgrade-server remove" .* start it again/

test('where the button that brings all back was deleted too, the log names another way at once and at the next start; that way leads there', async () => {
  const said = await deleteAll()
  const next = house.serve()
  next.hub.publish(viewOf('vcf-m01'))
  await until('it is in charge', () => next.hub.problem() === undefined)
  const atStart = next.log.filter((line) => /^warn What a person deleted .* stays away \(2 devices\)/.test(line))
  await next.close()
  const address = { url: house.hub.url, token: house.hub.tokens.admin!, clock: realClock, log: () => {} }
  await removeEverything({ ...address, store: house.store })
  const kept = [...house.broker.kept.keys()]
  const last = await house.connected()

  assert.match(said, new RegExp(`deleted the device VCF in .*${byRemoval.source}`))
  assert.equal(atStart.length, 1, next.log.join('\n'))
  assert.match(atStart[0]!, byRemoval)
  assert.deepEqual(kept, [])
  assert.doesNotMatch(last.log.join('\n'), /stays away/)
})

test('who shows directly for a while has deleted nothing any more', async () => {
  await deleteAll()
  const direct = house.serve({ mqtt: undefined })
  direct.hub.publish(viewOf('vcf-m01'))
  await until('it is shown directly', () => house.state(phase) !== undefined)
  const kept = [...house.broker.kept.keys()]
  const lease = house.state('sensor.vcf_server_in_charge')
  await direct.close()
  await house.connected()

  assert.deepEqual([kept, lease], [[], undefined])
})

test('states of a lost state folder are cleared once another has announced the same devices', async () => {
  const lost = newStore()
  await servedBefore({ store: lost })
  const ofLost = () => [...house.broker.kept.keys()].filter((topic) => topic.includes(lost.instance))
  const before = ofLost().length
  const next = await serveAgain()
  await until('they are gone', () => ofLost().length === 0)
  await until('it is told', () => next.log.some((line) => /\d+ states at the MQTT broker were nobody's any more/.test(line)))

  assert.ok(before > 10)
  assert.equal(house.state(phase), 'waiting_for_initiation')
})

test('states that an announcement names, or of a server that is online, are left alone', async () => {
  const second = newStore()
  const side = house.serve({ store: second, called: { objectId: 'vcf_lab', title: 'VCF Lab' } })
  side.hub.publish(viewOf('vcf-m01'))
  await until('the other is shown', () => house.state('sensor.vcf_lab_m01_upgrade_status') === 'waiting_for_initiation')
  await side.close()
  await house.broker.publish('vcf_upgrade/of-a-third/status', 'online', true)
  await house.broker.publish('vcf_upgrade/of-a-third/vcf_upgrade_server/server', '{"state":"x"}', true)
  await house.broker.publish('vcf_upgrade/of-a-fourth/vcf_upgrade_server/server', '{"state":"x"}', true)
  const ofSecond = () => [...house.broker.kept.keys()].filter((topic) => topic.includes(second.instance)).toSorted()
  const before = ofSecond()
  await serveAgain()
  await until('that of the fourth is gone', () => statesOf('vcf_upgrade_server').every((topic) => !topic.includes('of-a-fourth')))

  assert.deepEqual(ofSecond(), before)
  assert.ok(before.length > 10)
  assert.ok(house.broker.kept.has('vcf_upgrade/of-a-third/vcf_upgrade_server/server'))
})

test('a device of another SDDC Manager that was deleted while both were away stays away, though the one starts before the other', async () => {
  const lab = { store: newStore(), called: { objectId: 'vcf_lab', title: 'VCF Lab' } } as const
  const ofLab = 'vcf_upgrade_domain_lab_id-of-vcf-m01'
  const first = house.serve(lab)
  first.hub.publish(viewOf('vcf-m01'))
  await until('it is shown', () => house.state('sensor.vcf_lab_m01_upgrade_status') === 'waiting_for_initiation')
  await first.close()
  await servedBefore()
  house.integration.deleteDevice(ofLab)
  await until('its announcement is gone', () => !isAnnounced(ofLab))
  const left = statesOf(ofLab)
  const one = await serveAgain()
  await until('its beat is there', () => house.state(phase) === 'waiting_for_initiation')
  await elapse(1_500)
  const still = statesOf(ofLab)
  const other = house.serve(lab)
  other.hub.publish(viewOf('vcf-m01'))
  await until('the other tells it', () => /deleted the device VCF Lab m01/.test(other.log.join('\n')))

  assert.ok(left.length > 5)
  assert.deepEqual([still, isAnnounced(ofLab)], [left, false])
  assert.ok(one.log.every((line) => !line.includes("nobody's")))
})

test('a second server that only watched leaves nothing at the broker when it stops', async () => {
  await house.connected()
  const watching = newStore()
  const second = house.serve({ store: watching })
  second.hub.publish(viewOf('vcf-m01'))
  await until('it watches', () => /only watches/.test(second.hub.problem() ?? ''))
  await elapse(300)
  await second.close()
  await elapse(300)

  assert.deepEqual(
    [...house.broker.kept.keys()].filter((topic) => topic.includes(watching.instance)),
    [],
  )
})
