/** What Home Assistant holds of the states that this server wrote: administrators and automations may write or delete any of them. */
import type { EntityState } from '../../shared/encoded.ts'
import type { Clock } from '../ports/clock.ts'
import { wellFormed } from './rest.ts'
import type { Session } from './session.ts'
import { type StateEvent, stateEvent } from './wire.ts'

/** A state as it is compared: whatever order its attributes have. */
export function contentOf({ state, attributes }: Pick<EntityState, 'state' | 'attributes'>): string {
  return JSON.stringify([state, Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1))], wellFormed)
}

export interface WatchedStates {
  /** From now on these are looked at as well. @throws HubFailure */
  watch(entityIds: readonly string[]): Promise<void>
}

export interface WatchedStatesNeeds {
  readonly session: Session
  readonly clock: Clock
  /** What we wrote last, by `contentOf`; undefined: nothing. */
  readonly written: (entityId: string) => string | undefined
  /** They are not as they were written. `at`: Home Assistant's clock. */
  readonly changed: (entityIds: readonly string[], at: number) => void
  /** How long after a change it is looked: our own are on their way until then. */
  readonly lookAfterMs: number
}

interface Held {
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly at: number
}

export function watchStates({ session, clock, written, changed, lookAfterMs }: WatchedStatesNeeds): WatchedStates {
  const watched = new Set<string>()
  const held = new Map<string, Held>()
  const touched = new Map<string, number>()
  let timer: unknown
  session.signal.addEventListener('abort', () => clock.clearTimeout(timer))

  function follow({ a = {}, c = {}, r = [] }: StateEvent): void {
    for (const [entityId, { s, a: attributes, lu, lc }] of Object.entries(a)) note(entityId, { state: s, attributes, at: lu ?? lc })
    for (const [entityId, { '+': plus = {}, '-': minus }] of Object.entries(c)) {
      const before = held.get(entityId)
      if (!before) continue
      const kept = Object.entries(before.attributes).filter(([name]) => !minus?.a?.includes(name))
      const attributes = { ...Object.fromEntries(kept), ...plus.a }
      note(entityId, { state: plus.s ?? before.state, attributes, at: plus.lu ?? plus.lc ?? before.at })
    }
    for (const entityId of r) {
      touched.set(entityId, held.get(entityId)?.at ?? 0)
      held.delete(entityId)
    }
    if (touched.size > 0 && !session.signal.aborted) timer ??= clock.setTimeout(look, lookAfterMs)
  }

  function note(entityId: string, state: Held): void {
    held.set(entityId, state)
    touched.set(entityId, state.at)
  }

  function look(): void {
    timer = undefined
    const others = [...touched].filter(([entityId]) => {
      const state = held.get(entityId)
      const ours = written(entityId)
      return ours !== undefined && (!state || contentOf(state) !== ours)
    })
    touched.clear()
    if (others.length > 0)
      changed(
        others.map(([entityId]) => entityId),
        Math.min(...others.map(([, at]) => at)) * 1_000,
      )
  }

  return {
    async watch(entityIds) {
      const more = entityIds.filter((entityId) => !watched.has(entityId))
      if (more.length === 0) return
      for (const entityId of more) watched.add(entityId)
      await session.subscribe({ type: 'subscribe_entities', ...{ entity_ids: more } }, stateEvent, follow)
    },
  }
}
