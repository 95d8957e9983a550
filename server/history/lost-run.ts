/** What the history still knows of a run whose record was lost. */
import type { Component } from '../../shared/upgrade.ts'
import type { HistoryEntry, HistoryEvent } from '../ports/history.ts'

export interface LostRun {
  /** Undefined: the history knows of no run of the domain that has not ended. */
  readonly run?: string
  /** Requested of SDDC Manager, with no end that is known. */
  readonly requested: readonly Component[]
}

/** The run of a domain that has not ended, as far as the history goes. */
export function lostRunOf(entries: readonly HistoryEntry[], domainId: string): LostRun {
  const ofDomain = entries.filter((entry): entry is HistoryEvent & { hash: string } => 'run' in entry && entry.domain.id === domainId)
  const run = ofDomain.findLast(({ event }) => event === 'started')?.run
  const events = ofDomain.filter((entry) => entry.run === run)
  if (run === undefined || events.some(({ event }) => event === 'ended')) return { requested: [] }
  const ended = new Set(events.flatMap(({ event, step }) => (event === 'step ended' ? [step] : [])))
  const open = events.flatMap(({ event, step, component }) =>
    event === 'step requested' && !ended.has(step) && component !== undefined ? [component] : [],
  )
  return { run, requested: [...new Set(open)] }
}
