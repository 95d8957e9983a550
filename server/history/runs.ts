/** Runs, as their entries in the history tell them. */
import type { Component } from '../../shared/upgrade.ts'
import type { HistoryEntry, HistoryEvent } from '../ports/history.ts'

export interface PastStep {
  readonly component: Component
  readonly resource: string
  readonly from: string
  readonly to: string
  readonly hosts?: number
  readonly attempt: number
  readonly outcome: 'done' | 'failed' | 'lost'
  /** Milliseconds. */
  readonly took?: number
  /** Milliseconds. Longest silence of SDDC Manager while it upgraded itself. */
  readonly outage?: number
  /** The configuration drift, which is no upgrade. */
  readonly drift?: true
  /** It took up an earlier attempt: `took` holds the wait between them. */
  readonly followed?: true
}

/** One run from its start to its end, or as far as it has come. */
export interface PastRun {
  readonly id: string
  readonly domain: { readonly id: string; readonly name: string }
  readonly startedAt: number
  readonly startedBy: string
  readonly from: string
  readonly to: string
  readonly only?: 'download'
  /** Who chose the release; absent: the settings did. */
  readonly chosenBy?: string
  readonly finishedAt?: number
  readonly outcome?: string
  /** Who cancelled. */
  readonly endedBy?: string
  /** As last evaluated. */
  readonly gate?: { readonly errors: number; readonly warnings: number; readonly gaps: number; readonly digest: string }
  readonly acknowledged?: { readonly by: string; readonly how: string }
  readonly halts: number
  /** What it waits for a person with, while it does. */
  readonly halted?: string
  readonly retries: number
  readonly steps: readonly PastStep[]
  /** Hash of the entry of its end: whoever wrote it down can prove that end. */
  readonly hash?: string
}

type RunEntry = HistoryEvent & { readonly hash: string }

/** Every run whose start is known, oldest first. */
export function runsOf(entries: readonly HistoryEntry[]): readonly PastRun[] {
  const told = Map.groupBy(entries.filter(isOfRun), ({ run }) => run)
  return [...told.values()].flatMap(runOf).sort((a, b) => a.startedAt - b.startedAt)
}

function isOfRun(entry: HistoryEntry): entry is RunEntry {
  return 'run' in entry
}

function runOf(events: readonly RunEntry[]): readonly PastRun[] {
  const last = (event: HistoryEvent['event']) => events.findLast((one) => one.event === event)
  const count = (event: HistoryEvent['event']) => events.filter((one) => one.event === event).length
  const started = last('started')
  if (!started) return []
  const { run: id, domain, at: startedAt, by, from = '', to = '', only, chosenBy } = started
  const ended = last('ended')
  const gate = last('prechecks evaluated')
  const acknowledged = last('findings acknowledged')
  return [
    {
      ...{ id, domain, startedAt, startedBy: by?.name ?? '', from, to },
      ...(only && { only }),
      ...(chosenBy && { chosenBy: chosenBy.name }),
      ...(ended?.outcome !== undefined && { finishedAt: ended.at, outcome: ended.outcome, hash: ended.hash }),
      ...(ended?.by && { endedBy: ended.by.name }),
      ...(gate && {
        gate: { errors: gate.errors ?? 0, warnings: gate.warnings ?? 0, gaps: gate.gaps ?? 0, digest: gate.digest ?? '' },
      }),
      ...(acknowledged && { acknowledged: { by: acknowledged.by?.name ?? '', how: acknowledged.how ?? '' } }),
      ...{ halts: count('halted'), retries: count('retry pressed') },
      ...(!ended && haltedOf(events)),
      steps: events.flatMap(stepOf),
    },
  ]
}

const goesOn: readonly HistoryEvent['event'][] = [
  'retry pressed',
  'prechecks evaluated',
  'components began',
  'step requested',
  'foreign upgrade followed',
]

/** A halt lasts until somebody presses, or what is waited for happened after all. */
function haltedOf(events: readonly RunEntry[]): Pick<PastRun, 'halted'> {
  const last = events.findLast(({ event }) => event === 'halted' || goesOn.includes(event))
  return last?.event === 'halted' ? { halted: last.reason ?? last.text ?? '' } : {}
}

function stepOf(entry: RunEntry): readonly PastStep[] {
  const { event, component, resource = '', from = '', to = '', hosts, attempt = 1, outcome, took, outage, drift, followed } = entry
  if (event !== 'step ended' || component === undefined) return []
  if (outcome !== 'done' && outcome !== 'failed' && outcome !== 'lost') return []
  return [
    {
      ...{ component, resource, from, to, attempt, outcome },
      ...(hosts !== undefined && { hosts }),
      ...(took !== undefined && { took }),
      ...(outage !== undefined && { outage }),
      ...(drift && { drift }),
      ...(followed && { followed }),
    },
  ]
}
