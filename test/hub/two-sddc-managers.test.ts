/** Two SDDC Managers in one server: each with a connection and names of its own, over real sockets, on the stand-in hub. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { removeEverything } from '../../server/hub/remove.ts'
import type { SddcManagerName } from '../../shared/entity-ids.ts'
import { aHouse } from './house.ts'
import { newStore, realClock, type ServerSide } from './server-side.ts'
import { until } from './until.ts'
import { viewOf } from './views.ts'

const house = aHouse()
const lab: SddcManagerName = { objectId: 'vcf_lab', title: 'VCF Lab' }

/** Side by side, as one server has them. */
function serveBoth(stores = [newStore(), newStore()] as const): { main: ServerSide; second: ServerSide } {
  const sides: ServerSide[] = []
  const isOfOthers = (own: number) => (id: string) => sides.some((side, at) => at !== own && side.hub.owns(id))
  sides.push(house.serve({ store: stores[0], isOfOthers: isOfOthers(0) }))
  sides.push(house.serve({ store: stores[1], called: lab, isOfOthers: isOfOthers(1) }))
  return { main: sides[0]!, second: sides[1]! }
}

const ids = () => house.hub.states().map(({ entity_id }) => entity_id)
const stateOf = (id: string) => house.hub.states().find(({ entity_id }) => entity_id === id)

test('domains of the same name have entities, controls and a server each', async () => {
  const { main, second } = serveBoth()
  main.hub.publish(viewOf('vcf-m01', 'failed'))
  second.hub.publish(viewOf('vcf-m01', 'running_prechecks'))
  for (const { hub } of [main, second]) hub.publishFleet({ overall: 'ok', activeDomains: 1, connected: true })
  await until(
    'both are shown',
    () => ids().includes('sensor.vcf_m01_upgrade_status') && ids().includes('sensor.vcf_lab_m01_upgrade_status'),
  )
  await until('both beat', () => ids().includes('sensor.vcf_lab_overall_status') && ids().includes('sensor.vcf_overall_status'))

  assert.deepEqual(
    ['sensor.vcf_m01_upgrade_status', 'sensor.vcf_lab_m01_upgrade_status'].map((id) => stateOf(id)?.state),
    ['failed', 'running_prechecks'],
  )
  const { entities, controls, friendly_name } = stateOf('sensor.vcf_lab_m01_upgrade_status')!.attributes as {
    friendly_name: string
    entities: Record<string, string>
    controls: Record<string, string>
  }
  assert.equal(friendly_name, 'VCF Lab m01 Upgrade Status')
  assert.equal(entities.server, 'sensor.vcf_lab_server')
  assert.equal(controls.start, 'input_button.vcf_lab_m01_start_upgrade')
  assert.equal(stateOf('sensor.vcf_lab_server')?.attributes.friendly_name, 'VCF Lab Upgrade Server')

  house.hub.press('olga', 'input_button.vcf_lab_m01_start_upgrade')
  house.hub.press('olga', 'input_button.vcf_lab_check_for_updates')
  await until('the second heard both', () => second.presses.length === 2)
  assert.deepEqual(main.presses, [])
  for (const { hub } of [main, second]) hub.notify({ domainId: 'id-of-vcf-m01', purpose: 'failed', title: 'vcf-m01: failed', message: 'x' })
  const told = () => house.hub.notifications().map(({ title }) => title)
  await until('both are told', () => told().length === 2)
  assert.deepEqual(told().toSorted(), ['VCF Lab, vcf-m01: failed', 'vcf-m01: failed'])
  assert.deepEqual(
    [main, second].map(({ hub }) => hub.problem()),
    [undefined, undefined],
    'neither thinks the other a rival',
  )
})

test('a domain of the first whose name begins with that of the second takes nothing from it', async () => {
  const { main, second } = serveBoth()
  main.hub.publish(viewOf('vcf-lab-m01', 'failed'))
  await until('the first is shown', () => ids().includes('sensor.vcf_lab_m01_upgrade_status'))
  second.hub.publish(viewOf('vcf-m01', 'running_prechecks'))
  await until('the second has another name', () => ids().includes('sensor.vcf_lab_m01_2_upgrade_status'))

  house.hub.press('olga', 'input_button.vcf_lab_m01_2_start_upgrade')
  await until('the second heard it', () => second.presses.length === 1)

  assert.equal(stateOf('sensor.vcf_lab_m01_upgrade_status')?.state, 'failed')
  assert.deepEqual(main.presses, [])
})

test('hosts of the same name are shown twice, and neither takes away those of the other', async () => {
  const { main, second } = serveBoth()
  const domain = (name: string) => ({ id: `id-of-${name}`, name })
  const host = (id: string) => ({
    ...({ kind: 'host', id, name: 'esx01.vcf.lab', domain: domain('vcf-m01'), age: 'current', readAt: 1, capacity: {} } as const),
  })
  for (const { hub } of [main, second]) hub.publish(viewOf('vcf-m01'))
  main.hub.publishResources({ known: ['domain', 'cluster', 'host'], resources: [host('a')] })
  await until('that of the first', () => ids().includes('sensor.vcf_host_esx01_cpu_usage'))
  second.hub.publishResources({ known: ['domain', 'cluster', 'host'], resources: [host('b')] })
  await until('that of the second', () => ids().includes('sensor.vcf_lab_host_esx01_cpu_usage'))
  second.hub.publishResources({ known: ['domain', 'cluster', 'host'], resources: [] })
  await until('it is gone', () => !ids().includes('sensor.vcf_lab_host_esx01_cpu_usage'))

  assert.ok(ids().includes('sensor.vcf_host_esx01_cpu_usage'))
  assert.equal(stateOf('sensor.vcf_host_esx01_cpu_usage')?.attributes.friendly_name, 'VCF Host esx01 CPU Usage')
})

test('one of them is taken out alone: the other keeps its entities, controls and notifications', async () => {
  const stores = [newStore(), newStore()] as const
  const { main, second } = serveBoth(stores)
  const host = (id: string) => ({
    ...({ kind: 'host', id, name: 'esx01.vcf.lab', age: 'current', readAt: 1, capacity: {} } as const),
    domain: { id: 'id-of-vcf-m01', name: 'vcf-m01' },
  })
  for (const [at, { hub }] of [main, second].entries()) {
    hub.publish(viewOf('vcf-m01'))
    hub.publishResources({ known: ['domain', 'cluster', 'host'], resources: [host(`host-${at}`)] })
    hub.notify({ domainId: 'id-of-vcf-m01', purpose: 'failed', title: 'vcf-m01: failed', message: 'x' })
  }
  const beginnings = ['sensor.vcf_host_esx01', 'sensor.vcf_lab_host_esx01']
  await until('both are shown', () => beginnings.every((start) => ids().some((id) => id.startsWith(start))))
  await until('both are told', () => house.hub.notifications().length === 2)
  await Promise.all([main.close(), second.close()])
  const before = ids()
  const address = { url: house.hub.url, token: house.hub.tokens.admin!, clock: realClock, log: () => {} }

  await removeEverything({ ...address, store: stores[1], called: lab, alone: true })
  const gone = before.filter((id) => !ids().includes(id))
  await removeEverything({ ...address, store: stores[0], alone: true })

  assert.ok(gone.length > 10 && gone.every((id) => /\.vcf_lab_/.test(id)), gone.join())
  assert.deepEqual(
    before.filter((id) => /\.vcf_lab_/.test(id) && !gone.includes(id)),
    [],
  )
  assert.deepEqual(
    ids().filter((id) => /[._]vcf/.test(id)),
    [],
  )
  assert.deepEqual(house.hub.notifications(), [])
})
