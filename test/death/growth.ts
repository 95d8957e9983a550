/** What a record may become: facts are only added to. */
import { isDeepStrictEqual } from 'node:util'
import type { DomainRecord, Run, Step } from '../../server/ports/facts.ts'

export interface Circumstances {
  /** How often a person has pressed Retry since the record before. */
  readonly retries: number
  readonly wasArchived: (runId: string) => boolean
  /** Whether a request with this bundle ever left. */
  readonly wasSent: (bundleId: string) => boolean
}

/** Sentences about facts of `before` that `after` does not have any more, though nothing entitles it to that. */
export function lostFacts(before: DomainRecord, after: DomainRecord, circumstances: Circumstances): readonly string[] {
  const [was, is] = [before.facts, after.facts]
  const losses: string[] = []
  const lost = (what: string) => void losses.push(`lost: ${what}`)
  if (was.ignoreAlerts && !is.ignoreAlerts) lost('who ignores alerts')
  if ((was.targetChangedAt ?? 0) > (is.targetChangedAt ?? 0)) lost('when the target was changed')
  if (!was.run) return losses
  if (!is.run) return ['lost: the whole run']
  if (was.run.id !== is.run.id) {
    if (!was.run.finished) lost(`the run ${was.run.id}, which had not ended`)
    else if (!circumstances.wasArchived(was.run.id)) lost(`the run ${was.run.id}, which was not archived`)
    return losses
  }
  if (!was.run.finished || is.log.length > 0) for (const { text } of missingLines(was.log, is.log)) lost(`the line "${text}"`)
  return [...losses, ...ofRun(was.run, is.run, circumstances)]
}

type Log = DomainRecord['facts']['log']

/** Lines that stand in one log and not, in the same order, in the other. What was told again moved to the end: with a higher number, and since the same time. */
function missingLines(was: Log, is: Log): Log {
  return was
    .filter((line) => !is.some((now) => wasToldAgain(line, now)))
    .filter(({ at, level, text, times }, i) => {
      const now = is[i]
      return !(now && now.at === at && now.level === level && now.text === text && now.times === times)
    })
}

function wasToldAgain({ at, level, text, times = 1, since = at }: Log[number], now: Log[number]): boolean {
  return now.level === level && now.text === text && now.since === since && now.at >= at && (now.times ?? 1) > times
}

/** Told once and for all. */
const lasting = [
  ...(['startedAt', 'startedBy', 'only', 'queuedAt', 'turnAt', 'from', 'target', 'bom', 'expected', 'census', 'targetSetAt'] as const),
  ...(['targetStoodBefore', 'findingsBefore', 'begunAt', 'provenAt', 'ending', 'finished', 'targetTakenBack'] as const),
]

function ofRun(was: Run, is: Run, { retries, wasSent }: Circumstances): readonly string[] {
  const losses = lasting.filter((name) => was[name] !== undefined && !same(was[name], is[name])).map((name) => `lost: ${name} of the run`)
  const lost = (what: string) => void losses.push(`lost: ${what}`)
  if (was.halt && !same(was.halt, is.halt) && retries === 0 && !is.finished)
    lost(`the halt "${was.halt.reason}", and nobody had pressed Retry`)
  if (was.acknowledgement && (is.acknowledgement?.at ?? 0) < was.acknowledgement.at) lost('who acknowledged')
  if ((was.confirmed ?? []).some((what) => !is.confirmed?.includes(what))) lost('what a person confirmed')
  // A Retry at the end reads anew what is offered, then validates anew: it may take this only together with how the validation ended.
  const lookedAtAnew = retries > 0 && was.validation?.outcome !== undefined && is.validation?.outcome === undefined
  if (was.noStepLeftAt !== undefined && !same(was.noStepLeftAt, is.noStepLeftAt) && !lookedAtAnew) lost('noStepLeftAt of the run')
  if (was.validation?.outcome && !is.validation?.outcome && retries === 0) lost('how the validation ended')
  const anew = (is.precheck?.requestedAt ?? 0) > (was.precheck?.requestedAt ?? 0)
  if (was.precheck && !anew) {
    for (const name of ['complete', 'finishedAt', 'evaluation'] as const)
      if (was.precheck[name] !== undefined && !same(was.precheck[name], is.precheck?.[name])) lost(`${name} of the prechecks`)
    if (was.precheck.runIds.some((id) => !is.precheck?.runIds.includes(id))) lost('the id of a precheck run')
  }
  for (const bundle of was.bundles) if (!is.bundles.some(({ id }) => id === bundle.id)) lost(`the bundle ${bundle.id}`)
  was.steps.forEach((step, i) => {
    losses.push(...ofStep(step, is.steps[i], wasSent(step.request.bundleId)))
  })
  return losses
}

const lastingOfStep = [
  ...(['component', 'resource', 'resourceId', 'from', 'to', 'request', 'before', 'attempt', 'requestedAt', 'upgradeId', 'taskId'] as const),
  ...(['confirmedLostBy', 'startedAt', 'succeededAt', 'settledAt', 'outcome', 'finishedAt', 'failure', 'taskRetriedAt'] as const),
]

function ofStep(was: Step, is: Step | undefined, sent: boolean): readonly string[] {
  if (!is) return [`lost: the step of ${was.component}`]
  // What never left is no request.
  const allowed = (name: string) => name === 'requestedAt' && !sent
  return lastingOfStep
    .filter((name) => was[name] !== undefined && !same(was[name], is[name]) && !allowed(name))
    .map((name) => `lost: ${name} of the step of ${was.component}`)
}

/** As JSON: in any order, and what is undefined is not there. */
function same(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(plain(a), plain(b))
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
