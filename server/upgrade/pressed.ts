/** What a person's press writes down. Whether it could be taken was judged before. */
import type { Phase } from '../../shared/upgrade.ts'
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import type { Acknowledgement, Person } from '../ports/gate-facts.ts'
import { awaitsTurn, type LogEntry, openStep, withLog, withRun, withTold } from './facts.ts'
import { blockingCounts, gateCounts } from './gate.ts'

import { keyOf } from './known-findings.ts'
import { componentNames, count } from './words.ts'

export function afterStart(facts: UpgradeFacts, run: Run): UpgradeFacts {
  const before = findingsOf(facts.run, run.target)
  const started: UpgradeFacts = { ...withoutProven(facts), run: { ...run, ...(before && { findingsBefore: before }) }, log: [] }
  const what = run.only === 'download' ? `Download of the bundles of ${run.target}` : `Upgrade from ${run.from} to ${run.target}`
  const chosen = run.targetChosenBy ? `, the release chosen by ${run.targetChosenBy.name}` : ''
  const entry = (text: string): LogEntry => ({ level: 'info', text })
  return withLog(
    started,
    [
      entry(`${what} started by ${run.startedBy.name}${chosen}`),
      ...(awaitsTurn(run) ? [entry('VCF takes one domain at a time: this one waits for its turn, and nothing is sent before')] : []),
    ],
    run.startedAt,
  )
}

/** Once everything was proven, what a forgotten run had requested is of no interest any more. */
function withoutProven(facts: UpgradeFacts): UpgradeFacts {
  const { forgotten: _, ...rest } = facts
  return facts.run?.finished?.outcome === 'successfully_completed' ? rest : facts
}

/** What the run before found on the way to the same target: the rest is new. */
function findingsOf(run: Run | undefined, target: string): readonly string[] | undefined {
  return run?.target === target ? (run.precheck?.evaluation?.findings.map(keyOf) ?? run.findingsBefore) : undefined
}

/** The domains ahead are done: the run begins, on what is true now. */
export function afterTurn(facts: UpgradeFacts, now: number): UpgradeFacts {
  return withLog(
    withRun(facts, (run) => ({ ...run, turnAt: now })),
    [{ level: 'info', text: 'The wait is over: it is the turn of this domain' }],
    now,
  )
}

/** Told once per waiting, not again after a restart. */
export function afterReachingGate(facts: UpgradeFacts, now: number): UpgradeFacts {
  const waits = facts.phase.name === 'waiting_for_alert_acknowledgement'
  return waits ? facts : withLog(facts, [{ level: 'warning', text: 'Waiting for acknowledgement' }], now)
}

export function afterAcknowledgement(facts: UpgradeFacts, by: Person, how: Acknowledgement['how'], now: number): UpgradeFacts {
  const evaluation = facts.run!.precheck!.evaluation!
  const { digest, warnings } = evaluation
  const entry: LogEntry =
    how === 'overridden'
      ? { level: 'warning', text: `${gateCounts(evaluation)} overridden by ${by.name}` }
      : {
          level: 'info',
          text: `${count(warnings, 'warning')} acknowledged by ${how === 'switch' ? `ignore alerts, turned on by ${by.name}` : by.name}`,
        }
  return withLog(
    withRun(facts, (run) => ({ ...run, acknowledgement: { by, at: now, digest, how } })),
    [entry],
    now,
  )
}

/** Cancel while VCF works on a component: it ends after that one. */
export function afterCancelDuringStep(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const step = openStep(facts.run!)!
  const before = facts.run!.ending
  const instead = before ? `, instead of the pause that ${before.by.name} asked for` : ''
  const text = `Cancel by ${by.name}${instead}: the run ends after ${componentNames[step.component]}, which SDDC Manager finishes`
  return withLog(
    withRun(facts, (run) => ({ ...run, ending: { what: 'cancel', by, at: now } })),
    [{ level: 'warning', text }],
    now,
  )
}

/** The run ends as cancelled; what VCF still does is said. */
export function afterCancel(facts: UpgradeFacts, by: Person | undefined, now: number): UpgradeFacts {
  const run = facts.run!
  const step = openStep(run)
  const still =
    step?.requestedAt === undefined
      ? whatVcfStillDoes(facts.phase.name)
      : `SDDC Manager may still work on ${componentNames[step.component]}; that is not stopped`
  const text = `Run cancelled${by ? ` by ${by.name}` : ''}${still ? `. ${still}` : ''}`
  const done = run.steps.filter(({ outcome }) => outcome === 'done').map(({ component }) => componentNames[component])
  const details = done.length > 0 ? { details: [`Upgraded before: ${[...new Set(done)].join(', ')}`] } : {}
  return withLog(
    withRun(facts, ({ halt: _, limit: __, ...open }) => ({ ...open, finished: { at: now, outcome: 'cancelled', ...(by && { by }) } })),
    [{ level: 'warning', text, ...details }],
    now,
  )
}

function whatVcfStillDoes(phase: Phase): string | undefined {
  if (phase === 'downloading_bundles') return 'Downloads that are under way go on in SDDC Manager'
  if (phase === 'running_prechecks') return 'The prechecks go on in SDDC Manager and change nothing'
  return undefined
}

export function afterIgnoreAlerts(facts: UpgradeFacts, on: boolean, by: Person, now: number): UpgradeFacts {
  const text = `Ignore alerts turned ${on ? 'on' : 'off'} by ${by.name}`
  return withLog({ ...facts, ignoreAlerts: { on, by, at: now } }, facts.run && !facts.run.finished ? [{ level: 'info', text }] : [], now)
}

/** The first of two presses: it goes nowhere and says what a second one would override. */
export function afterFirstPress(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const text = `${by.name} pressed Acknowledge once. ${blockingCounts(facts.run!.precheck!.evaluation!)} would be overridden; that takes a second press by ${by.name}, at least one second and at most five minutes later`
  return withLog(facts, [{ level: 'warning', text }], now)
}

/** The press reached findings that its person had not been shown. */
export function afterOtherFindings(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const text = `${by.name} pressed Acknowledge, but the findings at the gate were not on the screen yet; that acknowledges nothing. Read them, then press again`
  return withTold(facts, { level: 'warning', text }, now)
}

export function afterHiddenErrors(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  const text = `${by.name} pressed Acknowledge, but not every error fits into Home Assistant. Errors that nobody was shown cannot be overridden here; read them in SDDC Manager`
  const link = facts.run?.precheck?.evaluation?.link
  return withTold(
    facts,
    { level: 'warning', text, ...(link !== undefined && { link: { label: 'Details in SDDC Manager', url: link } }) },
    now,
  )
}

/** Two presses within a second are one press of a shaky finger. */
export function afterQuickPress(facts: UpgradeFacts, by: Person, now: number): UpgradeFacts {
  return withTold(facts, { level: 'info', text: `${by.name} pressed Acknowledge twice within a second; that overrides nothing` }, now)
}
