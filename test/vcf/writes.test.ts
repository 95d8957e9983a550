import assert from 'node:assert/strict'
import test from 'node:test'
import type { VcfClient } from '../../server/vcf/client.ts'
import { clientOf, type Reply, startFixture } from './fixture.ts'

const page: Reply = { status: 502, text: '<html><body>Bad Gateway</body></html>', headers: { 'content-type': 'text/html' } }
const empty: Reply = { json: { elements: [] } }

const writes: readonly [name: string, request: string, write: (vcf: VcfClient) => Promise<unknown>][] = [
  ['setTarget', 'PATCH /v1/releases/domains/d', (vcf) => vcf.setTarget('d', '5.2.1.0')],
  ['clearTarget', 'DELETE /v1/releases/domains/d', (vcf) => vcf.clearTarget('d')],
  ['downloadBundle', 'PATCH /v1/bundles/b', (vcf) => vcf.downloadBundle('b')],
  ['retryTask', 'PATCH /v1/tasks/t', (vcf) => vcf.retryTask('t')],
  ['startValidation', 'POST /v1/releases/domains/d/validations', (vcf) => vcf.startValidation('d', '5.2.1.0')],
  [
    'runChecks',
    'POST /v1/system/check-sets',
    (vcf) =>
      vcf.runChecks(
        { queryId: 'q', resources: [{ type: 'VCENTER', id: 'v', name: 'v', domain: { id: 'd', name: '', type: '' }, checkSetIds: ['c'] }] },
        '5.2.1.0',
      ),
  ],
  [
    'startUpgrade',
    'POST /v1/upgrades',
    (vcf) => vcf.startUpgrade({ component: 'SDDC_MANAGER', bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' } }),
  ],
]

for (const [name, request, write] of writes) {
  for (const [trouble, reply] of [
    ['502', page],
    ['401', { status: 401 }],
    ['429', { status: 429 }],
    ['a closed connection', 'drop'],
  ] as const) {
    test(`${name} is sent once when it meets ${trouble}`, async (context) => {
      const server = await startFixture(context, (seen) => {
        if (`${seen.method} ${seen.path}` === request) return reply
        return seen.path.startsWith('/v1/upgrades') ? empty : undefined
      })
      const vcf = await clientOf(context, server)

      await assert.rejects(write(vcf), { name: 'VcfFailure', request, nothingSent: undefined })

      assert.equal(server.count(request), 1)
    })
  }

  test(`${name} says that nothing was sent when nobody can sign in`, async (context) => {
    const server = await startFixture(context, ({ path }) => (path === '/v1/tokens' ? { status: 503 } : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(write(vcf), { kind: 'unreachable', nothingSent: true })

    assert.deepEqual(server.asked(), [])
  })
}

for (const [status, kind] of [
  [400, 'refused'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'missing'],
  [408, 'unreachable'],
  [409, 'refused'],
  [429, 'unreachable'],
  [500, 'unreachable'],
] as const) {
  test(`a write answered with ${status} is ${kind}`, async (context) => {
    const server = await startFixture(context, ({ method }) => (method === 'DELETE' ? { status } : undefined))
    const vcf = await clientOf(context, server)

    await assert.rejects(vcf.clearTarget('d'), { kind, status })
  })
}

test('a write may be answered with nothing at all, whatever its content type says', async (context) => {
  const server = await startFixture(context, ({ path }) =>
    path.startsWith('/v1/tokens') ? undefined : { status: 200, headers: { 'content-type': 'text/html' } },
  )
  const vcf = await clientOf(context, server)

  await vcf.setTarget('d', '5.2.1.0')
  await vcf.clearTarget('d')
  await vcf.retryTask('t')

  assert.deepEqual(server.asked(), ['PATCH /v1/releases/domains/d', 'DELETE /v1/releases/domains/d', 'PATCH /v1/tasks/t'])
})
