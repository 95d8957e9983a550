import assert from 'node:assert/strict'
import test from 'node:test'
import { asState, encodeResource, resourceKindOf, withoutValue } from '../../shared/encode-resources.ts'
import { attributeBytes } from '../../shared/fit.ts'
import type { ResourceView } from '../../shared/resources-view.ts'
import { clusterResource, domainResource, hostResource } from './views.ts'

const at = (view: ResourceView) => encodeResource(view, { objectId: 'vcf_m01', title: 'VCF m01' })
const first = (view: ResourceView) => at(view)[0]!

test('use is a percentage with what it is of, kept in statistics', () => {
  const entities = at(domainResource())

  assert.deepEqual(
    entities.map(({ objectId, name, state, unit, stateClass }) => [objectId, name, state, unit, stateClass]),
    [
      ['vcf_m01_cpu_usage', 'VCF m01 CPU Usage', '20.1', '%', 'measurement'],
      ['vcf_m01_memory_usage', 'VCF m01 Memory Usage', '39.1', '%', 'measurement'],
      ['vcf_m01_storage_usage', 'VCF m01 Storage Usage', '26.3', '%', 'measurement'],
    ],
  )
  assert.deepEqual(
    entities.map(({ attributes }) => attributes),
    [
      { used: 40.13, total: 200, unit: 'GHz', domain: 'vcf-m01', measure: 'cpu' },
      { used: 300, total: 768, unit: 'GB', domain: 'vcf-m01', measure: 'memory' },
      { used: 2.1, total: 8, unit: 'TB', domain: 'vcf-m01', measure: 'storage' },
    ],
  )
})

test('a cluster is the number of its hosts, with how many are in which state by VCF’s own words', () => {
  const view = clusterResource('cl01')

  assert.deepEqual(at(view), [
    {
      objectId: 'vcf_m01_hosts',
      name: 'VCF m01 Hosts',
      icon: 'mdi:server',
      unit: 'hosts',
      stateClass: 'measurement',
      of: { kind: 'cluster', id: view.id, domainId: view.domain.id },
      state: '4',
      attributes: { hosts_by_state: { ACTIVE: 3, UPGRADING: 1 }, domain: 'vcf-m01', cluster: 'cl01' },
    },
  ])
})

test('every entity says what it belongs to, so that another publisher needs nothing else', () => {
  for (const view of [domainResource(), clusterResource('cl01'), hostResource('esx01.example')]) {
    for (const { of } of at(view)) assert.deepEqual(of, { kind: view.kind, id: view.id, domainId: 'id-of-vcf-m01' })
  }
})

test('what VCF gives no figures for is unknown, never 0', () => {
  const states = at(domainResource({ capacity: { memory: { used: 0, total: 768 } } })).map(({ state }) => state)

  assert.deepEqual(states, ['unknown', '0', 'unknown'])
})

test('a value tells its age as soon as it could not be read again, and ends when that is too long ago', () => {
  const current = first(domainResource())
  const aged = first(domainResource({ age: 'aged' }))
  const lost = first(domainResource({ age: 'lost' }))
  const lostCluster = first(clusterResource('cl01', { age: 'lost' }))

  assert.equal('read_at' in current.attributes, false)
  assert.deepEqual([aged.state, aged.attributes.used, aged.attributes.read_at], ['20.1', 40.13, '2026-01-01T08:00:00.000Z'])
  assert.equal(lost.state, 'unavailable')
  assert.deepEqual(lost.attributes, { last_known: 20.1, read_at: '2026-01-01T08:00:00.000Z', domain: 'vcf-m01', measure: 'cpu' })
  assert.deepEqual(
    [lostCluster.state, lostCluster.attributes.last_known, lostCluster.attributes.hosts_by_state],
    ['unavailable', 4, undefined],
  )
})

test('a state is known again as ours, and what kind it is of; others are not', () => {
  const view = hostResource('esx01.example')
  const states = [domainResource(), clusterResource('cl01'), view].map((one) => asState(first(one)))
  const strange = { ...states[2]!, entity_id: 'sensor.server_cpu_usage' }
  const plain = { ...states[2]!, attributes: { state_class: 'measurement', friendly_name: 'VCF room' } }

  assert.deepEqual(states.map(resourceKindOf), ['domain', 'cluster', 'host'])
  assert.deepEqual([strange, plain].map(resourceKindOf), [undefined, undefined])
})

test('a state that an earlier life left loses its value and says how old it is, however often that is said', () => {
  const left = asState(first(hostResource('esx01.example')))

  const once = withoutValue(left, Date.UTC(2026, 0, 2))
  const twice = withoutValue(once, Date.UTC(2026, 0, 3))

  assert.equal(once.state, 'unavailable')
  assert.deepEqual(once, twice)
  assert.deepEqual(once.attributes, {
    ...{ last_known: 20.1, read_at: '2026-01-02T00:00:00.000Z', friendly_name: 'VCF m01 CPU Usage', icon: 'mdi:cpu-64-bit' },
    ...{ unit_of_measurement: '%', state_class: 'measurement', domain: 'vcf-m01', cluster: 'cl01', host: 'esx01.example', measure: 'cpu' },
  })
})

test('names of any length and words of any kind stay small and on one line', () => {
  const name = `esx\n\u202e${'ü'.repeat(5_000)}`

  const hostsByState = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}${name}`, 1]))

  for (const { attributes } of [...at(hostResource(name, { cluster: name })), ...at(clusterResource(name, { hostsByState }))]) {
    assert.ok(attributeBytes(attributes) < 3_000)
    assert.doesNotMatch(JSON.stringify(attributes), /\\n|\u202e/)
  }
})
