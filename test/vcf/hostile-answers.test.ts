import assert from 'node:assert/strict'
import test from 'node:test'
import { noticesOf } from '../../server/fleet/notices.ts'
import { NotTakenIn, readBounded } from '../../server/vcf/bounded-json.ts'
import { allPages } from '../../server/vcf/pages.ts'
import { viewOf } from '../hub/views.ts'
import { clientOf, startFixture } from './fixture.ts'

const tower = (depth: number, member = 'nestedErrors') => `${`{"${member}":[`.repeat(depth)}${']}'.repeat(depth)}`

test('a tower of a hundred thousand levels is an answer that cannot be read, not the end of the stack', async (context) => {
  const server = await startFixture(context, ({ path }) => (path.startsWith('/v1/') ? { text: tower(100_000) } : undefined))
  const vcf = await clientOf(context, server)

  for (const ask of [() => vcf.task('t'), () => vcf.checkResult('c'), () => vcf.servicesDown()])
    await assert.rejects(ask(), { name: 'VcfFailure', kind: 'unreadable', message: /nested more than 100 levels deep/ })
})

test('an error that is a tower is a refusal without a text', async (context) => {
  const server = await startFixture(context, ({ path }) => (path.includes('/tasks') ? { status: 400, text: tower(100_000) } : undefined))
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.task('t'), { name: 'VcfFailure', kind: 'refused', message: /status 400 and no explanation/ })
})

test('JSON is measured before it is parsed, and what looks like structure inside of texts does not count', () => {
  const brackets = '[{"'.repeat(50_000)

  assert.deepEqual(readBounded(JSON.stringify({ a: brackets.slice(0, 9_000), b: '\\"[[' })), { a: brackets.slice(0, 9_000), b: '\\"[[' })
  assert.throws(() => readBounded(`[${'0,'.repeat(1_000_001)}0]`), NotTakenIn)
  assert.throws(() => readBounded('{"a":'), { message: 'is not JSON' })
  assert.equal(JSON.stringify(readBounded(tower(50))).length, tower(50).length)
})

test('texts that nobody could read to their end are cut where they come in', () => {
  const { text, list } = readBounded(JSON.stringify({ text: 'x'.repeat(2_000_000), list: [{ text: 'é'.repeat(20_000) }] })) as {
    text: string
    list: { text: string }[]
  }

  assert.equal(text.length, 10_000)
  assert.ok(text.endsWith('…'))
  assert.equal(list[0]!.text.length, 10_000)
})

test('ids with half characters are asked for like any other', async (context) => {
  const server = await startFixture(context, () => undefined)
  const vcf = await clientOf(context, server)

  await assert.rejects(vcf.bundle('half \ud83d of a pair'), { name: 'VcfFailure', kind: 'missing' })
})

test('an id that is a way up in a path is not one that is asked for', async (context) => {
  const server = await startFixture(context, () => undefined)
  const vcf = await clientOf(context, server)

  for (const id of ['..', '.', '']) await assert.rejects(vcf.bundle(id), { name: 'VcfFailure', kind: 'unreadable', message: /no id/ })

  assert.deepEqual(server.asked(), [])
})

test('a token that no header can hold is an answer that cannot be read', async (context) => {
  const odd = ['half \ud83d', 'a\r\nb: c', '\u0000', 'ü']
  const server = await startFixture(context, ({ path, method }, nth) =>
    path === '/v1/tokens' && method === 'POST' && nth <= odd.length ? { json: { accessToken: odd[nth - 1] } } : { json: [] },
  )
  const vcf = await clientOf(context, server)

  for (const token of odd) await assert.rejects(vcf.servicesDown(), { name: 'VcfFailure', kind: 'unreadable' }, token)

  assert.deepEqual(server.asked(), [], 'nothing was sent with such a token')
})

test('a time that no calendar has is no time', async (context) => {
  const times = [Number.MAX_VALUE, -8.64e15 - 1, '9'.repeat(400), '+275760-09-13T00:00:01Z', 'soon']
  const server = await startFixture(context, ({ path }, nth) =>
    path === '/v1/tasks/t' ? { json: { id: 't', status: 'IN_PROGRESS', creationTimestamp: times[nth - 1] } } : undefined,
  )
  const vcf = await clientOf(context, server)

  for (const time of times) assert.equal((await vcf.task('t')).createdAt, 0, String(time))
})

test('a size that nothing has is no size: sums and time limits are made of it', async (context) => {
  const sizes = [Number.MAX_VALUE, -1, 1e18]
  const server = await startFixture(context, ({ path }, nth) => {
    const size = sizes[nth - 1]
    if (path === '/v1/bundles/b') return { json: { downloadStatus: 'PENDING', sizeMB: size } }
    if (path.endsWith('/nsxt?bundleId=b'))
      return { json: { nsxtHostClusters: [{ id: 'c', upgradedUnits: size, totalUnits: size }], nsxtEdgeClusters: [] } }
    if (!path.includes('/check-sets/')) return path === '/v1/nsxt-clusters' ? { json: [] } : undefined
    const counts = { errorValidationsCount: size, criticalGapsCount: 0, warningGapsCount: 0 }
    return { json: { status: 'COMPLETED', presentedArtifactsMap: { 'validation-domain-summary': [counts] } } }
  })
  const vcf = await clientOf(context, server)

  for (const size of sizes) {
    assert.equal((await vcf.bundle('b')).sizeMB, undefined, `${size}`)
    assert.equal((await vcf.checkResult('c')).counts, undefined, `${size}`)
    assert.deepEqual((await vcf.nsxPlan('d', 'b')).hostClusters, [{ id: 'c', name: 'c', done: 0, total: 0 }], `${size}`)
  }
})

test('a page with more elements than the stack has room for is put together with the others, and there is an end of pages', async () => {
  const many = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)
  const asked: string[] = []
  const read = (path: string) => {
    asked.push(path)
    const number = asked.length - 1
    return Promise.resolve({ elements: number === 0 ? [1] : many(number * 1_000_000, 150_000), number, total: 1e12 })
  }

  const all = await allPages('/v1/tasks', { next: 'pageNumber' }, read)

  assert.equal(all.length, 150_001)
  assert.deepEqual(asked, ['/v1/tasks', '/v1/tasks?pageNumber=1'])
})

test('what SDDC Manager calls itself is no markup in a notification', () => {
  const evil = '](https://evil.invalid) <img src=x> ['
  const run = { id: 'r', startedAt: 0, startedBy: 'Olga' }
  const more = { run, from: evil, target: evil, attention: 'x', precheck: { link: `https://sddc.lab)${evil}/ui` } }

  const { show } = noticesOf(viewOf('m01'), viewOf('m01', 'waiting_for_alert_acknowledgement', more))

  assert.equal(show.length, 2)
  for (const { message } of show) assert.doesNotMatch(message, /<img|[^\\]\]\(https:\/\/evil/, message)
})
