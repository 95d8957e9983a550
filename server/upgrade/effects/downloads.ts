import type { BundleFact, Run } from '../../ports/facts.ts'
import type { Bundle, Depot, FailureText } from '../../ports/vcf-words.ts'
import { isMissing, isSettled, titleOf } from '../downloads/bundle-facts.ts'
import { type Seen, seen } from '../downloads/seen.ts'
import { failed, recalled, toBeFetched } from '../downloads/stops.ts'
import type { LogEntry } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { learned, notYet, type Outcome, type Stop, stopped } from '../outcome.ts'
import { count } from '../words.ts'
import { attempt } from './attempt.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** How many bundles SDDC Manager is asked to download side by side. */
const atOnce = 2

/** A bundle after a look at it. `state` is undefined where SDDC Manager does not know the bundle. */
interface Look extends Seen {
  readonly state?: Bundle['state']
}

/** What one pass over the bundles came to. */
interface Pass {
  readonly facts: Map<string, BundleFact>
  readonly log: LogEntry[]
}

/**
 * Sees to it that every bundle of the run is downloaded: joins a running download, starts a missing one, never starts one twice. A
 * cumulative bundle may fail; what the release itself needs stops the run.
 */
export function ensureDownloads({ vcf, now }: EffectDependencies): Effect {
  return async ({ run }) => {
    const looks = await lookAt(run)
    const pass: Pass = {
      facts: new Map(run.bundles.map((fact) => [fact.id, looks.get(fact.id)?.fact ?? fact])),
      log: [...looks.values()].flatMap(({ log }) => log),
    }
    const lost = [...looks.values()].filter(({ fact, state }) => isLost(fact, state))
    for (const { fact, state } of lost) {
      const stop = await settleLost(pass, fact, state, lost)
      if (stop) return stopWith(pass, stop)
    }
    const running = [...looks.values()].filter(({ state }) => state === 'running').length
    const waiting = [...looks.values()].filter(({ fact, state }) => mayBeAsked(fact, state)).map(({ fact }) => fact)
    const stop = await askFor(pass, waiting, Math.max(0, atOnce - running))
    if (stop) return stopWith(pass, stop)
    return conclude(pass)
  }

  /** Every bundle that is not settled, as VCF shows it now. */
  async function lookAt({ bundles }: Run): Promise<Map<string, Look>> {
    const read: [BundleFact, Bundle | undefined][] = []
    for (const fact of bundles) if (!isSettled(fact)) read.push([fact, await bundleOf(fact)])
    const bytes = read.some(([, bundle]) => bundle?.state === 'running') ? await attempt(() => vcf.downloadedBytes()) : undefined
    return new Map(
      read.map(([fact, bundle]) => [
        fact.id,
        bundle ? { ...seen(fact, bundle, bytes?.[fact.id], now()), state: bundle.state } : { fact, log: [] },
      ]),
    )
  }

  /** A bundle that was asked for and still counts as available is judged by its task: VCF is slow to say it, or fell back. */
  async function bundleOf({ id, taskId }: BundleFact): Promise<Bundle | undefined> {
    try {
      const bundle = await vcf.bundle(id)
      if (bundle.state !== 'available' || taskId === undefined) return bundle
      const task = await attempt(() => vcf.task(taskId))
      if (!task) return bundle
      return { ...bundle, state: task.state === 'failed' || task.state === 'cancelled' ? 'failed' : 'running' }
    } catch (error) {
      if (isVcfFailure(error) && error.kind === 'missing') return undefined
      throw error
    }
  }

  /** It cannot be had: a stop, unless it is cumulative, or the depot is offline and the list of what to fetch is to be complete. */
  async function settleLost(
    { facts, log }: Pass,
    fact: BundleFact,
    state: Look['state'],
    lost: readonly Look[],
  ): Promise<Stop | undefined> {
    facts.set(fact.id, { ...fact, failed: true })
    const failure = state === 'failed' ? await failureOf(fact) : undefined
    if (fact.fallback) {
      log.push(fallbackLost(fact, failure?.text ?? (state ? `status ${fact.word}` : 'SDDC Manager does not know it')))
      return undefined
    }
    if (state === 'recalled') return recalled(fact)
    const depot = await attempt(() => vcf.depot())
    if (state === undefined && depot?.kind !== 'offline') {
      return toBeFetched(
        lost.filter((look) => look.state === undefined && !look.fact.fallback).map((look) => look.fact),
        depot,
      )
    }
    if (depot?.kind === 'offline') {
      log.push({ level: 'error', text: `${titleOf(fact)} could not be had${failure ? `: ${failure.text}` : ''}` })
      return undefined
    }
    return failed(fact, failure, depot)
  }

  /** Asks for as many downloads as there is room. */
  async function askFor(pass: Pass, waiting: readonly BundleFact[], room: number): Promise<Stop | undefined> {
    if (waiting.length === 0 || room === 0) return undefined
    const depot = await attempt(() => vcf.depot())
    const needed = [...pass.facts.values()].filter((fact) => isMissing(fact) && !fact.fallback)
    if (depot?.kind === 'none' && needed.length > 0) return toBeFetched(needed, depot)
    let asked = 0
    for (const fact of waiting.slice(0, room)) {
      try {
        pass.facts.set(fact.id, { ...fact, requestedAt: now(), taskId: await vcf.downloadBundle(fact.id) })
      } catch (error) {
        const stop = await notTaken(pass, fact, error, depot, asked > 0)
        if (stop) return stop
      }
      asked++
    }
    return undefined
  }

  async function notTaken(
    pass: Pass,
    fact: BundleFact,
    error: unknown,
    depot: Depot | undefined,
    others: boolean,
  ): Promise<Stop | undefined> {
    if (!isVcfFailure(error)) throw error
    // 409: a download is under way or done already; the next look tells which.
    if (error.status === 409) return void pass.facts.set(fact.id, { ...fact, requestedAt: now() })
    if (error.kind === 'refused' || error.kind === 'missing') {
      pass.facts.set(fact.id, { ...fact, failed: true })
      if (fact.fallback) return void pass.log.push(fallbackLost(fact, error.message))
      if (depot?.kind !== 'offline') return failed(fact, { ...error, text: error.message }, depot)
      return void pass.log.push({ level: 'error', text: `${titleOf(fact)} could not be had: ${error.message}` })
    }
    // What was asked for in this pass is not forgotten; the silence is met again at the next look.
    if (others) return undefined
    throw error
  }

  async function failureOf({ taskId }: BundleFact): Promise<FailureText | undefined> {
    // The bundle's own word is enough; its task may be gone.
    return taskId === undefined ? undefined : (await attempt(() => vcf.task(taskId)))?.failure
  }

  async function conclude({ facts, log }: Pass): Promise<Outcome> {
    const bundles = [...facts.values()]
    const learn = (run: Run): Run => ({ ...run, bundles })
    const open = bundles.filter((fact) => !isSettled(fact))
    if (open.length > 0) return notYet(`${count(open.length, 'bundle download')} in SDDC Manager`, learn, log)
    const missing = bundles.filter(isMissing)
    if (missing.length > 0) return stopWith({ facts, log }, toBeFetched(missing, await attempt(() => vcf.depot())))
    const done = bundles.filter(({ readyAt }) => readyAt !== undefined).length
    return learned(learn, [...log, { level: 'ok', text: `${done} of ${bundles.length} bundles downloaded` }])
  }

  function stopWith({ facts, log }: Pass, stop: Stop): Outcome {
    const outcome = stopped(stop, now(), (run) => ({ ...run, bundles: [...facts.values()] }))
    return { ...outcome, log: [...log, ...outcome.log] }
  }
}

/** Unknown to SDDC Manager, recalled, or failed after it was asked for: an older failure is no reason not to ask. */
function isLost(fact: BundleFact, state: Look['state']): boolean {
  return state === undefined || state === 'recalled' || (state === 'failed' && fact.requestedAt !== undefined)
}

function mayBeAsked(fact: BundleFact, state: Look['state']): boolean {
  return state === 'available' || (state === 'failed' && !isLost(fact, state))
}

function fallbackLost(fact: BundleFact, why: string): LogEntry {
  return {
    level: 'warning',
    text: `${titleOf(fact)}, a cumulative bundle beside those of the release, could not be downloaded: ${why}`,
    details: ['The run goes on: it is needed only if SDDC Manager offers an upgrade with exactly this bundle.'],
  }
}
