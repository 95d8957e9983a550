/** Shows capacity, clusters and hosts as states, and takes away what is not there any more: also what an earlier life of the server left. */
import { asState, resourceKindOf, withoutValue } from '../../shared/encode-resources.ts'
import type { EntityState } from '../../shared/encoded.ts'
import type { ResourceKind, ResourcesView } from '../../shared/resources-view.ts'
import { instant } from './instant.ts'
import { type Naming, resourceEntities } from './resource-entities.ts'
import type { Session } from './session.ts'
import { states } from './wire.ts'

export interface ResourceWriterNeeds extends Naming {
  readonly session: Session
  /** Writes it unless it is there like that. */
  readonly write: (state: EntityState) => Promise<unknown>
  readonly remove: (entityId: string) => Promise<void>
}

interface Shown {
  readonly kind: ResourceKind
  readonly state: EntityState
  readonly readAt: number
}

/** One entity at a step. One per session; each step throws a `HubFailure` when Home Assistant cannot be used any more. */
export function createResourceWriter(needs: ResourceWriterNeeds): (view: ResourcesView) => AsyncGenerator<void> {
  const { session, write, remove } = needs
  let shown: Map<string, Shown> | undefined

  return async function* show(view) {
    shown ??= await leftIn(session, needs.isTaken)
    const here = new Set<string>()
    for (const entity of resourceEntities(view, needs)) {
      const state = asState(entity)
      here.add(state.entity_id)
      await write(state)
      shown.set(state.entity_id, { kind: entity.of.kind, readAt: entity.readAt, state })
      yield
    }
    for (const [entityId, { kind, readAt, state }] of shown) {
      if (here.has(entityId)) continue
      if (view.known.includes(kind)) {
        await remove(entityId)
        shown.delete(entityId)
      } else await write(withoutValue(state, readAt))
      yield
    }
  }
}

/** States of resources that are there already, by their entity ids. @throws HubFailure */
export async function leftIn(session: Session, isTaken: (entityId: string) => boolean): Promise<Map<string, Shown>> {
  const all = await session.ask({ type: 'get_states' }, states)
  return new Map(
    all.flatMap((state) => {
      const kind = resourceKindOf(state)
      return kind && !isTaken(state.entity_id) ? [[state.entity_id, { kind, state, readAt: instant(state.last_updated) }]] : []
    }),
  )
}
