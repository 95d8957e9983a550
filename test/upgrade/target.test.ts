import assert from 'node:assert/strict'
import test from 'node:test'
import type { Run } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { changeTarget, readTarget, readTargetToTakeBack } from '../../server/upgrade/effects/target.ts'
import type { Outcome } from '../../server/upgrade/outcome.ts'
import { toldVcf, vcfFailure } from '../support/told-vcf.ts'

const minute = 60_000
const now = 100 * minute
const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const run: Run = {
  ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: {} },
  ...{ bundles: [], steps: [], percent: 0 },
}
const having = (vcf: Parameters<typeof toldVcf>[0]) =>
  ({ vcf: toldVcf(vcf), now: () => now, limits: { targetPause: minute } }) as unknown as EffectDependencies
const stored = (version: string | undefined) => having({ target: async () => version })
const texts = ({ log }: Outcome) => log.map(({ text }) => text)

test('a target that stands is not set again', async () => {
  const outcome = await readTarget(stored('5.2.1.0'))({ domain, run, targetChangedAt: now })

  assert.equal(outcome.learn(run).targetSetAt, now)
  assert.equal(outcome.writes, undefined)
})

for (const [title, other, says] of [
  ['none', undefined, undefined],
  ['another', '5.2.2.0', 'SDDC Manager has 5.2.2.0 stored as the target release; it is replaced by 5.2.1.0'],
] as const) {
  test(`with ${title} stored the target is to be changed${says ? ', and what is replaced is said before' : ''}`, async () => {
    const outcome = await readTarget(stored(other))({ domain, run })

    assert.equal(outcome.writes, true)
    assert.deepEqual(texts(outcome), says ? [says] : [])
  })
}

for (const [ago, writes] of [
  [0, undefined],
  [minute - 1, undefined],
  [minute, true],
] as const) {
  test(`${ago} ms after a change the target ${writes ? 'may be changed again' : 'is left alone'}`, async () => {
    const outcome = await readTarget(stored(undefined))({ domain, run, targetChangedAt: now - ago })

    assert.equal(outcome.writes, writes)
    assert.equal(outcome.again, true)
  })
}

test('that it waits between two changes is said once', async () => {
  const first = await readTarget(stored(undefined))({ domain, run, targetChangedAt: now - 20_000 })
  const waiting: Run = { ...run, limit: { of: 'target 0', until: now + minute, waitsFor: first.waitsFor! } }
  const second = await readTarget(stored(undefined))({ domain, run: waiting, targetChangedAt: now - 20_000 })

  assert.match(texts(first)[0]!, /next change waits 40 s/)
  assert.deepEqual(texts(second), [])
})

test('set means read back', async () => {
  let kept: string | undefined
  const vcf: Partial<Vcf> = {
    async setTarget(_, version) {
      kept = version
    },
    target: async () => kept,
  }

  assert.equal((await changeTarget(having(vcf))({ domain, run })).learn(run).targetSetAt, now)
  const forgetful = await changeTarget(having({ ...vcf, target: async () => undefined }))({ domain, run })
  assert.deepEqual([forgetful.again, forgetful.learn(run).targetSetAt], [true, undefined])
})

test("a refused target stops with VCF's words, remedy and reference", async () => {
  const refused = vcfFailure('refused', 'Same release', { remediation: 'Choose another', reference: 'R1' })
  const { halt } = (await changeTarget(having({ setTarget: () => Promise.reject(refused) }))({ domain, run })).learn(run)

  assert.match(halt!.text, /refused 5\.2\.1\.0 as the target release: Same release/)
  assert.deepEqual([halt!.of, halt!.remediation, halt!.reference], ['target', 'Choose another', 'R1'])
})

test('a change without an answer is neither failed nor taken for done: it is read again', async () => {
  const lost = having({ setTarget: () => Promise.reject(vcfFailure('unreachable', 'HTTP 500 VCF_RUNTIME_ERROR')) })
  const outcome = await changeTarget(lost)({ domain, run })

  assert.deepEqual([outcome.again, outcome.learn(run)], [true, run])
  assert.match(texts(outcome)[0]!, /did not say whether.*VCF_RUNTIME_ERROR/)
})

for (const [title, version, changedAt, expected] of [
  ['ours', '5.2.1.0', minute, 'clears it'],
  ['the same release, but set by somebody else', '5.2.1.0', undefined, 'is left'],
  ["another's", '5.2.2.0', minute, 'is left'],
  ['none', undefined, minute, 'is left'],
  ['ours, set a moment ago', '5.2.1.0', now - 1, 'waits'],
  ['not seen yet, for it was set a moment ago', undefined, now - 1, 'waits'],
] as const) {
  test(`a cancelled run whose stored target is ${title}: ${expected}`, async () => {
    const outcome = await readTargetToTakeBack(stored(version))({
      domain,
      run,
      ...(changedAt !== undefined && { targetChangedAt: changedAt }),
    })

    const does = outcome.writes ? 'clears it' : outcome.again ? 'waits' : 'is left'
    assert.equal(does, expected)
    assert.equal(outcome.learn(run).targetTakenBack, expected === 'is left' ? 'yes' : undefined)
  })
}

test('a target that stood before the run is left when the run is cancelled, and that is said', async () => {
  const outcome = await readTarget(stored('5.2.1.0'))({ domain, run: { ...run, startedAt: now }, targetChangedAt: now - 1 })
  const own = await readTarget(stored('5.2.1.0'))({ domain, run: { ...run, startedAt: now - 1 }, targetChangedAt: now - 1 })
  const cancelled = outcome.learn(run)
  const end = await readTargetToTakeBack(stored('5.2.1.0'))({ domain, run: cancelled })

  assert.equal(own.learn(run).targetStoodBefore, undefined)
  assert.equal(end.writes, undefined)
  assert.equal(end.learn(cancelled).targetTakenBack, 'no')
  assert.deepEqual(texts(end), ['Target release 5.2.1.0 stays in SDDC Manager: it was stored there before this run'])
})
