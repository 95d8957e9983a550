import assert from 'node:assert/strict'
import test from 'node:test'
import type { DomainIdentity } from '../../shared/upgrade.ts'
import { clientOf, startFixture, wallClock } from './fixture.ts'

const management: DomainIdentity = { id: 'a/b', name: 'm01', type: 'MANAGEMENT', sddcManager: 'sddc.example' }
const link =
  'https://sddc.example/ui/sddc-manager/inventory/domains/mgmt-vi-domains/a%2Fb/updates/pre-check-details/DOMAIN/a%2Fb/false(monitoring-panel:monitoring/tasks)?assessmentId=r%201'

function record(version: string | null) {
  return ({ path }: { path: string }) => (path === '/v1/sddc-managers' ? { json: { elements: [{ id: 's', version }] } } : undefined)
}

for (const [version, dialect] of [
  ['5.2.0.0-24108943', '5.x'],
  ['5.2.1.0', '5.x'],
  ['5.10.0', '5.x'],
  ['9.0.2.0.25151285', '9.x'],
  ['9.0', '9.x'],
  ['5.1.1.0', undefined],
  ['9.1.0.0', undefined],
  ['90.0.0', undefined],
  ['4.5.2.0', undefined],
  ['10.0.0.0', undefined],
  ['latest', undefined],
] as const) {
  test(`an SDDC Manager ${version} speaks ${dialect ?? 'what nobody here knows'}`, async (context) => {
    const vcf = await clientOf(context, await startFixture(context, record(version)))

    assert.deepEqual(await vcf.system(), { version, dialect })
  })

  test(`the link to a precheck run of an SDDC Manager ${version} is ${dialect === '5.x' ? 'its page' : 'left out'}`, async (context) => {
    const vcf = await clientOf(context, await startFixture(context, record(version)))
    await vcf.system()

    for (const type of ['MANAGEMENT', 'VI'] as const) {
      assert.equal(vcf.precheckLink({ ...management, type }, 'r 1'), dialect === '5.x' ? link : undefined)
    }
    assert.equal(vcf.precheckLink({ ...management, sddcManager: '' }, 'r 1'), undefined)
  })
}

test('before SDDC Manager has told its version there is no link', async (context) => {
  const vcf = await clientOf(context, { url: 'https://sddc.example' })

  assert.equal(vcf.precheckLink(management, 'r 1'), undefined)
})

test('after an SDDC Manager upgraded itself to 9.0 the links of 5.2 end', async (context) => {
  const answer = (nth: number) => record(nth === 1 ? '5.2.1.0' : '9.0.2.0')({ path: '/v1/sddc-managers' })
  const server = await startFixture(context, ({ path }, nth) => (path === '/v1/sddc-managers' ? answer(nth) : undefined))
  const vcf = await clientOf(context, server)

  await vcf.system()
  const before = vcf.precheckLink(management, 'r 1')
  await vcf.system()

  assert.equal(before, link)
  assert.equal(vcf.precheckLink(management, 'r 1'), undefined)
})

test('an SDDC Manager that hides its version cannot be read', async (context) => {
  const vcf = await clientOf(context, await startFixture(context, record(null)))

  await assert.rejects(vcf.system(), { kind: 'unreadable', request: 'GET /v1/sddc-managers' })
})

for (const [what, offset, isRight] of [
  ['like ours is not ahead', 0, (ahead: number) => ahead === 0],
  ['an hour ahead is ahead', 3_600_000, (ahead: number) => Math.abs(ahead - 3_600_000) <= 1_500],
  ['two minutes behind is behind', -120_000, (ahead: number) => Math.abs(ahead + 120_000) <= 1_500],
] as const) {
  test(`a clock ${what}`, async (context) => {
    const server = await startFixture(context, (request) => {
      const reply = record('5.2.1.0')(request)
      return reply && { ...reply, headers: { date: new Date(Date.now() + offset).toUTCString() } }
    })
    const vcf = await clientOf(context, server, { clock: wallClock })

    const ahead = await vcf.clockAhead()

    assert(ahead !== undefined && isRight(ahead), String(ahead))
  })
}

test('an answer without a date says nothing about the clock', async (context) => {
  const server = await startFixture(context, (request) => {
    const reply = record('5.2.1.0')(request)
    return reply && { ...reply, headers: { date: 'yesterday' } }
  })
  const vcf = await clientOf(context, server)

  assert.equal(await vcf.clockAhead(), undefined)
})
