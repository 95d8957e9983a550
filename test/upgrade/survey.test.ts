import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Run } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { Bundle, Release } from '../../server/ports/vcf-words.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { startPrechecks } from '../../server/upgrade/effects/start-prechecks.ts'
import { survey } from '../../server/upgrade/effects/survey.ts'
import { toldVcf, vcfFailure } from '../support/told-vcf.ts'

const m01 = { id: 'm', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const w01 = { id: 'w', name: 'vcf-w01', type: 'VI', sddcManager: 'sddc.lab' } as const
const release: Release = {
  ...{ version: '5.2.1.0', applicable: true, reasons: [], otherProducts: [], managedElsewhere: [] },
  ...{ bom: { SDDC_MANAGER: '5.2.1.0-24307856' }, bundleIds: ['b1', 'b2'] },
}
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: { VCENTER: '1.0' } },
  ...{ bundles: [{ id: 'old' }], steps: [], percent: 0 },
}
const bundle = (id: string, more: Partial<Bundle> = {}): Bundle => ({
  ...{ id, state: 'available', word: 'PENDING', component: 'SDDC_MANAGER' },
  ...more,
})
const lab: Partial<Vcf> = {
  upgrades: async () => [],
  domains: async () => [
    { ...m01, status: 'ACTIVE' },
    { ...w01, status: 'ACTIVE' },
  ],
  currentRelease: async () => '5.2.1.0',
  futureReleases: async () => [release],
  inventory: async () => ({ sddcManagers: [{ id: 's', name: 'sddc.lab', version: '5.2.0.0' }], nsx: [], vcenters: [], clusters: [] }),
  cumulativeBundles: async () => [],
}
const effects = (more: Partial<Vcf>) =>
  ({ vcf: toldVcf({ ...lab, ...more }), now: () => 7, settingsOf: () => defaultDomainSettings }) as unknown as EffectDependencies

async function look(more: Partial<Vcf> = {}, domain: typeof m01 | typeof w01 = m01): Promise<{ run: Run; log: readonly string[] }> {
  const { learn, log } = await survey(effects(more))({ domain, run })
  return { run: learn(run), log: log.map(({ text }) => text) }
}

test('what the release brings is read anew: a run may have waited long for its turn', async () => {
  const { run: known } = await look()

  assert.deepEqual([known.bom, known.bundles], [release.bom, [{ id: 'b1' }, { id: 'b2' }]])
})

for (const [title, releases, says] of [
  ['not applicable any more', [{ ...release, applicable: false, reasons: ['NSX is too old.'] }], /5\.2\.1\.0: NSX is too old/],
  ['not listed any more', [{ ...release, version: '5.2.2.0' }], /does not list 5\.2\.1\.0/],
] as const) {
  test(`a release that is ${title} stops the run before anything is changed`, async () => {
    const { halt } = (await look({ futureReleases: async () => releases })).run

    assert.deepEqual([halt?.kind, halt?.of], ['failed', 'survey'])
    assert.match(halt!.text, says)
  })
}

test('a workload domain whose management domain is still behind at its turn stops; the management domain itself does not', async () => {
  const behind = { currentRelease: async () => '5.2.0.0' }

  assert.match((await look(behind, w01)).run.halt!.text, /vcf-w01 cannot go to 5\.2\.1\.0: the management domain vcf-m01 runs 5\.2\.0\.0/)
  assert.equal((await look(behind)).run.halt, undefined)
  assert.equal((await look({}, w01)).run.halt, undefined)
})

test('cumulative bundles come beside those of the release, as far as they are of use', async () => {
  const { run: known } = await look({
    cumulativeBundles: async () => [
      bundle('b1'),
      bundle('skip', { version: '5.2.1.0-24307856', sizeMB: 1 }),
      bundle('above', { version: '9.0.0.0-24703748' }),
      bundle('gone', { state: 'recalled' }),
    ],
  })

  assert.deepEqual(known.bundles.slice(2), [{ id: 'skip', name: 'SDDC Manager 5.2.1.0-24307856', fallback: true, sizeBytes: 1024 ** 2 }])
})

test('where cumulative bundles cannot be read the run goes on without; silence is waited for', async () => {
  const failing = (kind: 'refused' | 'missing' | 'unreachable') => look({ cumulativeBundles: () => Promise.reject(vcfFailure(kind, 'no')) })

  assert.match((await failing('refused')).log.join(), /could not be read: no/)
  assert.deepEqual((await failing('missing')).log, [])
  await assert.rejects(failing('unreachable'), /no/)
})

test("VCF's warnings about the release are in the log", async () => {
  const { log } = await look({ futureReleases: async () => [{ ...release, reasons: ['Take a backup.'] }] })

  assert.deepEqual(log, ['SDDC Manager warns about 5.2.1.0: Take a backup.'])
})

test('prechecks name what is not checked against the target, and what is not checked at all', async () => {
  const resource = (id: string, type: string, sets: readonly string[]) => ({ id, type, name: `${id}.lab`, domain: m01, checkSetIds: sets })
  const all = [resource('sddc', 'SDDC_MANAGER', ['s']), resource('avi', 'NSX_ALB', ['s']), resource('aria', 'VRSLCM', [])]
  const ran: string[][] = []
  const start = startPrechecks(
    effects({
      checkRuns: async () => [],
      queryChecks: async (_, versions) => ({ queryId: versions ? 'q2' : 'q1', resources: versions ? all.slice(0, 1) : all }),
      async runChecks({ queryId, resources }) {
        ran.push([queryId, ...resources.map(({ id }) => id)])
        return `run ${ran.length}`
      },
    }),
  )
  const begun: Run = { ...run, bom: release.bom, precheck: { requestedAt: 0, runIds: [], knownRunIds: [] } }

  const first = await start({ domain: m01, run: begun })
  const second = await start({ domain: m01, run: first.learn(begun) })

  assert.deepEqual(ran, [
    ['q2', 'sddc'],
    ['q1', 'avi'],
  ])
  assert.deepEqual(second.learn(first.learn(begun)).precheck, {
    ...{ requestedAt: 0, knownRunIds: [], runIds: ['run 1', 'run 2'], complete: true },
    unchecked: ['VRSLCM aria.lab'],
  })
  assert.deepEqual(
    second.log.map(({ level, text }) => `${level}: ${text}`),
    [
      'info: Prechecks started for 1 resource that SDDC Manager does not check against the target: NSX_ALB avi.lab',
      'warning: SDDC Manager has no prechecks for VRSLCM aria.lab',
    ],
  )
})

const nine: Release = { ...release, version: '5.2.1.0', bom: { ESX_HOST: '9.0.2.0.25148076' } }
const clusters = (...imageBased: boolean[]) =>
  imageBased.map((one, at) => ({
    ...{ id: `c${at}`, name: `cl0${at}`, imageBased: one },
    hosts: [{ id: `h${at}`, name: `esx0${at}`, version: '8.0.3-24280767' }],
  }))
const known = { sddcManagers: [], nsx: [], vcenters: [] }

test('clusters that ESX 9 cannot take are named before anything is upgraded', async () => {
  const look9 = (...imageBased: boolean[]) =>
    look({ futureReleases: async () => [nine], inventory: async () => ({ ...known, clusters: clusters(...imageBased) }) })

  const { log } = await look9(false, true, false)

  assert.equal(log.length, 1)
  assert.match(log[0]!, /^ESX 9\.0\.2\S* knows clusters with an image only, and cl00 and cl02 are managed by baselines.*In vCenter, change/)
  assert.deepEqual((await look9(true, true)).log, [])
})

test('what the release brings and SDDC Manager does not list is said before anything is upgraded', async () => {
  const bom = { ...nine.bom, SDDC_MANAGER: '5.2.1.0', NSX_T_MANAGER: '4.2.1.0' }
  const { log } = await look({
    futureReleases: async () => [{ ...release, bom }],
    inventory: async () => ({ ...known, clusters: clusters(true).map((cluster) => ({ ...cluster, hosts: [] })) }),
  })

  assert.deepEqual(
    log.map((line) => line.split(/[.:] /)[0]),
    ['SDDC Manager', 'SDDC Manager lists no NSX for vcf-m01', 'ESX'],
  )
  assert.match(log[2]!, /cl00 lists no hosts in SDDC Manager\. The run cannot end in success/)
})
