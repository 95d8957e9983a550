import type { BundleFact, Run } from '../../ports/facts.ts'
import type { Bundle, FailureText } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { learned, notYet, type Outcome, type Stop, stopped } from '../outcome.ts'
import { count } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** How many bundles SDDC Manager is asked to download side by side. */
const atOnce = 2

/** Sees to it that every bundle of the run is downloaded: joins a running download, starts a missing one, never starts one twice. */
export function ensureDownloads({ vcf, now }: EffectDependencies): Effect {
  return async ({ run }) => {
    const facts = new Map(run.bundles.map((fact) => [fact.id, fact]))
    const log: LogEntry[] = []
    let running = 0
    const waiting: BundleFact[] = []
    for (const fact of run.bundles) {
      if (fact.readyAt !== undefined) continue
      const bundle = await vcf.bundle(fact.id)
      if (bundle.state === 'downloaded') {
        facts.set(fact.id, { ...fact, readyAt: now() })
        log.push({ level: 'ok', text: `Downloaded ${nameOf(bundle)}` })
      } else if (bundle.state === 'recalled') {
        return stopped(recalled(bundle), now(), withBundles(facts))
      } else if (bundle.state === 'failed' && fact.requestedAt !== undefined) {
        facts.set(fact.id, { ...fact, failed: true })
        return stopped(failed(bundle, await failureOf(fact)), now(), withBundles(facts))
      } else if (bundle.state === 'running') running++
      else waiting.push(fact)
    }
    for (const fact of waiting.slice(0, Math.max(0, atOnce - running))) facts.set(fact.id, await download(fact))
    return result([...facts.values()], log)
  }

  async function download(fact: BundleFact): Promise<BundleFact> {
    try {
      return { id: fact.id, requestedAt: now(), taskId: await vcf.downloadBundle(fact.id) }
    } catch (error) {
      // 409: a download is under way or done already; the next look tells which.
      if (isVcfFailure(error) && error.status === 409) return { id: fact.id, requestedAt: now() }
      throw error
    }
  }

  async function failureOf(fact: BundleFact): Promise<FailureText | undefined> {
    try {
      return fact.taskId === undefined ? undefined : (await vcf.task(fact.taskId)).failure
    } catch {
      return undefined // the bundle's own word is enough; its task may be gone
    }
  }
}

function result(bundles: readonly BundleFact[], log: readonly LogEntry[]): Outcome {
  const done = bundles.filter(({ readyAt }) => readyAt !== undefined).length
  const learn = (run: Run) => ({ ...run, bundles })
  if (done < bundles.length) return notYet(`${count(bundles.length - done, 'bundle download')} in SDDC Manager`, learn, log)
  return learned(learn, [...log, { level: 'ok', text: `${done} of ${bundles.length} bundles downloaded` }])
}

function withBundles(facts: ReadonlyMap<string, BundleFact>): (run: Run) => Run {
  return (run) => ({ ...run, bundles: [...facts.values()] })
}

function nameOf(bundle: Bundle): string {
  const size = bundle.sizeMB === undefined ? '' : ` (${(bundle.sizeMB / 1024).toFixed(1)} GB)`
  return `${bundle.description ?? `bundle ${bundle.id}`}${size}`
}

function failed(bundle: Bundle, failure: FailureText | undefined): Stop {
  return {
    kind: 'failed',
    of: 'downloads',
    reason: 'download failed',
    text: `The download of ${nameOf(bundle)} failed${failure ? `: ${failure.text}` : ` (status ${bundle.word})`}`,
    remediation: failure?.remediation ?? 'Check the depot settings and the disk space of SDDC Manager, then press Retry.',
    ...(failure?.reference && { reference: failure.reference }),
  }
}

function recalled(bundle: Bundle): Stop {
  return {
    kind: 'failed',
    of: 'downloads',
    reason: 'bundle recalled',
    text: `${nameOf(bundle)} was recalled by its vendor and cannot be used.`,
    remediation: 'Press Cancel. Choose another release in SDDC Manager when one is offered.',
  }
}
