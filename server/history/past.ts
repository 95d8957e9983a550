import type { DomainView } from '../../shared/view.ts'
import type { HistoryEntry } from '../ports/history.ts'
import { estimateOf, totalOf, usualOutageOf, type Work } from './estimates.ts'
import { type PastRun, runsOf } from './runs.ts'

/** How many past runs are shown. */
const shown = 20

/** Puts what the history tells into views: past runs, and how long this usually takes. Reads the history anew only when it has grown. */
export function createPast(history: () => readonly HistoryEntry[]): (view: DomainView) => DomainView {
  let entries = -1
  let runs: readonly PastRun[] = []
  let shownRuns = new Map<string, DomainView['history']>()

  function refresh(): void {
    const known = history()
    if (known.length === entries) return
    entries = known.length
    runs = runsOf(known)
    const finished = Map.groupBy(
      runs.filter(({ finishedAt }) => finishedAt !== undefined),
      ({ domain }) => domain.id,
    )
    shownRuns = new Map([...finished].map(([id, all]) => [id, { count: all.length, runs: all.slice(-shown).reverse() }]))
  }

  return (view) => {
    refresh()
    const past = shownRuns.get(view.domain.id)
    return { ...view, ...(past && { history: past }), ...estimated(view, runs) }
  }
}

/** Of the whole upgrade before it begins, of a component while VCF works on it. */
function estimated(view: DomainView, runs: readonly PastRun[]): Partial<DomainView> {
  const { id } = view.domain
  if (view.phase === 'waiting_for_initiation') {
    const total = totalOf(runs, id, view.steps.map(workOf))
    return total ? { usual: { took: total.median, runs: total.runs } } : {}
  }
  const steps = view.steps.map((step) => {
    const estimate = step.state === 'running' || step.state === 'requested' ? estimateOf(runs, id, workOf(step)) : undefined
    return estimate ? { ...step, usual: { low: estimate.low, high: estimate.high, runs: estimate.runs } } : step
  })
  return { steps, ...outage(view, runs) }
}

function outage({ expectedOutage }: DomainView, runs: readonly PastRun[]): Partial<DomainView> {
  const usual = expectedOutage && usualOutageOf(runs)
  return usual === undefined ? {} : { expectedOutage: { ...expectedOutage!, usualMinutes: Math.max(1, Math.round(usual / 60_000)) } }
}

function workOf({ component, total }: DomainView['steps'][number]): Work {
  return { component, ...(total !== undefined && { hosts: total }) }
}
