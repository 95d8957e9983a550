import assert from 'node:assert/strict'
import test from 'node:test'
import { pauseBetween, toldFor } from '../../server/monitoring/pace.ts'
import { learnt, resourcesView, type Seen, saysUpgrading } from '../../server/monitoring/seen.ts'
import type { HostResources } from '../../server/ports/vcf-resources.ts'

const minute = 60_000
const domain = { id: 'd', name: 'm01' }
const domains = [{ ...domain, status: 'ACTIVE', capacity: {} }]
const clusters = [{ id: 'c', name: 'cl01', domain, hostIds: ['h1', 'h2', 'h3'] }]
const host = (id: string, word = 'ACTIVE'): HostResources => ({
  ...{ id, fqdn: `${id}.example`, domain, word, capacity: {} },
  cluster: { id: 'c', name: 'cl01' },
})
const hosts = [host('h1'), host('h2', 'UPGRADING'), host('h3')]
const all = learnt({}, { domains, clusters, hosts }, minute)

const view = (seen: Seen, triedAt: number, now = triedAt) => resourcesView(seen, { triedAt, now, toldFor: toldFor(minute) })
const cluster = (seen: Seen, triedAt: number) => view(seen, triedAt).resources.find(({ kind }) => kind === 'cluster')

test('everything is told by its kind, hosts of a cluster counted by VCF’s own words', () => {
  const { known, resources } = view(all, minute)

  assert.deepEqual(known, ['domain', 'cluster', 'host'])
  assert.deepEqual(
    resources.map(({ kind, id, age }) => [kind, id, age]),
    [
      ['domain', 'd', 'current'],
      ['cluster', 'c', 'current'],
      ['host', 'h1', 'current'],
      ['host', 'h2', 'current'],
      ['host', 'h3', 'current'],
    ],
  )
  assert.deepEqual(cluster(all, minute), {
    ...{ kind: 'cluster', id: 'c', name: 'cl01', domain, hosts: 3, hostsByState: { ACTIVE: 2, UPGRADING: 1 } },
    ...{ readAt: minute, age: 'current' },
  })
})

test('before the first reading nothing is told, and nothing is said to be gone', () => {
  assert.deepEqual(view({}, minute), { known: [], resources: [] })
})

test('what could not be read again is aged, and lost after three readings', () => {
  const ages = [1, 2, 3, 4].map((passed) => view(all, passed * minute).resources.map(({ age }) => age)[0])

  assert.deepEqual(ages, ['current', 'aged', 'aged', 'lost'])
})

test('a list that fails ages alone', () => {
  const seen = learnt(all, { domains, clusters }, 5 * minute)

  const ages = view(seen, 5 * minute).resources.map(({ kind, age }) => `${kind} ${age}`)

  assert.deepEqual([...new Set(ages)], ['domain current', 'cluster lost', 'host lost'])
})

test('without the hosts a cluster tells how many it has itself, and no states', () => {
  const known = cluster(learnt({}, { clusters }, minute), minute)

  assert.equal(known?.kind === 'cluster' && known.hosts, 3)
  assert.equal(known && 'hostsByState' in known, false)
})

test('a host that left and a cluster without hosts are not told as if nothing happened', () => {
  const seen = learnt(all, { domains, clusters, hosts: hosts.slice(0, 1) }, 2 * minute)
  const empty = learnt(all, { domains, clusters, hosts: [{ ...host('h9'), cluster: { id: 'c9', name: 'cl09' } }] }, 2 * minute)

  const counts = [seen, empty].map((one) => {
    const known = cluster(one, 2 * minute)
    return known?.kind === 'cluster' && known.hosts
  })

  assert.deepEqual(counts, [1, 0])
})

test('SDDC Manager is asked less while it upgrades or does not answer, down to a fifth', () => {
  const pauses = [0, 1, 2, 3, 30].map((failures) => pauseBetween({ every: minute, failures, upgrading: false }) / minute)

  assert.deepEqual(pauses, [1, 2, 4, 5, 5])
  assert.equal(pauseBetween({ every: minute, failures: 0, upgrading: true }), 5 * minute)
})

test('an upgrade that somebody else began counts as well', () => {
  const upgrading = learnt(all, { domains: [...domains, { ...domains[0]!, status: 'UPGRADING' }] }, minute)

  assert.deepEqual([saysUpgrading(all), saysUpgrading(upgrading), saysUpgrading({})], [false, true, false])
})
