/** What the facts of a domain tell of its run. The same facts give the same events: what was written already is known by `keyOf`, and nothing is told twice. */
import type { DomainRecord, Run, Step } from '../ports/facts.ts'
import type { HistoryEvent } from '../ports/history.ts'

type Told = Omit<HistoryEvent, 'run' | 'domain'>

/** Longest texts of VCF that are kept, in characters; the whole text is in the log of the run. */
const longest = 500

/** Everything that can be told of the last run and of one that was forgotten, oldest first; nothing when there was none. */
export function eventsOf({ domain: { id, name }, facts }: DomainRecord): readonly HistoryEvent[] {
  const domain = { id, name }
  const { run, at = 0, by } = facts.forgotten ?? {}
  const forgotten: HistoryEvent[] = run === undefined ? [] : [{ event: 'ended', at, run, domain, outcome: 'forgotten', ...(by && { by }) }]
  return [...forgotten, ...lastRunOf(facts, domain)]
}

function lastRunOf({ run, ignoreAlerts, phase }: DomainRecord['facts'], domain: HistoryEvent['domain']): readonly HistoryEvent[] {
  if (!run) return []
  const {
    startedAt,
    startedBy,
    from,
    target,
    targetChosenBy,
    only,
    queuedAt,
    turnAt,
    begunAt,
    halt,
    retried,
    ending,
    pauseTakenBack,
    targetSetAt,
    finished,
  } = run
  const told: readonly (Told | false | undefined)[] = [
    {
      ...{ event: 'started', at: startedAt, by: startedBy, from, to: target },
      ...(only && { only }),
      ...(targetChosenBy && { chosenBy: targetChosenBy }),
      ...(queuedAt !== undefined && { queued: true }),
    },
    turnAt !== undefined && { event: 'turn came', at: turnAt },
    ...gateOf(run),
    ignoreAlerts && within(run, ignoreAlerts.at) && { event: 'ignore alerts changed', ...ignoreAlerts },
    begunAt !== undefined && { event: 'components began', at: begunAt },
    ...run.steps.flatMap((step, index) => stepOf(step, index, run.steps)),
    halt && {
      ...{ event: 'halted', at: halt.at, what: halt.kind, of: halt.of, reason: halt.reason, text: cut(halt.text) },
      ...(halt.reference !== undefined && { reference: halt.reference }),
    },
    phase.name === 'waiting_for_image' &&
      run.waitsForImage && { event: 'waits for image', at: phase.since, resource: run.waitsForImage.cluster },
    retried && { event: 'retry pressed', ...retried },
    ending && { event: 'ending asked', ...ending },
    pauseTakenBack && { event: 'pause taken back', ...pauseTakenBack },
    finished && { event: 'ended', at: finished.at, outcome: finished.outcome, took: finished.at - startedAt, ...by(finished) },
    finished &&
      targetSetAt !== undefined &&
      run.targetTakenBack && { event: 'target taken back', at: finished.at, outcome: run.targetTakenBack },
  ]
  return told
    .filter((one) => typeof one === 'object')
    .map((one) => ({ ...one, run: run.id, domain }))
    .sort((a, b) => a.at - b.at)
}

/** The same for two tellings of the same event, and for no other. */
export function keyOf({ event, at, run, step }: Pick<HistoryEvent, 'event' | 'at' | 'run' | 'step'>): string {
  return JSON.stringify([run, event, at, step])
}

function gateOf({ precheck, acknowledgement }: Run): readonly (Told | undefined)[] {
  const found = precheck?.evaluation
  return [
    found && {
      ...{ event: 'prechecks evaluated', at: found.at, took: found.at - precheck.requestedAt, digest: found.digest },
      ...{ errors: found.errors, warnings: found.warnings, gaps: found.gaps },
    },
    acknowledgement && { event: 'findings acknowledged', ...acknowledgement },
  ]
}

function stepOf(step: Step, index: number, all: readonly Step[]): readonly (Told | false | undefined)[] {
  const { component, resource, from, to, hosts, drift, attempt, requestedAt, startedAt, finishedAt, outcome, outage, failure, foreign } =
    step
  const what = {
    ...{ step: index, component, resource, from, to, attempt },
    ...(hosts !== undefined && { hosts }),
    ...(drift && { drift: true }),
  }
  const begun = startedAt ?? requestedAt
  const followed = all.slice(0, index).some(({ upgradeId }) => upgradeId !== undefined && upgradeId === step.upgradeId)
  return [
    requestedAt !== undefined && !followed && { event: foreign ? 'foreign upgrade followed' : 'step requested', at: requestedAt, ...what },
    outcome &&
      finishedAt !== undefined && {
        ...{ event: 'step ended', at: finishedAt, ...what, outcome },
        ...(begun !== undefined && { took: finishedAt - begun }),
        ...(followed && { followed }),
        ...(outage !== undefined && { outage }),
        ...(failure && { text: cut(failure.text) }),
        ...(failure?.reference !== undefined && { reference: failure.reference }),
      },
  ]
}

function within({ startedAt, finished }: Run, at: number): boolean {
  return at >= startedAt && (finished === undefined || at <= finished.at)
}

function by(finished: NonNullable<Run['finished']>): Pick<HistoryEvent, 'by'> {
  return finished.by ? { by: finished.by } : {}
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`
}
