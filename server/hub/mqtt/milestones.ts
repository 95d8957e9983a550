/** What happens to a run, as events of Home Assistant: for automations that are to act once, at that moment. */
import type { Phase } from '../../../shared/upgrade.ts'
import type { DomainView } from '../../../shared/view.ts'

export const milestones = ['started', 'prechecks_done', 'needs_person', 'component_done', 'completed', 'failed', 'cancelled'] as const

export interface Milestone {
  readonly event_type: (typeof milestones)[number]
  readonly [attribute: string]: unknown
}

const byPhase: Readonly<Partial<Record<Phase, Milestone['event_type']>>> = {
  update_process_started: 'started',
  prechecks_done: 'prechecks_done',
  successfully_completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** Between two views of a domain, in the order in which they happened. */
export function milestonesBetween(before: DomainView, now: DomainView): readonly Milestone[] {
  const run = { ...(now.run && { run: now.run.id }), ...(now.from && { from: now.from }), ...(now.target && { target: now.target }) }
  const wasDone = new Set(before.steps.filter(({ state }) => state === 'done').map(keyOf))
  const done = now.run?.id === before.run?.id ? now.steps.filter((step) => step.state === 'done' && !wasDone.has(keyOf(step))) : []
  const reached = now.phase === before.phase ? undefined : byPhase[now.phase]
  const needed = now.attention !== undefined && before.attention === undefined
  return [
    ...done.map(
      ({ component, resource, from, to }): Milestone => ({ event_type: 'component_done', ...run, component, resource, from, to }),
    ),
    ...(reached ? [{ event_type: reached, ...run, ...(now.halt && { reason: now.halt.text.slice(0, 500) }) }] : []),
    ...(needed ? [{ event_type: 'needs_person' as const, ...run, phase: now.phase, reason: now.attention.slice(0, 500) }] : []),
  ]
}

function keyOf({ component, resource, to }: DomainView['steps'][number]): string {
  return JSON.stringify([component, resource, to])
}
