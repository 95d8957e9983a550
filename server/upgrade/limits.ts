import type { Run } from '../ports/facts.ts'
import { openStep } from './facts.ts'
import type { Outcome } from './outcome.ts'

/** Durations in milliseconds; the settings of the same names (`contract.md`, Settings). */
export interface Limits {
  readonly pollEvery: number
  readonly settle: number
  readonly precheckLimit: number
  readonly downloadLimit: number
  readonly stepLimit: number
  readonly proofLimit: number
  readonly precheckFresh: number
  readonly resultShown: number
  /** Between two changes of a domain's target: quick ones make SDDC Manager fail (`api-facts.md` §12, 26). */
  readonly targetPause: number
}

/** Work that has a limit; the name also says what stopped when it passed. */
export type Work = 'survey' | 'target' | 'downloads' | 'prechecks' | 'plan' | 'request' | 'step' | 'validation' | 'proof'

/** How long this work may take. NSX and ESX grow with their hosts; a floor of one host keeps an unknown count from shortening it. */
function limitOf(work: Work, run: Run, limits: Limits): number {
  if (work === 'downloads') return limits.downloadLimit
  if (work === 'proof') return limits.proofLimit
  if (work !== 'step') return limits.precheckLimit
  const step = openStep(run)
  const hosts = step?.hosts ?? 1
  if (step?.component === 'NSX_T_MANAGER') return Math.max(limits.stepLimit, (hosts * limits.stepLimit) / 3)
  if (step?.component === 'ESX_HOST') return Math.max(limits.stepLimit, (hosts * limits.stepLimit * 2) / 3)
  return limits.stepLimit
}

/**
 * The run with the limit of what it now waits for. A limit starts with the first look that found its work unfinished and is kept while
 * that work goes on, over restarts too; trouble in reading (no outcome) never starts it anew.
 */
export function withLimit(run: Run, work: Work, now: number, limits: Limits, outcome?: Outcome): Run {
  const key = `${work} ${run.steps.length}`
  const proofKey = `proof of ${key}`
  const inProof = outcome ? outcome.missesProof : run.limit?.of === proofKey
  const of = inProof ? proofKey : key
  const waitsFor = outcome?.waitsFor ?? run.limit?.waitsFor
  const remedy = outcome ? outcome.remedy : run.limit?.remedy
  const begun = run.limit?.of === of ? run.limit : { since: now, until: now + limitOf(inProof ? 'proof' : work, run, limits) }
  const { since, until, told } = begun as NonNullable<Run['limit']>
  const from = { ...(since !== undefined && { since }), until, ...(told && { told }) }
  return { ...run, limit: { of, ...from, ...(waitsFor !== undefined && { waitsFor }), ...(remedy !== undefined && { remedy }) } }
}

/** The limit begins now: what was waited for until then is nobody's delay. */
export function withFreshLimit(run: Run, work: Work, now: number, limits: Limits, waitsFor: string): Run {
  const { limit, ...rest } = run
  const since = limit?.waitsFor === waitsFor ? limit.since : now
  const fresh = withLimit(rest, work, now, limits)
  return { ...fresh, limit: { ...fresh.limit!, ...(since !== undefined && { since }), waitsFor } }
}

export function limitHasPassed(run: Run, now: number): boolean {
  return run.limit !== undefined && now >= run.limit.until
}

/** The work whose limit runs, and whether only its proof is missing. */
export function limitedWork(run: Run): { readonly work: Work; readonly proof: boolean } {
  const of = run.limit?.of ?? 'survey 0'
  const proof = of.startsWith('proof of ')
  return { work: of.replace('proof of ', '').split(' ')[0] as Work, proof }
}
