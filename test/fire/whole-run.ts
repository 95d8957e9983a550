/** One whole upgrade on which some answers are wrong, and what must hold at every moment of it. */
import fc from 'fast-check'
import { type VcfVersion, vcfVersions } from '../../server/simulator/dialect.ts'
import { stateOf } from '../../server/simulator/world/state.ts'
import { phasesThatWaitForAPerson } from '../../shared/upgrade.ts'
import { hour, minute, olga, rehearse } from '../support/rehearsal.ts'
import { standBetween } from './between.ts'
import { mutations } from './mutations.ts'

export interface WholeRun {
  readonly vcf: VcfVersion
  readonly route: string
  readonly kind: string
  /** Answers made wrong. */
  readonly shots: number
  /** Where a person had to press Retry, and how the run ended. */
  readonly halts: readonly string[]
  readonly ended: string
  /** What must not be; empty is what is wanted. */
  readonly wrongs: readonly string[]
}

/** Asked in every upgrade; the often asked ones are hit at any of the first times. */
const routes = [
  ...['GET /v1/domains', 'GET /v1/sddc-managers', 'GET /v1/releases', 'GET /v1/releases/domains/{id}/future-releases'],
  ...['GET /v1/releases/domains/{id}', 'PATCH /v1/releases/domains/{id}', 'GET /v1/bundles/{id}', 'PATCH /v1/bundles/{id}'],
  ...['POST /v1/system/check-sets/queries', 'POST /v1/system/check-sets', 'GET /v1/system/check-sets/{id}', 'GET /v1/upgrades'],
  ...['POST /v1/upgrades', 'GET /v1/upgrades/{id}', 'GET /v1/tasks/{id}', 'GET /v1/clusters', 'GET /v1/hosts', 'GET /v1/vcenters'],
  ...['GET /v1/nsxt-clusters', 'GET /v1/vcf-services', 'GET /v1/upgradables/domains/{id}', 'GET /v1/upgradables/domains/{id}/nsxt'],
  ...['GET /v1/personalities', 'POST /v1/releases/domains/{id}/validations', 'POST /v1/tokens'],
]

/** Those that wait for real time are for single questions. */
const kinds = Object.keys(mutations).filter(
  (kind) => !['silent', 'endless', 'very many', 'very long text', 'compressed bomb'].includes(kind),
)

export interface Draft {
  readonly vcf: VcfVersion
  readonly route: string
  readonly kind: string
  /** From which request of this kind on. */
  readonly from: number
  readonly times: number
}

export const drafts: fc.Arbitrary<Draft> = fc.record({
  vcf: fc.constantFrom(...vcfVersions),
  route: fc.constantFrom(...routes),
  kind: fc.constantFrom(...kinds),
  from: fc.nat({ max: 12 }),
  times: fc.constantFrom(1, 1, 2, 5),
})

export async function runWhole({ vcf, route, kind, from, times }: Draft, draw: fc.GeneratorValue): Promise<WholeRun> {
  let meddler!: Awaited<ReturnType<typeof standBetween>>
  const wrongs: string[] = []
  const halts: string[] = []
  let silent = 0
  const r = await rehearse('warnings', {
    vcf,
    limits: { pollEvery: 20 * minute },
    detectEvery: 12 * hour,
    async between(simulator) {
      meddler = await standBetween(simulator, (asked, nth, truth) =>
        asked === route && nth >= from && nth < from + times ? mutations[kind]!.make(draw, truth) : undefined,
      )
      return meddler
    },
  })
  try {
    for (let wait = 0; r.view()?.status !== 'update_available' && wait < 20; wait++) await r.advance(30 * minute)
    if (r.view()?.status !== 'update_available') await r.advance(24 * hour)
    await r.press('start', olga)
    for (const end = r.clock.now() + 90 * hour; r.clock.now() < end && r.view().run?.outcome === undefined; ) {
      await r.advance(10 * minute)
      await decide()
    }
    judgeEnd()
  } finally {
    await r.close()
  }
  const { phase, halt, run } = r.view()
  return { vcf, route, kind, shots: meddler.shots, halts, ended: run?.outcome ?? `${phase}: ${halt?.text ?? ''}`, wrongs }

  async function decide(): Promise<void> {
    const { phase, halt, run, accepts, unreachableSince } = r.view()
    if (run === undefined && accepts.includes('start')) return r.press('start', olga)
    if (phase === 'waiting_for_alert_acknowledgement') {
      await r.press('acknowledge', olga)
      if (r.view().precheck?.override) {
        await r.advance(2_000)
        await r.press('acknowledge', olga)
      }
      return
    }
    if (!phasesThatWaitForAPerson.includes(phase) && phase !== 'failed') return
    if (!halt) {
      // After Retry it looks again before it shows another phase; silence of SDDC Manager can make that long.
      if (++silent > 12 && unreachableSince === undefined) wrongs.push(`${phase} without a reason`)
      return
    }
    silent = 0
    if (!halt.text || !halt.remediation) wrongs.push(`${phase} without a reason or a remedy`)
    if (halt.text.includes('An error in this server')) wrongs.push(`crash: ${halt.text}`)
    halts.push(`${phase}: ${halt.reason}`)
    const sent = r.posts().length
    await r.advance(2 * hour)
    if (r.posts().length > sent) wrongs.push('sent while a person is waited for')
    if (halts.length < 12) await r.press('retry', olga)
  }

  function judgeEnd(): void {
    const { domains } = stateOf(r.simulator.world)
    const own = domains.find(({ type }) => type === 'MANAGEMENT')!
    const wanted = vcf === '5.2.1' ? '5.2.1.0' : '9.0.2.0'
    const hosts = new Set(Object.values(own.hosts).flat())
    const isThere = own.version === wanted && own.offered.length === 0 && hosts.size === 1
    const isSaid = r.phases().includes('successfully_completed')
    if (isSaid && !isThere) wrongs.push(`false success: ${JSON.stringify(own)}`)
    const accepted = r.simulator
      .requests()
      .flatMap(({ upgrade, status }) => (upgrade && (status ?? 0) < 300 ? [`${upgrade.bundleId} ${upgrade.resourceIds}`] : []))
    const twice = accepted.find((one, at) => accepted.indexOf(one) !== at)
    if (twice) wrongs.push(`sent twice: ${twice}`)
    if (r.posts().length > accepted.length + halts.length) wrongs.push(`${r.posts().length} requests for ${accepted.length} upgrades`)
    if (!isSaid && halts.length < 12)
      wrongs.push(`neither done nor waiting for a person: ${r.view().phase}, ${r.log().slice(-3).join(' | ')}`)
  }
}
