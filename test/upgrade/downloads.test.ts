import assert from 'node:assert/strict'
import test from 'node:test'
import type { BundleFact, Run } from '../../server/ports/facts.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import type { Bundle, Depot, Task } from '../../server/ports/vcf-words.ts'
import { totalsOf } from '../../server/upgrade/downloads/totals.ts'
import { ensureDownloads } from '../../server/upgrade/effects/downloads.ts'
import type { EffectDependencies } from '../../server/upgrade/effects/port.ts'
import { afterRetry } from '../../server/upgrade/retry.ts'
import { toldVcf, vcfFailure } from '../support/told-vcf.ts'

const minute = 60_000
const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const online: Depot = { kind: 'online', host: 'dl.example', connected: true, word: 'DEPOT_CONNECTION_SUCCESSFUL' }

/** A data centre's bundles by id; what is asked for begins to run. */
function depotWith(states: Record<string, Partial<Bundle> | undefined>, more: Partial<Vcf> & { depot?: () => Promise<Depot> } = {}) {
  const asked: string[] = []
  const vcf = toldVcf({
    async bundle(id) {
      const one = states[id]
      if (!one) throw vcfFailure('missing', `no bundle ${id}`)
      return { id, state: 'available', word: 'PENDING', component: 'VCENTER', version: `8.0.${id}`, sizeMB: 2048, ...one }
    },
    async downloadBundle(id) {
      asked.push(id)
      states[id] = { ...states[id], state: 'running', word: 'IN_PROGRESS' }
      return `task of ${id}`
    },
    task: async (id) =>
      ({ id, name: id, state: 'failed', failure: { text: 'Checksum differs' }, retryable: false, createdAt: 0, resourceIds: [] }) as Task,
    downloadedBytes: async () => ({}),
    depot: async () => online,
    ...more,
  })
  return { vcf, asked, states }
}

function runWith(...bundles: (string | BundleFact)[]): Run {
  return {
    ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, from: '5.2.0.0', target: '5.2.1.0', bom: {} },
    ...{ bundles: bundles.map((one) => (typeof one === 'string' ? { id: one } : one)), steps: [], percent: 0 },
  }
}

/** One look, at a time in milliseconds. */
async function look(
  vcf: Vcf,
  run: Run,
  now = 0,
): Promise<{ run: Run; log: readonly string[]; again: boolean; waitsFor?: string | undefined }> {
  const outcome = await ensureDownloads({ vcf, now: () => now } as unknown as EffectDependencies)({ domain, run })
  return { run: outcome.learn(run), log: outcome.log.map(({ text }) => text), again: outcome.again, waitsFor: outcome.waitsFor }
}

test('two downloads run side by side, never more, and each is asked for once', async () => {
  const { vcf, asked, states } = depotWith({ a: {}, b: {}, c: {}, d: {} })

  const first = await look(vcf, runWith('a', 'b', 'c', 'd'))
  assert.deepEqual([asked, first.waitsFor], [['a', 'b'], '4 bundle downloads in SDDC Manager'])
  const second = await look(vcf, first.run)
  assert.deepEqual(asked, ['a', 'b'])
  states.a = { state: 'downloaded', word: 'SUCCESSFUL' }
  const third = await look(vcf, second.run)
  assert.deepEqual(asked, ['a', 'b', 'c'])
  for (const id of ['b', 'c', 'd']) states[id] = { state: 'downloaded', word: 'SUCCESSFUL' }
  const last = await look(vcf, third.run)

  assert.equal(last.again, false)
  assert.equal(last.log.at(-1), '4 of 4 bundles downloaded')
})

test('a download that runs already is joined, and counts among the two', async () => {
  const { vcf, asked } = depotWith({ a: { state: 'running', word: 'SCHEDULED' }, b: {}, c: {} })

  const { log } = await look(vcf, runWith('a', 'b', 'c'))

  assert.deepEqual(asked, ['b'])
  assert.deepEqual(log, ['SDDC Manager downloads vCenter 8.0.a (2.0 GB) already; this run follows that'])
})

test('bytes are kept where VCF counts them, and the size stands for them at the end', async () => {
  const { vcf, states } = depotWith(
    { a: { state: 'running', word: 'IN_PROGRESS' }, b: {} },
    { downloadedBytes: async () => ({ a: 1024 ** 3 }) },
  )

  const first = await look(vcf, runWith('a', { id: 'b', readyAt: 0, sizeBytes: 1024 ** 3 }))
  assert.deepEqual(totalsOf(first.run.bundles), { done: 1, total: 2, failed: 0, bytes: { done: 2 * 1024 ** 3, total: 3 * 1024 ** 3 } })
  states.a = { state: 'downloaded', word: 'SUCCESSFUL' }
  const last = await look(vcf, first.run)

  assert.deepEqual(totalsOf(last.run.bundles).bytes, { done: 3 * 1024 ** 3, total: 3 * 1024 ** 3 })
})

test('bytes that cannot be read fail nothing', async () => {
  const { vcf } = depotWith({ a: { state: 'running' } }, { downloadedBytes: () => Promise.reject(vcfFailure('refused', 'no')) })

  assert.equal((await look(vcf, runWith('a'))).again, true)
})

test('a download that stands still for an hour is told once; when it moves and stands still again, again', async () => {
  let bytes = 5
  const { vcf } = depotWith({ a: { state: 'running', word: 'IN_PROGRESS' } }, { downloadedBytes: async () => ({ a: bytes }) })
  const told: string[] = []
  let { run } = await look(vcf, runWith({ id: 'a', word: 'SCHEDULED', requestedAt: 0, taskId: 't' }))

  for (let at = 1; at <= 240; at++) {
    if (at === 100) bytes = 6
    const next = await look(vcf, run, at * minute)
    told.push(...next.log.map((text) => `${at}: ${text}`))
    run = next.run
  }

  assert.deepEqual(
    told.map((text) => text.split(' of the download')[0]),
    ['60: SDDC Manager has reported nothing new', '160: SDDC Manager has reported nothing new'],
  )
  assert.equal(run.halt, undefined)
})

test('a download that was asked for and still counts as available is judged by its task', async () => {
  const { vcf, asked, states } = depotWith({ a: {} })
  const running = {
    ...vcf,
    bundle: vcf.bundle,
    downloadBundle: vcf.downloadBundle,
    task: async (id: string) => ({ id, state: 'running' }) as Task,
  }
  const first = await look(vcf, runWith('a'))
  states.a = { state: 'available', word: 'PENDING' }

  assert.equal((await look(toldVcf({ ...running, downloadedBytes: async () => ({}) }), first.run)).again, true)
  assert.deepEqual(asked, ['a'])
  assert.equal((await look(vcf, first.run)).run.halt?.reason, 'download failed')
})

for (const [title, state, word, halt] of [
  ['fails', 'failed', 'FAILED', 'The download of vCenter 8.0.a (2.0 GB) failed: Checksum differs'],
  ['is recalled', 'recalled', 'RECALLED', 'vCenter 8.0.a (2.0 GB) was recalled by its vendor and cannot be used.'],
] as const) {
  test(`a bundle of the release that ${title} stops the run`, async () => {
    const { vcf } = depotWith({ a: { state, word } })

    const { run } = await look(vcf, runWith({ id: 'a', requestedAt: 0, taskId: 't' }))

    assert.equal(run.halt?.text, halt)
    assert.equal(totalsOf(run.bundles).failed, 1)
  })

  test(`a cumulative bundle that ${title} is a warning, and the run goes on without it`, async () => {
    const { vcf } = depotWith({ a: { state, word }, b: { state: 'downloaded' } })

    const { run, log, again } = await look(vcf, runWith('b', { id: 'a', fallback: true, requestedAt: 0, taskId: 't' }))

    assert.deepEqual([run.halt, again], [undefined, false])
    assert.match(log.join('\n'), /cumulative bundle .* could not be downloaded/)
    assert.deepEqual(totalsOf(run.bundles), { done: 1, total: 1, failed: 0, bytes: { done: 2048 * 1024 ** 2, total: 2048 * 1024 ** 2 } })
  })
}

test('a download that failed before this run is simply asked for again', async () => {
  const { vcf, asked } = depotWith({ a: { state: 'failed', word: 'FAILED' } })

  assert.equal((await look(vcf, runWith('a'))).run.halt, undefined)
  assert.deepEqual(asked, ['a'])
})

for (const [word, says, remedy] of [
  ['DEPOT_UNKNOWN_HOST', /cannot find the depot dl\.example/, /DNS/],
  ['DEPOT_NOT_AVAILABLE', /The depot dl\.example does not answer/, /proxy, firewall/],
  ['DEPOT_USER_NOT_SET', /no credentials for the depot/, /download token/],
  ['DEPOT_INVALID_CREDENTIAL', /refuses SDDC Manager's credentials/, /expired, without entitlement/],
  ['UNKNOWN_FAILURE', /Something is odd \(UNKNOWN_FAILURE\)/, /Depot Settings/],
  ['DEPOT_ON_HOLIDAY', /Something is odd \(DEPOT_ON_HOLIDAY\)/, /Depot Settings/],
] as const) {
  test(`a failed download names what is wrong with the depot: ${word}`, async () => {
    const depot = async (): Promise<Depot> => ({ ...online, connected: false, word, message: 'Something is odd' })
    const { vcf } = depotWith({ a: { state: 'failed', word: 'FAILED' } }, { depot })

    const { halt } = (await look(vcf, runWith({ id: 'a', requestedAt: 0, taskId: 't' }))).run

    assert.match(halt!.text, says)
    assert.match(halt!.remediation!, remedy)
  })
}

test('an offline depot stops with the complete list of what to fetch, after what it has is there', async () => {
  const failed = { state: 'failed', word: 'FAILED' } as const
  const offline = async (): Promise<Depot> => ({ kind: 'offline', connected: true })
  const { vcf, asked, states } = depotWith({ a: failed, b: {}, c: undefined }, { depot: offline })

  const first = await look(vcf, runWith({ id: 'a', requestedAt: 0, taskId: 't' }, 'b', 'c'))
  assert.deepEqual([first.run.halt, asked], [undefined, ['b']])
  states.b = { state: 'downloaded' }
  const { run } = await look(vcf, first.run)

  assert.equal(run.halt?.text, 'The offline depot does not give 2 bundles of this release: vCenter 8.0.a, 2.0 GB, bundle a; bundle c')
  assert.match(run.halt?.remediation ?? '', /offline depot, then press Retry/)
})

test('a refusal of the offline depot counts like a failure', async () => {
  const { vcf } = depotWith(
    { a: {}, b: {} },
    {
      depot: async () => ({ kind: 'offline' }),
      downloadBundle: () => Promise.reject(vcfFailure('refused', 'not in the depot', { status: 400 })),
    },
  )

  const { halt } = (await look(vcf, runWith('a', 'b'))).run

  assert.match(halt?.text ?? '', /2 bundles .* bundle a; .* bundle b$/)
})

test('without any depot nothing is asked for, and everything that is missing is listed', async () => {
  const { vcf, asked } = depotWith({ a: { state: 'downloaded' }, b: {}, c: {} }, { depot: async () => ({ kind: 'none' }) })

  const { run } = await look(vcf, runWith('a', 'b', 'c', { id: 'x', fallback: true, failed: true }))

  assert.deepEqual(asked, [])
  assert.match(run.halt!.text, /^SDDC Manager has no depot, and misses 2 bundles of this release: .* bundle b; .* bundle c$/)
})

test('bundles that SDDC Manager does not know are named at once where the depot is online', async () => {
  const { vcf, asked } = depotWith({ a: {}, b: undefined })

  const { run } = await look(vcf, runWith('a', 'b'))

  assert.deepEqual(asked, [])
  assert.match(run.halt!.text, /^SDDC Manager does not know 1 bundle of this release: bundle b$/)
})

test('409 means that a download is under way: the next look tells', async () => {
  const { vcf } = depotWith({ a: {} }, { downloadBundle: () => Promise.reject(vcfFailure('refused', 'conflict', { status: 409 })) })

  const { run, again } = await look(vcf, runWith('a'))

  assert.deepEqual([run.halt, again], [undefined, true])
})

test('what was asked for is not forgotten when the next request is not answered', async () => {
  const { vcf, asked } = depotWith({ a: {}, b: {} })
  const half = toldVcf({
    bundle: vcf.bundle,
    depot: vcf.depot,
    downloadBundle: (id) => (id === 'b' ? Promise.reject(vcfFailure('unreachable', 'silence')) : vcf.downloadBundle(id)),
  })

  const { run } = await look(half, runWith('a', 'b'))
  assert.equal(run.bundles[0]?.taskId, 'task of a')
  assert.equal(run.bundles[1]?.requestedAt, undefined)
  await assert.rejects(
    look(toldVcf({ bundle: vcf.bundle, depot: vcf.depot, downloadedBytes: vcf.downloadedBytes, downloadBundle: half.downloadBundle }), run),
    /silence/,
  )

  assert.deepEqual(asked, ['a'])
})

test('Retry asks again for what failed, and keeps what is known of it', () => {
  const run = {
    ...runWith(
      { id: 'a', name: 'vCenter 8', sizeBytes: 9, word: 'FAILED', requestedAt: 1, taskId: 't', failed: true },
      { id: 'b', readyAt: 1 },
    ),
  }
  const halt = { kind: 'failed', of: 'downloads', reason: 'x', text: 'x', at: 1 } as const

  const facts = afterRetry({ phase: { name: 'failed', since: 1 }, run: { ...run, halt }, log: [] }, { id: 'o', name: 'Olga' }, 2)

  assert.deepEqual(facts.run?.bundles, [
    { id: 'a', name: 'vCenter 8', sizeBytes: 9, word: 'FAILED' },
    { id: 'b', readyAt: 1 },
  ])
})
