import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../../server/ports/facts.ts'
import type { Vcf } from '../../../server/ports/vcf.ts'
import { preflight } from '../../../server/upgrade/preflight/preflight.ts'
import { toldVcf, vcfFailure } from '../../support/told-vcf.ts'

const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: {} },
  ...{ bundles: [], steps: [], percent: 0 },
}
const healthy = {
  backupConfiguration: async () => ({ configured: true, scheduled: true }),
  credentials: async () => [],
  workflows: async () => [],
  checkRuns: async () => [],
  troubles: async () => [],
  nsxHealth: async () => [{ name: 'nsx', word: 'STABLE' }],
  rooms: async () => [],
  clockAhead: async () => 0,
} satisfies Partial<Vcf>

test('a healthy data centre has nothing to find', async () => {
  assert.deepEqual(await preflight(toldVcf(healthy), { domain, run }), [])
})

test('every finding names its source', async () => {
  const vcf = toldVcf({ ...healthy, backupConfiguration: async () => ({ configured: false, scheduled: false }) })

  assert.deepEqual(
    (await preflight(vcf, { domain, run })).map(({ severity, source }) => [severity, source]),
    [['warning', 'Pre-flight: backup of SDDC Manager']],
  )
})

for (const [kind, severity, says, remedy] of [
  ['refused', 'warning', /does not let this account read it: You may not/, /VCF_USERNAME needs the role ADMIN/],
  ['missing', 'info', /does not offer it/, /yourself/],
  ['unreachable', 'warning', /^Not checked: credentials in SDDC Manager\. You may not/, /Retry/],
  ['unreadable', 'warning', /gave no answer that can be read/, /Retry/],
] as const) {
  test(`a read that is ${kind} is a finding that says so, of severity ${severity}, and hides nothing of the others`, async () => {
    const vcf = toldVcf({
      ...healthy,
      credentials: () => Promise.reject(vcfFailure(kind, 'You may not')),
      nsxHealth: async () => [{ name: 'nsx', word: 'DEGRADED' }],
    })

    const [first, second, ...more] = await preflight(vcf, { domain, run })

    assert.deepEqual([first!.severity, second!.severity, more.length], [severity, 'warning', 0])
    assert.match(first!.text, /^Not checked: credentials in SDDC Manager/)
    assert.match(first!.text, says)
    assert.match(first!.remediation!, remedy)
  })
}

test('when nothing is answered at all nothing is found: it is weather, and the look is made again', async () => {
  const silent = () => Promise.reject(vcfFailure('unreachable', 'did not answer within 30 seconds'))
  const all = Object.fromEntries(Object.keys(healthy).map((name) => [name, silent]))

  await assert.rejects(preflight(toldVcf(all), { domain, run }), /did not answer/)
})

test('what SDDC Manager has no prechecks for is a warning', async () => {
  const precheck = { requestedAt: 0, runIds: ['p'], unchecked: ['NSX nsx-m01', 'VCENTER vc-m01'] }

  const [found, ...more] = await preflight(toldVcf(healthy), { domain, run: { ...run, precheck } })

  assert.deepEqual([found!.severity, found!.resources, more.length], ['warning', ['NSX nsx-m01', 'VCENTER vc-m01'], 0])
  assert.match(found!.text, /has no prechecks for this/)
})

test('prechecks that failed are tasks, but no workflow that was left so', async () => {
  const failed = (id: string, name: string) => ({ id, name, state: 'failed' as const, startedAt: 0, resourceIds: [] })
  const vcf = toldVcf({
    ...healthy,
    checkRuns: async () => [{ id: 'earlier', startedAt: 0, running: false }],
    workflows: async () => [failed('earlier', 'Upgrade prechecks of vcf-m01'), failed('w', 'Expand cluster')],
  })

  const found = await preflight(vcf, { domain, run })

  assert.deepEqual(
    found.map(({ text }) => text),
    ['A workflow failed in SDDC Manager and was left so: Expand cluster.'],
  )
})

test('when the account itself is refused nothing is found: the look is made again', async () => {
  const vcf = toldVcf({ ...healthy, rooms: () => Promise.reject(vcfFailure('credentials', 'Wrong password')) })

  await assert.rejects(preflight(vcf, { domain, run }), /Wrong password/)
})

test('an error of our own is not passed off as something that could not be read', async () => {
  const vcf = toldVcf({ ...healthy, rooms: () => Promise.reject(new TypeError('x is undefined')) })

  await assert.rejects(preflight(vcf, { domain, run }), /x is undefined/)
})

test('SDDC Manager is asked for three things at a time at most', async () => {
  let open = 0
  let most = 0
  const slow = async <T>(value: T): Promise<T> => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setImmediate(resolve))
    open--
    return value
  }
  const slowly = Object.fromEntries(Object.entries(healthy).map(([name, read]) => [name, async () => slow(await read())]))

  await preflight(toldVcf(slowly), { domain, run })

  assert.equal(most, 3)
})
