/** Shows capacity, clusters and hosts as states, and takes away what is not there any more: also what an earlier life of the server left. */
import { asState, encodeResource, resourceKindOf, withoutValue } from '../../shared/encode-resources.ts'
import type { EntityState } from '../../shared/encoded.ts'
import type { ResourceKind, ResourcesView, ResourceView } from '../../shared/resources-view.ts'
import { titleOf } from './control-names.ts'
import { instant } from './instant.ts'
import type { PrefixBook } from './prefixes.ts'
import type { ResourceNames } from './resource-names.ts'
import type { Session } from './session.ts'
import { states } from './wire.ts'

export interface ResourceWriterNeeds {
  readonly session: Session
  readonly prefixes: PrefixBook
  readonly names: ResourceNames
  /** Whether the registry gives this entity id to something else. */
  readonly isTaken: (entityId: string) => boolean
  /** Writes it unless it is there like that. */
  readonly write: (state: EntityState) => Promise<void>
  readonly remove: (entityId: string) => Promise<void>
}

interface Shown {
  readonly kind: ResourceKind
  readonly state: EntityState
  readonly at: number
}

/** One entity at a step. One per session; each method throws a `HubFailure` when Home Assistant cannot be used any more. */
export function createResourceWriter(needs: ResourceWriterNeeds): (view: ResourcesView) => AsyncGenerator<void> {
  const { session, prefixes, names, write, remove } = needs
  let shown: Map<string, Shown> | undefined

  const prefixOf = (domain: ResourceView['domain']) => prefixes.for(domain, (id) => needs.isTaken(id) || names.isOfHost(id))

  function encoded(view: ResourcesView): readonly { readonly kind: ResourceKind; readonly at: number; readonly state: EntityState }[] {
    // Hosts and clusters give way to domains.
    for (const { domain } of view.resources) prefixOf(domain)
    const ofDomains = prefixes.entityIds()
    const chosen = names.settle(view, { prefixOf, isTaken: (id) => needs.isTaken(id) || ofDomains.has(id) })
    return view.resources.flatMap((one) => {
      const objectId = one.kind === 'domain' ? prefixOf(one.domain) : chosen[one.id]
      if (objectId === undefined) return []
      const entities = encodeResource(one, { objectId, title: title(one, prefixOf(one.domain)) })
      return entities.map((entity) => ({ kind: one.kind, at: one.readAt, state: asState(entity) }))
    })
  }

  return async function* show(view) {
    shown ??= await leftIn(session, needs.isTaken)
    const now = encoded(view)
    const here = new Set(now.map(({ state }) => state.entity_id))
    for (const { kind, at, state } of now) {
      await write(state)
      shown.set(state.entity_id, { kind, at, state })
      yield
    }
    for (const [entityId, { kind, at, state }] of shown) {
      if (here.has(entityId)) continue
      if (view.known.includes(kind)) {
        await remove(entityId)
        shown.delete(entityId)
      } else await write(withoutValue(state, at))
      yield
    }
  }
}

/** States of resources that are there already. */
export async function leftIn(session: Session, isTaken: (entityId: string) => boolean): Promise<Map<string, Shown>> {
  const all = await session.ask({ type: 'get_states' }, states)
  return new Map(
    all.flatMap((state) => {
      const kind = resourceKindOf(state)
      return kind && !isTaken(state.entity_id) ? [[state.entity_id, { kind, state, at: instant(state.last_updated) }]] : []
    }),
  )
}

function title({ kind, name, domain }: ResourceView, prefix: string): string {
  if (kind === 'host') return `VCF Host ${name.split('.')[0]}`
  const ofDomain = titleOf(domain.name, prefix)
  return kind === 'domain' ? ofDomain : `${ofDomain} ${name}`
}
