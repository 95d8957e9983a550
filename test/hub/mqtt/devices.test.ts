/** What is announced: devices that hang together, unique ids from VCF's, values that say when nobody knows. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { othersAtWork } from '../../../server/hub/others-at-work.ts'
import { removeEverything } from '../../../server/hub/remove.ts'
import { clusterResource, domainResource, hostResource, resourcesOf } from '../../monitoring/views.ts'
import { newStore, realClock } from '../server-side.ts'
import { until } from '../until.ts'
import { viewOf } from '../views.ts'
import { anMqttHouse, phase } from './mqtt-house.ts'

const house = anMqttHouse()

interface Announced {
  readonly device: Record<string, unknown>
  readonly origin: unknown
  readonly components: Record<string, Record<string, unknown>>
}

function announced(): Map<string, Announced> {
  const configs = [...house.broker.kept].filter(([topic]) => topic.startsWith('homeassistant/device/'))
  return new Map(configs.map(([topic, payload]) => [topic.split('/')[2]!, JSON.parse(payload) as Announced]))
}

test('one device per SDDC Manager, domain, cluster and host, each below the one that it belongs to', async () => {
  const { hub } = await house.connected()
  const host = hostResource('esx01.lab.example')
  hub.publishResources(resourcesOf(domainResource(), clusterResource('cl01'), host))
  await until('the host is shown', () => house.state('sensor.vcf_host_esx01_cpu_usage') !== undefined)
  await until('it has a value', () => house.state('sensor.vcf_host_esx01_cpu_usage') !== 'unavailable')

  const all = announced()
  const nameOf = (id: unknown) => all.get(String(id))?.device.name
  const tree = [...all.values()].map(({ device }) => [device.name, device.model, nameOf(device.via_device)])
  const { configuration_url } = all.get('vcf_upgrade_domain_id-of-vcf-m01')!.device
  hub.publishResources(resourcesOf(domainResource(), clusterResource('cl01')))
  await until('the host has gone', () => house.state('sensor.vcf_host_esx01_cpu_usage') === undefined)
  await until('the broker keeps nothing of it', () => [...house.broker.kept.keys()].every((topic) => !topic.includes('_host_')))

  assert.deepEqual(
    new Set(tree.map((row) => row.join(' < '))),
    new Set([
      'VCF < SDDC Manager < ',
      'VCF m01 < VCF domain < VCF',
      'VCF m01 cl01 < VCF cluster < VCF m01',
      'VCF Host esx01 < ESX host < VCF m01',
    ]),
  )
  assert.equal(configuration_url, 'https://sddc-manager.vcf.lab')
})

test('the device of SDDC Manager has its version, that of a domain its release; ours is that of who announces', async () => {
  const { hub } = await house.connected()
  const told = () => announced().get('vcf_upgrade_server')!.device.sw_version
  const before = told()
  hub.publishFleet({ overall: 'ok', connected: true, version: '5.2.0.0-24108943' })
  await until('it is told', () => told() === '5.2.0.0-24108943')
  hub.publish(viewOf('vcf-m01', 'waiting_for_initiation', { currentVersion: '5.2.0.0' }))
  await until('the domain has its release', () => announced().get('vcf_upgrade_domain_id-of-vcf-m01')!.device.sw_version === '5.2.0.0')
  hub.publishFleet({ overall: 'ok', connected: true, version: '5.2.1.0-24307856' })
  await until('it has the new one', () => told() === '5.2.1.0-24307856')
  hub.publishFleet({ overall: 'ok', connected: false })
  await until('that is shown', () => house.state('binary_sensor.vcf_connection') === 'off')

  assert.equal(before, undefined, 'not known yet')
  assert.equal(told(), '5.2.1.0-24307856', 'an SDDC Manager that is away keeps it')
  for (const { origin } of announced().values()) assert.deepEqual(origin, { name: 'vcf-upgrade-server', sw_version: '0.1.0' })
})

test('every device leads to where a person reaches SDDC Manager, whatever the inventory calls it', async () => {
  const { hub } = await house.connected({ mqtt: { ...house.mqtt(), sddcManager: 'https://10.0.0.4' } })
  hub.publishFleet({ overall: 'ok', connected: true })
  await until('it is shown', () => house.state('binary_sensor.vcf_connection') === 'on')

  for (const { device } of announced().values()) assert.equal(device.configuration_url, 'https://10.0.0.4')
})

test('the log names the device that a person deleted', async () => {
  const { log } = await house.connected()
  house.integration.deleteDevice('vcf_upgrade_domain_id-of-vcf-m01')
  await until('it is told', () => log.some((line) => line.includes('deleted the device')))

  assert.match(log.join('\n'), /A person deleted the device VCF m01 in Home Assistant\. It stays away/)
})

test('names are those of the contract, ids hang on the UUID and not on the name', async () => {
  const { hub } = await house.connected()
  const { device, components } = announced().get('vcf_upgrade_domain_id-of-vcf-m01')!
  hub.publish(viewOf('vcf-m01', 'failed', { domain: { ...viewOf('vcf-m01').domain, name: 'renamed' } }))
  await until('it is shown by the old ids', () => house.state(phase) === 'failed')
  const attributes = house.hub.house.states.get(phase)!.attributes

  assert.equal(device.name, 'VCF m01')
  for (const [key, { unique_id, default_entity_id }] of Object.entries(components)) {
    assert.equal(unique_id, `vcf_upgrade_domain_id-of-vcf-m01_${key}`)
    assert.match(String(default_entity_id), key === 'update' ? /^update\.vcf_m01$/ : new RegExp(`\\.vcf_m01_${key}$`))
  }
  assert.equal(attributes.friendly_name, 'VCF renamed Upgrade Status')
  assert.deepEqual((attributes.controls as Record<string, string>).ignore_alerts, 'switch.vcf_m01_ignore_alerts')
})

test('state and attributes are one message, which the broker keeps', async () => {
  await house.connected()
  const topic = `vcf_upgrade/${house.store.instance}/vcf_upgrade_domain_id-of-vcf-m01/upgrade_status`
  const message = JSON.parse(house.broker.kept.get(topic)!) as { state: string; attributes: Record<string, unknown> }

  assert.equal(message.state, 'waiting_for_initiation')
  assert.equal((message.attributes.domain as { name: string }).name, 'vcf-m01')
  assert.ok(!('friendly_name' in message.attributes) && !('options' in message.attributes))
})

test('the end of the server makes everything unavailable, its next life brings it back', async () => {
  const side = await house.connected()
  await side.close()
  await until('all is unavailable', () => Object.values(house.ours()).every((state) => state === 'unavailable'))
  await house.connected()

  assert.equal(house.state(phase), 'waiting_for_initiation')
})

test('a change of the registry that arrives with the answer to listening for it ends nothing', async () => {
  const { registry } = house.hub.house
  const { onChange } = registry
  registry.onChange = (listener) => {
    const stop = onChange(listener)
    listener({ action: 'update', entity_id: 'light.of_somebody_else', changes: {} } as never)
    return stop
  }

  const side = await house.connected()

  assert.equal(side.hub.problem(), undefined)
  assert.doesNotMatch(side.log.join('\n'), /ReferenceError/)
})

test('of two SDDC Managers one is taken out alone: the devices of the other stay', async () => {
  const store = newStore()
  const lab = { objectId: 'vcf_lab', title: 'VCF Lab' }
  const main = await house.connected()
  const second = house.serve({ store, called: lab })
  second.hub.publish(viewOf('vcf-m01'))
  await until('both are there', () => house.state('sensor.vcf_lab_m01_upgrade_status') === 'waiting_for_initiation')
  await Promise.all([main.close(), second.close()])
  const address = { url: house.hub.url, token: house.hub.tokens.admin!, clock: realClock, log: () => {} }

  const { devices } = await removeEverything({ ...address, store, called: lab, alone: true })

  assert.equal(devices, 2)
  assert.deepEqual(new Set(announced().keys()), new Set(['vcf_upgrade_server', 'vcf_upgrade_domain_id-of-vcf-m01']))
  const shown = Object.keys(house.ours())
  assert.ok(shown.includes(phase) && shown.every((id) => !id.includes('vcf_lab')), shown.join())
  assert.ok([...house.broker.kept.keys()].every((topic) => !topic.includes(store.instance)))
})

test('who works there is known by its beat, until it has stopped; of one among several by its own beat alone', async () => {
  const store = newStore()
  const lab = { objectId: 'vcf_lab', title: 'VCF Lab' }
  const address = { url: house.hub.url, token: house.hub.tokens.admin!, clock: realClock, log: () => {} }
  const main = await house.connected()
  const second = house.serve({ store, called: lab, host: 'lab-machine' })
  second.hub.publish(viewOf('vcf-m01'))
  await until('both are there', () => house.state('sensor.vcf_lab_m01_upgrade_status') === 'waiting_for_initiation')

  const all = await othersAtWork({ ...address, own: [] })
  const others = await othersAtWork({ ...address, own: [house.store.instance] })
  const ofFirst = await othersAtWork({ ...address, own: ['a-third'], called: { objectId: 'vcf', title: 'VCF' } })
  await Promise.all([main.close(), second.close()])
  const stopped = await othersAtWork({ ...address, own: [] })

  assert.equal(all.length, 2)
  assert.deepEqual(others, [`${store.instance} on lab-machine`])
  assert.deepEqual(ofFirst, [house.store.instance])
  assert.deepEqual(stopped, [])
})
