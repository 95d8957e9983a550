/** What a plan answers to single answers of VCF that no simulated data centre gives. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Forgotten, Run } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { Inventory } from '../../server/ports/vcf-words.ts'
import { planNextStep } from '../../server/upgrade/effects/plan.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'

const domain = { id: 'd', name: 'vcf-w01', type: 'VI', sddcManager: 'sddc.lab' } as const
const bom = { ESX_HOST: '9.0.2.0.25148076' }
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '9.0.1.0', target: '9.0.2.0' },
  ...{ bom, bundles: [], steps: [], percent: 0 },
}
const image = (name: string, addOnVendor: string) => ({ id: name, name, baseVersion: '9.0.2-0.25148076', addOnVendor })

function inventory(imageBased: boolean, version = '9.0.1.0.24957456'): Inventory {
  const hosts = [{ id: 'h', name: 'esx01', version }]
  return { sddcManagers: [], nsx: [], vcenters: [], clusters: [{ id: 'c', name: 'cl01', imageBased, hosts }] }
}

function failure(kind: string): Error {
  return Object.assign(new Error(`it is ${kind}`), { name: 'VcfFailure', kind })
}

/** The next step as it is planned where VCF answers like this, and what it changes in the run. */
async function plan(answers: Partial<Vcf>, before: Run = run, forgotten?: Forgotten) {
  const vcf: Partial<Vcf> = {
    upgrades: async () => [],
    upgradables: async () => [
      {
        ...{ bundleId: 'b', component: 'ESX_HOST', names: ['HOST'], resourceId: 'd', resourceType: 'DOMAIN' },
        ...{ available: true, word: 'AVAILABLE', errors: [] },
      },
    ],
    inventory: async () => inventory(true),
    bundle: async () => ({ id: 'b', state: 'downloaded', word: 'SUCCESSFUL' }),
    personalities: async () => [image('dell', 'Dell')],
    imageVendors: async () => ({ c: 'Dell' }),
    failedGuardrails: async () => undefined,
    ...answers,
  }
  const dependencies = { vcf, now: () => 1, settingsOf: () => defaultDomainSettings } as unknown as EffectDependencies
  const { learn, log } = await planNextStep(dependencies)({ domain, run: before, ...(forgotten && { forgotten }) })
  return { after: learn(before), said: log.map(({ text }) => text) }
}

test('without a preview of its own (5.x) the step is opened', async () => {
  const { after } = await plan({})

  assert.equal(after.steps.at(-1)?.request.personalityId, 'dell')
})

test('on ESX 9 a cluster with baselines is no request but a stop for a person', async () => {
  const { after } = await plan({ inventory: async () => inventory(false) })

  assert.deepEqual(after.steps, [])
  assert.equal(after.halt?.reason, 'cluster without an image')
  assert.match(after.halt!.text, /cl01 is managed by baselines.*Nothing was requested/)
})

for (const kind of ['refused', 'missing']) {
  test(`a preview that is ${kind} is said and stops nothing: the request will be judged all the same`, async () => {
    const { after, said } = await plan({
      failedGuardrails: async () => {
        throw failure(kind)
      },
    })

    assert.equal(after.steps.length, 1)
    assert.ok(said.some((line) => /gives no preview/.test(line)))
  })
}

test('a preview without an answer is weather: thrown on, and nothing is opened', async () => {
  await assert.rejects(
    plan({
      failedGuardrails: async () => {
        throw failure('unreachable')
      },
    }),
    /it is unreachable/,
  )
})

test('guard rails that are not passed are told with their texts', async () => {
  const { after } = await plan({
    failedGuardrails: async () => [
      { name: 'SPACE', text: 'Too little space' },
      { name: 'DNS', text: '' },
    ],
  })

  assert.deepEqual(after.steps, [])
  assert.match(after.halt!.text, /^ESX cl01: .*SPACE: Too little space; DNS\. Nothing was requested/)
})

test('of several images the one with the add-on of the cluster’s vendor; where that is not told, a person chooses', async () => {
  const personalities = async () => [image('hpe', 'HPE'), image('dell', 'Dell')]

  assert.equal((await plan({ personalities })).after.steps.at(-1)?.request.personalityId, 'dell')
  const { after } = await plan({
    personalities,
    imageVendors: async () => {
      throw failure('missing')
    },
  })
  assert.match(after.waitsForImage!.text, /Several images fit/)
})

test('a wait for an image is told once, and is over as soon as something else comes', async () => {
  const none = { personalities: async () => [] }
  const waiting = await plan(none)
  const again = await plan(none, waiting.after)

  assert.deepEqual([waiting.said.length, again.said.length], [1, 0])
  assert.equal((await plan({}, again.after)).after.waitsForImage, undefined)
  assert.equal(
    (await plan({ upgradables: async () => [], inventory: async () => inventory(true, bom.ESX_HOST) }, again.after)).after.waitsForImage,
    undefined,
  )
})

test('what a forgotten run had requested, and SDDC Manager neither runs nor has finished, is requested only after a person has looked', async () => {
  const forgotten: Forgotten = { by: { id: 'o', name: 'Olga' }, at: 0, run: 'lost', requested: ['ESX_HOST'] }

  const { after: stopped } = await plan({}, run, forgotten)
  const { after } = await plan({}, { ...run, confirmed: [stopped.halt!.confirms!] }, forgotten)
  const { after: other } = await plan({}, run, { ...forgotten, requested: ['VCENTER'] })

  assert.deepEqual([stopped.steps, stopped.halt?.kind, stopped.halt?.reason], [[], 'operator', 'requested by a forgotten run'])
  assert.match(
    stopped.halt!.text,
    /^ESX cl01: the forgotten run had requested an upgrade of ESX, .* SDDC Manager does not list it as running\./,
  )
  assert.deepEqual([after.steps.length, other.steps.length], [1, 1])
})
