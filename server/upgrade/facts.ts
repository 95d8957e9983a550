import type { LogLine, Phase } from '../../shared/upgrade.ts'
import type { Halt, Run, Step, UpgradeFacts } from '../ports/facts.ts'

/** A domain to which nothing has happened. */
export function noFacts(now: number): UpgradeFacts {
  return { phase: { name: 'waiting_for_initiation', since: now }, log: [] }
}

/** The run under way; undefined between runs. */
export function openRun(facts: UpgradeFacts): Run | undefined {
  return facts.run && !facts.run.finished ? facts.run : undefined
}

/** Started while another domain was being upgraded, and not yet called. */
export function awaitsTurn(run: Pick<Run, 'queuedAt' | 'turnAt'>): boolean {
  return run.queuedAt !== undefined && run.turnAt === undefined
}

/** A cancelled run whose target may still stand in VCF. One that never had its turn changed nothing there. */
export function targetIsToBeTakenBack({ run }: UpgradeFacts): boolean {
  return run?.finished?.outcome === 'cancelled' && run.targetTakenBack === undefined && !awaitsTurn(run)
}

/** The step under way: the last one, unless it has ended. */
export function openStep(run: Run): Step | undefined {
  const last = run.steps.at(-1)
  return last && !last.outcome ? last : undefined
}

/** VCF may be working on a step now. */
export function stepIsUnderWay(run: Run): boolean {
  return openStep(run)?.requestedAt !== undefined
}

/** Since and until when SDDC Manager is left alone after its upgrade; undefined: it is not. A clock that was ahead and was set right must not make it wait for the difference. */
export function settlingOf({ steps }: Run, now: number): { readonly since: number; readonly until: number } | undefined {
  const { finishedAt: since = now, settledAt: until = now } = steps.at(-1) ?? {}
  return since <= now && now < until ? { since, until } : undefined
}

export function withLastStep(run: Run, change: (step: Step) => Step): Run {
  const last = run.steps.at(-1)
  return last ? { ...run, steps: [...run.steps.slice(0, -1), change(last)] } : run
}

export function withRun(facts: UpgradeFacts, change: (run: Run) => Run): UpgradeFacts {
  return facts.run ? { ...facts, run: change(facts.run) } : facts
}

export function withPhase(facts: UpgradeFacts, name: Phase, now: number): UpgradeFacts {
  return facts.phase.name === name ? facts : { ...facts, phase: { name, since: now } }
}

export type LogEntry = Omit<LogLine, 'at'>

export function withLog(facts: UpgradeFacts, entries: readonly LogEntry[], at: number): UpgradeFacts {
  return entries.length === 0 ? facts : { ...facts, log: [...facts.log, ...entries.map((entry) => ({ at, ...entry }))] }
}

/**
 * As `withLog`; what the log says already is counted there instead of said again, so that nobody can fill it. It then is the newest line: what stands last
 * is what was told last.
 */
export function withTold(facts: UpgradeFacts, entry: LogEntry, at: number): UpgradeFacts {
  const known = facts.log.findLast(({ text, level }) => text === entry.text && level === entry.level)
  if (!known) return withLog(facts, [entry], at)
  const counted = { ...known, at, times: (known.times ?? 1) + (entry.times ?? 1), since: known.since ?? known.at }
  return { ...facts, log: [...facts.log.filter((line) => line !== known), counted] }
}

/** Phase of a halted run. */
export function haltPhase(halt: Halt): Phase {
  return halt.kind === 'operator' ? 'waiting_for_operator' : 'failed'
}
