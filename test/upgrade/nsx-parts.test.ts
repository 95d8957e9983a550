import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run, Step } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { Inventory, NsxPlan } from '../../server/ports/vcf-words.ts'
import { proveDomain } from '../../server/upgrade/effects/finish.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { proveStep } from '../../server/upgrade/effects/prove-step.ts'
import { readUpgrade } from '../../server/upgrade/effects/watch.ts'
import { nsxParts, partsBehind } from '../../server/upgrade/nsx-parts.ts'
import { toldVcf, vcfFailure } from '../support/told-vcf.ts'

const target = '4.2.1.0.0-24304122'
const old = '4.2.0.0.0-24105817'
const domain = { id: 'd', name: 'vcf-w01', type: 'VI', sddcManager: 'sddc.lab' } as const
const step: Step = {
  ...{ component: 'NSX_T_MANAGER', resource: 'nsx01', resourceId: 'd', from: old, to: target, before: [], attempt: 1 },
  ...{ requestedAt: 1, upgradeId: 'u', succeededAt: 2, done: 3, total: 7 },
  request: { component: 'NSX_T_MANAGER', bundleId: 'nsx bundle', resource: { type: 'DOMAIN', id: 'd' } },
}
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0' },
  ...{ bom: { NSX_T_MANAGER: target }, bundles: [{ id: 'nsx bundle' }], steps: [step], percent: 0 },
}
const inventory: Inventory = { sddcManagers: [], nsx: [{ id: 'n', name: 'nsx01', version: target }], vcenters: [], clusters: [] }
const edge = { id: 'e', name: 'ec01', version: target }
const hosts = (version: string | undefined, done: number) => ({ id: 'c', name: 'cl01', done, total: 7, ...(version && { version }) })
const plan = (of: Partial<NsxPlan>): NsxPlan => ({ domainIds: ['d'], hostClusters: [], edgeClusters: [], ...of })

function dependencies(nsxPlan: Vcf['nsxPlan'], answers: Partial<Vcf> = {}): EffectDependencies {
  const vcf = toldVcf({ inventory: async () => inventory, nsxPlan, ...answers })
  return { vcf, now: () => 9, limits: {} } as unknown as EffectDependencies
}

async function proven(nsxPlan: Vcf['nsxPlan']) {
  const { learn, log, waitsFor } = await proveStep(dependencies(nsxPlan))({ domain, run })
  return { step: learn(run).steps[0]!, said: log.map(({ text }) => text).join(), waitsFor }
}

test('NSX is proven when managers, host clusters and edge clusters are at the target, with the hosts that VCF counts', async () => {
  const { step: after, said } = await proven(async () => plan({ hostClusters: [hosts(target, 7)], edgeClusters: [edge] }))

  assert.deepEqual([after.outcome, after.done, after.total, after.detail], ['done', 7, 7, undefined])
  assert.match(said, /NSX nsx01 is at 4\.2\.1\.0\.0-24304122, proven by version/)
})

for (const [what, of, words] of [
  [
    'hosts',
    { hostClusters: [{ ...hosts(old, 0), word: 'NOT_STARTED' }], edgeClusters: [edge] },
    /cl01 4\.2\.0\S* \(0 of 7 hosts, NOT_STARTED\)$/,
  ],
  ['edges', { hostClusters: [hosts(target, 7)], edgeClusters: [{ ...edge, version: old }] }, /: ec01 4\.2\.0\S*$/],
  ['hosts of which only the number is told', { hostClusters: [hosts(undefined, 5)] }, /cl01 of unknown version \(5 of 7 hosts\)$/],
] as const) {
  test(`managers at the target prove nothing while ${what} are behind, and no host is called done that is not`, async () => {
    const { step: after, waitsFor } = await proven(async () => plan(of))

    assert.equal(after.outcome, undefined)
    assert.match(waitsFor!, words)
    assert.equal(after.done, of.hostClusters[0]!.done)
  })
}

for (const [what, answer] of [
  ['nothing', async () => plan({})],
  ['a bundle that it does not know any more', async () => Promise.reject(vcfFailure('missing', 'gone', { status: 404 }))],
  ['an error of its own', async () => Promise.reject(vcfFailure('unreachable', 'sorry', { status: 500 }))],
] satisfies (readonly [string, Vcf['nsxPlan']])[]) {
  test(`where VCF tells ${what} of hosts and edges only the managers are claimed, and no numbers`, async () => {
    const { step: after, said } = await proven(answer)

    assert.deepEqual([after.outcome, after.done, after.total], ['done', undefined, undefined])
    assert.match(after.detail!, /^Only the managers are proven: SDDC Manager tells no versions of its hosts and edges$/)
    assert.match(said, /its managers are at .* More is not proven/)
  })
}

test('an outage is weather, not silence', async () => {
  await assert.rejects(
    proven(() => Promise.reject(vcfFailure('unreachable', 'away', { status: 503 }))),
    /away/,
  )
})

test('a cluster of which nothing is told is named', async () => {
  const { said } = await proven(async () => plan({ hostClusters: [hosts(target, 7)], edgeClusters: [{ id: 'e', name: 'ec01' }] }))

  assert.match(said, /tells no version of ec01/)
})

test('a release without a build is enough for hosts and edges, a version that cannot be read is not', () => {
  const told = (version: string) => partsBehind(nsxParts(plan({ edgeClusters: [{ ...edge, version }] })), target).length

  assert.deepEqual(['4.2.1', '4.2.1.0.0', '4.2.2', '4.2.0', 'unknown'].map(told), [0, 0, 0, 1, 1])
})

const failed: Partial<Vcf> = {
  upgrade: async () => ({ id: 'u', taskId: 't', bundleId: 'nsx bundle', resourceIds: ['d'], state: 'failed', word: 'FAILED' }),
  task: async () => ({
    id: 't',
    name: 't',
    state: 'failed',
    failure: { text: 'It broke' },
    retryable: false,
    createdAt: 0,
    resourceIds: [],
  }),
}
for (const [what, of, reason, words] of [
  [
    'everything is',
    { hostClusters: [hosts(target, 7)], edgeClusters: [edge] },
    'failed but at its target',
    /every version of it is 4\.2\.1/,
  ],
  ['hosts are not', { hostClusters: [hosts(old, 2)], edgeClusters: [edge] }, 'component upgrade failed', /^NSX nsx01 failed: It broke$/],
  ['nothing is told of hosts', {}, 'failed but at its target', /its managers are at 4\.2\.1.*tells no versions of its hosts and edges/],
] as const) {
  test(`recorded as failed, managers at the target, and ${what}: that is what is said`, async () => {
    const { learn } = await readUpgrade(dependencies(async () => plan(of), failed))({ domain, run })

    const { halt, steps } = learn(run)
    assert.equal(halt!.reason, reason)
    assert.match(halt!.text, words)
    if ('hostClusters' in of) assert.equal(steps[0]!.done, of.hostClusters[0].done)
  })
}

const end: Partial<Vcf> = {
  currentRelease: async () => '5.2.1.0',
  upgradables: async () => [],
  domains: async () => [{ ...domain, status: 'ACTIVE' }],
}
const bundle: Vcf['bundle'] = async (id) => ({ id, state: 'downloaded', word: 'SUCCESSFUL', component: 'NSX_T_MANAGER' })

test('the end is not proven while hosts of NSX are behind, also in a run that did not upgrade NSX itself', async () => {
  const nsxPlan: Vcf['nsxPlan'] = async (_, id) => {
    assert.equal(id, 'nsx bundle')
    return plan({ hostClusters: [hosts(old, 6)] })
  }

  const { again, waitsFor } = await proveDomain(dependencies(nsxPlan, { ...end, bundle }))({ domain, run: { ...run, steps: [] } })

  assert.ok(again)
  assert.match(waitsFor!, /NSX \(target 4\.2\.1\S*\): cl01 4\.2\.0\S* \(6 of 7 hosts\)/)
})

test('the end claims of NSX only what versions prove', async () => {
  const said = async (of: Partial<NsxPlan>) => (await proveDomain(dependencies(async () => plan(of), end))({ domain, run })).log[0]!.text

  assert.match(await said({ hostClusters: [hosts(target, 7)] }), /every component is at its target version and nothing more is offered/)
  assert.match(await said({}), /NSX as far as its managers tell \(SDDC Manager tells no versions/)
})
