/** What takes long without an end in sight: said once, with what is awaited, since when, and what to do. */
import type { Run, Step, UpgradeFacts } from '../ports/facts.ts'
import type { Progress } from './effects/progress.ts'
import { type LogEntry, withLog, withRun } from './facts.ts'
import type { Outcome } from './outcome.ts'
import { duration, stepName } from './words.ts'

/** How long the progress of a running task may stand still before a person is told, in milliseconds (`api-facts.md` §11). */
const stallAfter = 60 * 60_000
/** How long a proof may be missing before that is told, in milliseconds: VCF's inventory lags by minutes. */
const proofLateAfter = 10 * 60_000

export interface Progressed {
  readonly moved: Partial<Step>
  readonly log: readonly LogEntry[]
}

/** @param away it was silent until now: that was said, and it could not tell anything */
export function progressed(known: Step, progress: Progress, away: boolean, now: number): Progressed {
  const keys = ['percent', 'done', 'total', 'detail'] as const
  const stands = !away && keys.every((key) => progress[key] === undefined || progress[key] === known[key])
  const changedAt = (stands && known.changedAt) || now
  if (!stands) return { moved: { ...progress, changedAt, stalledAt: undefined }, log: [] }
  if (known.stalledAt !== undefined || now - changedAt < stallAfter) return { moved: { ...progress, changedAt }, log: [] }
  const text = `${stepName(known)}: SDDC Manager has reported no progress for ${duration(now - changedAt)}`
  return { moved: { ...progress, changedAt, stalledAt: now }, log: [{ level: 'warning', text, details: [stallRemedy] }] }
}

const stallRemedy =
  'Look at its task in SDDC Manager, and at the component itself, whether it waits for something there. This server waits on until STEP_LIMIT.'
const downloadRemedy =
  'Look in SDDC Manager at the download, at the connection to the depot and at the disk space of /nfs/vmware. This server waits on until DOWNLOAD_LIMIT.'

/** What stands still: since when, and what to do. */
export function stallOf({ steps, bundles }: Run): { readonly since: number; readonly remediation: string } | undefined {
  const step = steps.at(-1)
  if (step?.stalledAt !== undefined && !step.outcome) return { since: step.changedAt!, remediation: stallRemedy }
  const bundle = bundles.find(({ stalledAt, readyAt, failed }) => stalledAt !== undefined && readyAt === undefined && !failed)
  return bundle && { since: bundle.changedAt!, remediation: downloadRemedy }
}

/** A proof that is late: told once, before its limit stops the run. */
export function withLongWaitTold(facts: UpgradeFacts, { missesProof }: Outcome, now: number): UpgradeFacts {
  const { since = now, until, waitsFor, remedy, told } = facts.run?.limit ?? { until: now }
  if (!missesProof || told || now - since < proofLateAfter) return facts
  const rest = `Waited for since ${duration(now - since)}; in ${duration(until - now)} the run stops for a person.`
  const marked = withRun(facts, (run) => (run.limit ? { ...run, limit: { ...run.limit, told: true } } : run))
  return withLog(marked, [{ level: 'warning', text: `Not proven yet: ${waitsFor}`, details: [rest, ...(remedy ? [remedy] : [])] }], now)
}
