/** Shows views by writing the states of entities directly; their controls are helpers. One per session. */

import type { Control, FleetCommand } from '../../shared/commands.ts'
import { encodeDomain } from '../../shared/encode.ts'
import { encodeFleet } from '../../shared/encode-fleet.ts'
import type { EncodeContext, EntityState } from '../../shared/encoded.ts'
import { fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import { domainControls, fleetControls, titleOf, type WantedControl } from './control-names.ts'
import { type Controls, openControls } from './controls.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import type { PrefixBook } from './prefixes.ts'
import type { ControlGroup } from './presses.ts'
import type { Writer } from './publisher.ts'
import type { ResourceNames } from './resource-names.ts'
import { createResourceWriter } from './resource-writer.ts'
import type { StatesByRest } from './rest.ts'
import type { Session } from './session.ts'
import { contentOf, watchStates } from './watched-states.ts'
import { registryChange } from './wire.ts'

export interface DirectWriter extends Writer {
  /** The entity id of a domain's switch, once the domain was written. */
  ignoreAlerts(domainId: string): string | undefined
}

export interface DirectWriterNeeds {
  readonly session: Session
  readonly clock: Clock
  readonly rest: StatesByRest
  readonly prefixes: PrefixBook
  readonly names: ResourceNames
  /** The SDDC Manager whose domains are shown. */
  readonly called: SddcManagerName
  /** Whether the entity id belongs to another SDDC Manager of this server. */
  readonly isOfOthers: (entityId: string) => boolean
  readonly log: Log
  readonly timeZone: string
  readonly mayControl: () => EncodeContext['mayControl']
  /** Listens to controls; answers what ends that. */
  readonly watch: (group: ControlGroup) => Promise<() => void>
  /** A domain has its names now. */
  readonly named: () => void
  /** The domain's findings stand in Home Assistant since `at`, by its clock. */
  readonly shown: (domainId: string, digest: string | undefined, at: number) => void
  /** Controls have other ids now, or states are not as they were written: everything has to be looked through once more. */
  readonly renamed: () => void
  /** After a change of a state of ours: whether somebody else made it, in milliseconds. */
  readonly lookAfterMs: number
}

interface Group {
  readonly ids: Readonly<Record<string, string>>
  readonly stop: () => void
}

/** @throws HubFailure, as both methods do when Home Assistant cannot be used any more */
export async function openDirectWriter(needs: DirectWriterNeeds): Promise<DirectWriter> {
  const { session, rest, prefixes, names, called, log } = needs
  const written = new Map<string, string>()
  /** Whose state it is; of the whole installation that of nobody. */
  const domainOf = new Map<string, string>()
  const groups = new Map<string, Group>()
  let current = new Set<string>()
  let controls: Controls = await openControls(session)

  /** Answers when it changed, by Home Assistant's clock; undefined where nothing was written. */
  async function write(state: EntityState): Promise<number | undefined> {
    const content = contentOf(state)
    if (written.get(state.entity_id) === content) return undefined
    let at: number | undefined
    try {
      at = await rest.write(state)
    } catch (error) {
      const failure = asHubFailure(error)
      if (failure.kind !== 'unexpected') throw failure
      log('error', failure.message)
    }
    written.set(state.entity_id, content)
    return at
  }

  async function remove(entityId: string): Promise<void> {
    await rest.remove(entityId)
    written.delete(entityId)
  }

  function isElsewhere(entityId: string): boolean {
    return controls.isTakenByOthers(entityId) || needs.isOfOthers(entityId)
  }

  /** Whether a domain cannot have this entity id. */
  function isTaken(entityId: string): boolean {
    return isElsewhere(entityId) || names.isOfHost(entityId)
  }

  /** Entity ids of the group's controls, which are there and listened to from now on. */
  async function listen<Name extends Control | FleetCommand>(
    domainId: string | undefined,
    wanted: readonly WantedControl<Name>[],
  ): Promise<Readonly<Record<Name, string>>> {
    const key = domainId ?? ''
    const before = groups.get(key)
    if (before && current.has(key)) return before.ids as Record<Name, string>
    const entityIds = await controls.ensure(wanted)
    current.add(key)
    if (JSON.stringify(before?.ids) === JSON.stringify(entityIds)) return entityIds
    before?.stop()
    // Known before anything is told: whoever is told may want to act on it.
    groups.set(key, { ids: entityIds, stop: () => {} })
    const stop = await needs.watch({ ...(domainId !== undefined && { domainId }), entityIds })
    groups.set(key, { ids: entityIds, stop })
    return entityIds
  }

  /** A view that cannot be told must not cost the connection. */
  function encoded(view: DomainView, context: EncodeContext): EntityState[] {
    try {
      return encodeDomain(view, context)
    } catch (error) {
      log('error', `Domain ${view.domain.name} could not be shown.`, { error: String(error) })
      return []
    }
  }

  function isControl(entityId: string | undefined): boolean {
    return [...groups.values()].some(({ ids }) => entityId !== undefined && Object.values(ids).includes(entityId))
  }

  const watched = watchStates({ ...needs, written: (entityId) => written.get(entityId), changed: putRight })

  function putRight(entityIds: readonly string[], at: number): void {
    log('warn', `Changed or deleted in Home Assistant by somebody else, and written again: ${entityIds.join(', ')}.`)
    for (const entityId of entityIds) {
      written.delete(entityId)
      const domainId = domainOf.get(entityId)
      if (domainId !== undefined) needs.shown(domainId, undefined, at)
    }
    needs.renamed()
  }

  let common = await listen(undefined, fleetControls(called))
  await session.subscribe({ type: 'subscribe_events', ...{ event_type: 'entity_registry_updated' } }, registryChange, ({ data }) => {
    const isOurs = data.action === 'remove' ? isControl(data.entity_id) : isControl(data.old_entity_id)
    if (isOurs) void look()
  })

  async function look(): Promise<void> {
    try {
      controls = await openControls(session)
      current = new Set()
      common = await listen(undefined, fleetControls(called))
      needs.renamed()
    } catch (error) {
      session.end(asHubFailure(error))
    }
  }

  return {
    async domain(view) {
      const prefix = prefixes.for(view.domain, isTaken)
      needs.named()
      const title = titleOf(view.domain.name, prefix, called)
      const ids = await listen(view.domain.id, domainControls(prefix, title))
      const fleet = { ...fleetEntityIds(called), ...common }
      const { instance } = called
      const context = { prefix, title, controls: ids, mayControl: needs.mayControl(), fleet, instance, timeZone: needs.timeZone }
      let at: number | undefined
      // The phase is the last one; with it all is there that a person has to read.
      const states = encoded(view, context)
      for (const state of states) at = (await write(state)) ?? at
      for (const { entity_id } of states) domainOf.set(entity_id, view.domain.id)
      await watched.watch(states.map(({ entity_id }) => entity_id))
      if (at !== undefined) needs.shown(view.domain.id, view.precheck?.digest, at)
    },
    async fleet(view) {
      const states = encodeFleet(view, called)
      for (const state of states) await write(state)
      await watched.watch(states.map(({ entity_id }) => entity_id))
    },
    resources: createResourceWriter({ session, prefixes, names, called, isTaken: isElsewhere, write, remove }),
    ignoreAlerts: (domainId) => groups.get(domainId)?.ids.ignore_alerts,
  }
}
