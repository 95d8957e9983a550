import { randomBytes } from 'node:crypto'
import type { HubClock } from './time.ts'

export interface HubContext {
  readonly id: string
  readonly parent_id: string | null
  readonly user_id: string | null
}

export interface HubState {
  readonly entity_id: string
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly lastChanged: number
  readonly lastUpdated: number
  readonly context: HubContext
}

/** `now` is undefined when the entity was removed, `before` when it is new. */
export interface HubChange {
  readonly entity_id: string
  readonly before: HubState | undefined
  readonly now: HubState | undefined
}

/** What happened in someone's name; nobody's for automations and restarts. */
export function newContext(userId: string | null = null): HubContext {
  return { id: randomBytes(13).toString('hex').toUpperCase(), parent_id: null, user_id: userId }
}

/** Home Assistant's state machine: in memory, attributes replaced as a whole, told when something changed. */
export interface States {
  get(entityId: string): HubState | undefined
  all(): readonly HubState[]
  /** Answers whether the entity is new. The same state and attributes again tell nobody. */
  set(entityId: string, state: string, attributes: Readonly<Record<string, unknown>>, context: HubContext): boolean
  remove(entityId: string): boolean
  onChange(listener: (change: HubChange) => void): () => void
  /** What the recorder has: every state the entity had, oldest first. Survives `forget`. */
  history(entityId: string): readonly HubState[]
  /** A restart: nobody is told, everything is gone. */
  forget(): void
}

export function createStates(now: HubClock): States {
  const current = new Map<string, HubState>()
  const recorded = new Map<string, HubState[]>()
  const listeners = new Set<(change: HubChange) => void>()

  const tell = (change: HubChange) => {
    if (change.now) recorded.set(change.entity_id, [...(recorded.get(change.entity_id) ?? []), change.now])
    for (const listener of listeners) listener(change)
  }

  return {
    get: (entityId) => current.get(entityId),
    all: () => [...current.values()],
    history: (entityId) => recorded.get(entityId) ?? [],
    forget: () => current.clear(),

    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    set(entityId, state, attributes, context) {
      const before = current.get(entityId)
      const sameState = before?.state === state
      if (sameState && JSON.stringify(before.attributes) === JSON.stringify(attributes)) return false
      const at = now()
      const after = { entity_id: entityId, state, attributes, lastChanged: sameState ? before.lastChanged : at, lastUpdated: at, context }
      current.set(entityId, after)
      tell({ entity_id: entityId, before, now: after })
      return before === undefined
    },

    remove(entityId) {
      const before = current.get(entityId)
      if (!before) return false
      current.delete(entityId)
      tell({ entity_id: entityId, before, now: undefined })
      return true
    },
  }
}
