/** How facts grow: what each arrow of the chart writes down. Pure functions; the chart names them. */
import { type DomainIdentity, type Phase, upgradingPhase } from '../../shared/upgrade.ts'
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import { type LogEntry, openStep, withLastStep, withLog, withRun } from './facts.ts'
import { isVcfFailure, sddcManagerUpgradesItself, signInIsAway, signInMayBeAway, stopOf } from './failure.ts'
import { afterHeld, heldBy, released } from './held.ts'
import { type Limits, limitedWork, type Work, withLimit } from './limits.ts'
import { withLongWaitTold } from './long-wait.ts'
import { type Outcome, type Stop, stopLine } from './outcome.ts'
import { percentOf } from './percent.ts'
import { withoutTargetChoice } from './target-choice.ts'
import { componentNames, duration, stepName } from './words.ts'

/** How many unanswered looks in a row are worth a line in the log. */
const worthTelling = 2

export interface Moment {
  readonly now: number
  readonly limits: Limits
  /** Looks in a row that were not answered. */
  readonly misses: number
}

export interface Weather extends Moment {
  readonly domain: DomainIdentity
}

/** An effect answered. */
export function afterOutcome(facts: UpgradeFacts, outcome: Outcome, work: Work, { now, limits, misses }: Moment): UpgradeFacts {
  const since = facts.run?.unreachableSince
  const back: LogEntry[] =
    misses >= worthTelling && since !== undefined
      ? [{ level: 'info', text: `SDDC Manager answers again after ${duration(now - since)}` }]
      : []
  const learnt = withRun(withOutage(facts, now), ({ unreachableSince: _, ...run }) => {
    const learnt = outcome.learn(run)
    const { limit, ...next } = outcome.again ? learnt : released(learnt)
    const limited = outcome.again ? withLimit({ ...next, ...(limit && { limit }) }, work, now, limits, outcome) : next
    return { ...limited, percent: percentOf(limited) }
  })
  if (outcome.held !== undefined) return afterHeld(learnt, outcome.held, work, now, limits)
  return withLongWaitTold(withLog(learnt, [...back, ...outcome.log], now), outcome, now)
}

/** How long SDDC Manager was away while it upgraded itself: the next upgrade tells it beforehand. */
function withOutage(facts: UpgradeFacts, now: number): UpgradeFacts {
  return withRun(facts, (run) => {
    if (run.unreachableSince === undefined || !sddcManagerUpgradesItself(run)) return run
    const outage = Math.max(0, now - run.unreachableSince)
    return withLastStep(run, (step) => ({ ...step, outage: Math.max(step.outage ?? 0, outage) }))
  })
}

/** A read was not answered: weather. */
export function afterWeather(facts: UpgradeFacts, error: unknown, work: Work, { now, limits, misses, domain }: Weather): UpgradeFacts {
  const other = heldBy(error)
  if (other !== undefined) return afterHeld(facts, other, work, now, limits)
  const entry = weatherLine(domain, facts.run!, error)
  const learnt = withRun(facts, (known) => {
    const unready = withLastStep(known, ({ readyChecks: _, ...step }) => step)
    return { ...withLimit(unready, work, now, limits), unreachableSince: known.unreachableSince ?? now }
  })
  return withLog(learnt, misses + 1 === worthTelling ? [entry] : [], now)
}

function weatherLine(domain: DomainIdentity, run: Run, error: unknown): LogEntry {
  const words = error instanceof Error ? error.message : String(error)
  if (sddcManagerUpgradesItself(run))
    return { level: 'info', text: 'SDDC Manager does not answer while it upgrades itself. That is expected.' }
  if (!isVcfFailure(error) || error.kind === 'unreachable') return { level: 'warning', text: `SDDC Manager does not answer: ${words}` }
  if (error.kind === 'credentials' && signInMayBeAway(domain, run)) return { level: 'info', text: signInIsAway }
  return { level: 'warning', text: words, ...(error.remediation && { details: [error.remediation] }) }
}

/** An effect threw something that does not end by itself. */
export function afterError(facts: UpgradeFacts, error: unknown, of: Stop['of'], now: number): UpgradeFacts {
  return halted(facts, stopOf(error, of), now)
}

/** The time for what the run waits for is over. VCF may work on: then reading goes on. */
export function afterLimit(facts: UpgradeFacts, now: number): UpgradeFacts {
  const run = facts.run!
  const { work, proof } = limitedWork(run)
  const step = openStep(run)
  const waitsFor = run.limit?.waitsFor ?? (step ? `SDDC Manager to finish ${stepName(step)}` : 'SDDC Manager')
  const worksOn = !proof && (work === 'downloads' || work === 'prechecks' || (work === 'step' && step?.upgradeId !== undefined))
  const text = proof ? `The proof is missing: ${waitsFor}` : `The time limit passed while waiting for ${waitsFor}`
  const remediation = worksOn
    ? `SDDC Manager may work on; this server keeps reading. Look at ${step ? `the task of ${componentNames[step.component]}` : 'its tasks'} there. Retry waits on with a full new limit and sends nothing again.`
    : `${run.limit?.remedy ?? 'Look in SDDC Manager what is missing.'} Retry looks again with a full new limit.`
  const reason = proof ? (work === 'step' ? 'version not proven' : 'proof is missing') : 'time limit'
  return withRun(halted(facts, { kind: 'failed', of: 'limit', reason, text, remediation }, now), (known) => ({
    ...known,
    ...(worksOn && { overdueSince: now }),
  }))
}

function halted(facts: UpgradeFacts, stop: Stop, now: number): UpgradeFacts {
  return withLog(
    withRun(facts, ({ limit: _, ...run }) => ({ ...run, halt: { ...stop, at: now } })),
    [stopLine(stop)],
    now,
  )
}

export function afterBegin(facts: UpgradeFacts, now: number): UpgradeFacts {
  return withRun(facts, (run) => ({ ...run, begunAt: now }))
}

export function afterCompletion(facts: UpgradeFacts, now: number): UpgradeFacts {
  return withRun(withoutTargetChoice(facts), ({ limit: _, ...run }) => ({
    ...run,
    finished: { at: now, outcome: 'successfully_completed' },
  }))
}

/** Every bundle is there, and more was not asked for. The target stays: SDDC Manager offers nothing without it. */
export function afterDownloads(facts: UpgradeFacts, now: number): UpgradeFacts {
  const text = `The bundles of ${facts.run!.target} are in SDDC Manager; the upgrade can be started when it suits`
  return withLog(
    withRun(facts, ({ limit: _, ...run }) => ({ ...run, finished: { at: now, outcome: 'downloaded' } })),
    [{ level: 'ok', text }],
    now,
  )
}

/** Written before the check-sets are asked to run. */
export function afterPrecheckRequest(run: Run, now: number): Run {
  if (run.precheck) return run
  return { ...run, precheck: { requestedAt: now, runIds: [], ...(run.findingsBefore && { before: run.findingsBefore }) } }
}

/** Phase of the step under way. */
export function phaseOfStep(facts: UpgradeFacts): Phase {
  return upgradingPhase[facts.run!.steps.at(-1)!.component]
}

/** Written, and saved, before the request leaves. */
export function afterUpgradeRequest(facts: UpgradeFacts, now: number): UpgradeFacts {
  return withRun(facts, (run) => withLastStep(run, (step) => ({ ...step, requestedAt: now })))
}

/** The target could not be taken back: the run is over all the same, and the person reads what is left to do. */
export function afterTargetLeft(facts: UpgradeFacts, error: unknown, now: number): UpgradeFacts {
  const target = facts.run!.target
  const text = `The target release ${target} could not be taken back: ${error instanceof Error ? error.message : String(error)}`
  const details = ['It stays stored in SDDC Manager. It changes nothing by itself; it can be removed there.']
  return withLog(
    withRun(facts, (run) => ({ ...run, targetTakenBack: 'no' })),
    [{ level: 'warning', text, details }],
    now,
  )
}
