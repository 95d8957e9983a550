/** Capacity, clusters and hosts in Home Assistant: they come, go, and say when nobody knows. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { newContext } from '../../demo/hub/states.ts'
import { removeEverything } from '../../server/hub/remove.ts'
import { phases } from '../../shared/upgrade.ts'
import { clusterResource, domainResource, hostResource, resourcesOf } from '../monitoring/views.ts'
import { aHouse, status } from './house.ts'
import { newStore, realClock } from './server-side.ts'
import { until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()
const esx = hostResource('esx01.lab.example')
const other = hostResource('esx02.lab.example')
const everything = resourcesOf(domainResource(), clusterResource('cl01'), esx, other)
const cpu = (host: string) => `sensor.vcf_host_${host}_cpu_usage`
const state = (id: string) => house.hub.house.states.get(id)
const measured = () =>
  house.hub
    .states()
    .map(({ entity_id }) => entity_id)
    .filter((id) => /_(usage|hosts)$/.test(id))
    .toSorted()

async function shown(options: Parameters<typeof house.connected>[0] = {}) {
  const side = await house.connected(options)
  side.hub.publishResources(everything)
  await until('the last host is shown', () => state('sensor.vcf_host_esx02_storage_usage'))
  return side
}

test('each has the ids of the contract and what statistics need', async () => {
  await shown()

  const of = (start: string) => ['cpu', 'memory', 'storage'].map((measure) => `sensor.${start}_${measure}_usage`)
  assert.deepEqual(measured(), [...of('vcf_host_esx01'), ...of('vcf_host_esx02'), 'sensor.vcf_m01_cl01_hosts', ...of('vcf_m01')].toSorted())
  assert.deepEqual(state(cpu('esx01'))?.attributes, {
    ...{ friendly_name: 'VCF Host esx01 CPU Usage', icon: 'mdi:cpu-64-bit', unit_of_measurement: '%', state_class: 'measurement' },
    ...{ used: 40.13, total: 200, unit: 'GHz', domain: 'vcf-m01', cluster: 'cl01', host: 'esx01.lab.example' },
    measure: 'cpu',
  })
  assert.equal(state('sensor.vcf_m01_cl01_hosts')?.attributes.friendly_name, 'VCF m01 cl01 Hosts')
})

test('what leaves is taken away, what comes back is there again, and nothing else is touched', async () => {
  const { hub } = await shown()
  const before = state(cpu('esx01'))?.lastUpdated

  hub.publishResources(resourcesOf(domainResource(), esx))
  await until('six are left', () => measured().length === 6)
  const left = measured()
  hub.publishResources(everything)
  await until('they are back', () => state('sensor.vcf_host_esx02_storage_usage') && state('sensor.vcf_m01_cl01_hosts'))

  assert.deepEqual(
    left.filter((id) => /esx02|_hosts$/.test(id)),
    [],
  )
  assert.equal(state(cpu('esx01'))?.lastUpdated, before)
})

test('what an earlier life of the server left is taken away, once it is known not to be there', async () => {
  const store = newStore()
  const first = await shown({ store })
  await first.close()
  const second = await house.connected({ store })

  second.hub.publishResources(resourcesOf())
  await until('nothing is left', () => measured().length === 0)
})

test('what an earlier life left has no value before the first reading, and says how old it is', async () => {
  const store = newStore()
  await (await shown({ store })).close()
  const second = await house.connected({ store })

  second.hub.publishResources({ known: [], resources: [] })
  await until('it is unavailable', () => state(cpu('esx02'))?.state === 'unavailable')
  const { last_known, read_at, used } = state(cpu('esx02'))!.attributes
  second.hub.publishResources(everything)
  await until('it has a value again', () => state(cpu('esx02'))?.state === '20.1')

  assert.deepEqual([last_known, used], [20.1, undefined])
  assert.ok(Math.abs(Date.parse(String(read_at)) - Date.now()) < 60_000)
  assert.equal(state(cpu('esx02'))?.attributes.read_at, undefined)
})

test('a kind that could not be read takes nothing away', async () => {
  const { hub } = await shown()

  hub.publishResources({ known: ['domain'], resources: [domainResource({ capacity: {} })] })
  await until('the domain is unknown', () => state('sensor.vcf_m01_cpu_usage')?.state === 'unknown')
  await until('the hosts are unavailable', () => state(cpu('esx02'))?.state === 'unavailable')

  assert.equal(measured().length, 10)
})

test('hosts keep their names over a restart of the server, whoever is listed first', async () => {
  const store = newStore()
  const twin = { ...hostResource('esx01.other.example'), id: 'twin' }
  const first = await house.connected({ store })
  first.hub.publishResources(resourcesOf(esx, twin))
  await until('both are shown', () => state('sensor.vcf_host_esx01_other_example_storage_usage'))
  await first.close()

  const second = await house.connected({ store })
  second.hub.publishResources(resourcesOf({ ...twin, capacity: {} }, esx))
  await until('the second shows them', () => state('sensor.vcf_host_esx01_other_example_storage_usage')?.state === 'unknown')

  assert.equal(state(cpu('esx01'))?.attributes.host, 'esx01.lab.example')
  assert.equal(state(cpu('esx01'))?.attributes.friendly_name, 'VCF Host esx01 CPU Usage')
  assert.equal(state(cpu('esx01_other_example'))?.attributes.friendly_name, 'VCF Host esx01.other.example CPU Usage')
  assert.equal(measured().length, 6)
})

test('ids that others have in the registry are left to them', async () => {
  house.hub.house.registry.add('datacenter_assistant', 'their-id', cpu('esx01'), 'ESX 1')
  house.hub.house.states.set(cpu('esx01'), '7', { state_class: 'measurement', domain: 'theirs', host: 'theirs' }, newContext())

  const { hub } = await shown()
  hub.publishResources(resourcesOf())
  await until('ours are gone', () => measured().length === 1)

  assert.equal(state(cpu('esx01'))?.state, '7')
  assert.ok(house.hub.history('sensor.vcf_host_esx01_lab_example_cpu_usage').length > 0)
})

test('a phase does not wait behind hundreds of hosts', async () => {
  const { hub } = await house.connected()
  const order: string[] = []
  house.hub.house.states.onChange(({ entity_id, now }) => void order.push(entity_id === status ? now!.state : entity_id))
  const many = Array.from({ length: 200 }, (_, i) => hostResource(`esx${i}.lab.example`))

  hub.publishResources(resourcesOf(...many))
  await until('it has begun', () => order.length > 3)
  for (const phase of phases.slice(1, 4)) hub.publish(viewOf('vcf-m01', phase))
  const written = order.length
  await until('all is shown', () => state('sensor.vcf_host_esx199_storage_usage'))

  assert.deepEqual(
    order.filter((one) => phases.some((phase) => phase === one)),
    phases.slice(1, 4),
  )
  assert.ok(
    order.indexOf('downloading_bundles') < written + 30,
    `after ${order.indexOf('downloading_bundles')} writes, asked at ${written}`,
  )
})

test('all of it is there again after a restart of Home Assistant', async () => {
  await shown()
  const before = measured()

  await house.hub.restart()
  await until('it is back', () => measured().length === before.length)

  assert.deepEqual(measured(), before)
})

test('removal takes it too, also where the folder with the names was lost', async () => {
  const side = await shown()
  await side.close()
  const address = { url: house.hub.url, token: house.hub.tokens.admin!, clock: realClock, log: () => {} }

  await removeEverything({ ...address, store: newStore() })

  assert.deepEqual(measured(), [])
})
