/** What a subscription to control entities tells, made whole: Home Assistant sends only what differs from its last word. */
import type { EntityContext, EntityEvent } from './wire.ts'

export interface ControlState {
  readonly state: string
  readonly userId: string | null
  readonly contextId: string | undefined
  /** Home Assistant's clock, milliseconds since the epoch. */
  readonly changedAt: number
}

export interface ControlChange {
  readonly entityId: string
  /** Undefined: what was found on listening, or an entity that came back. */
  readonly before: ControlState | undefined
  readonly now: ControlState
}

/** Answers the state changes of each message, in order; changes of attributes or context alone are none. */
export function followControls(): (event: EntityEvent) => ControlChange[] {
  const states = new Map<string, ControlState>()

  return ({ a: added = {}, c: changed = {}, r: removed = [] }) => {
    const changes: ControlChange[] = []
    for (const [entityId, { s, c, lc }] of Object.entries(added)) {
      const now = { state: s, ...people(c), changedAt: lc * 1000 }
      states.set(entityId, now)
      changes.push({ entityId, before: undefined, now })
    }
    for (const [entityId, { '+': plus = {} }] of Object.entries(changed)) {
      const before = states.get(entityId)
      if (!before) continue
      const now = {
        state: plus.s ?? before.state,
        ...(plus.c === undefined ? {} : people(plus.c, before)),
        changedAt: plus.lc === undefined ? before.changedAt : plus.lc * 1000,
      }
      states.set(entityId, { ...before, ...now })
      if (plus.s !== undefined && plus.s !== before.state) changes.push({ entityId, before, now: { ...before, ...now } })
    }
    for (const entityId of removed) states.delete(entityId)
    return changes
  }
}

/** Of a context only the id is sent while the people behind it stay the same. */
function people(context: EntityContext, before?: ControlState): Pick<ControlState, 'userId' | 'contextId'> {
  if (typeof context === 'string') return { userId: before?.userId ?? null, contextId: context }
  return {
    userId: context.user_id === undefined ? (before?.userId ?? null) : context.user_id,
    contextId: context.id ?? before?.contextId,
  }
}
