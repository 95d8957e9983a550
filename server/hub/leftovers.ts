/** What was shown directly: states and helpers, of this life of the server or an earlier one. */
import { resourceObjectIds } from '../../shared/encode-resources.ts'
import { domainEntityIds, fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { Store } from '../ports/store.ts'
import { domainControls, fleetControls } from './control-names.ts'
import { type Controls, openControls } from './controls.ts'
import { leftIn } from './resource-writer.ts'
import type { StatesByRest } from './rest.ts'
import type { Session } from './session.ts'
import { states } from './wire.ts'

export interface Leftovers {
  readonly session: Session
  readonly rest: Pick<StatesByRest, 'remove'>
  readonly store: Pick<Store, 'prefixes' | 'resourceNames'>
  /** The SDDC Manager whose they are. */
  readonly called: SddcManagerName
  /** True: only what the store knows of. Default: also what looks like ours. */
  readonly alone?: boolean
}

/** Removes all of it and answers how many of each there were. What belongs to something else by now stays. @throws HubFailure */
export async function removeDirect({
  session,
  rest,
  store,
  called,
  alone = false,
}: Leftovers): Promise<{ readonly states: number; readonly helpers: number }> {
  const controls = await openControls(session)
  const shown = await session.ask({ type: 'get_states' }, states)
  const known = Object.values(store.prefixes())
  const prefixes = alone ? known : [...new Set([...known, ...controls.prefixes(), ...prefixesIn(shown)])]
  const resources = [...(await leftIn(session, controls.isTakenByOthers)).keys()]
  const named = alone ? resourcesOf(known, Object.values(store.resourceNames())) : new Set(resources)
  const ours = new Set([...statesOf(prefixes, called), ...resources.filter((id) => named.has(id))])
  const there = shown.map(({ entity_id }) => entity_id).filter((id) => ours.has(id) && !controls.isTakenByOthers(id))
  return { helpers: await removeHelpers(controls, prefixes, called), states: await removeStates(rest, there) }
}

/** Prefixes of the domains whose states are there, also where the folder with the names was lost. */
function prefixesIn(shown: readonly { readonly entity_id: string; readonly attributes: object }[]): string[] {
  return shown.flatMap(({ entity_id, attributes }) => {
    const prefix = /^sensor\.(vcf.*)_upgrade_status$/.exec(entity_id)?.[1]
    return prefix !== undefined && 'controls' in attributes && 'accepts' in attributes ? [prefix] : []
  })
}

async function removeHelpers(controls: Controls, prefixes: readonly string[], called: SddcManagerName): Promise<number> {
  let count = await controls.remove(fleetControls(called))
  for (const prefix of prefixes) count += await controls.remove(domainControls(prefix, ''))
  return count
}

function statesOf(prefixes: readonly string[], called: SddcManagerName): string[] {
  return [...prefixes.flatMap((prefix) => Object.values(domainEntityIds(prefix))), ...Object.values(fleetEntityIds(called))]
}

async function removeStates(rest: Leftovers['rest'], ids: readonly string[]): Promise<number> {
  let count = 0
  for (const id of ids) count += (await rest.remove(id)) ? 1 : 0
  return count
}

/** Entity ids of the capacity of domains, and of clusters and hosts, by what these begin with. */
function resourcesOf(prefixes: readonly string[], names: readonly string[]): ReadonlySet<string> {
  const ids = [
    ...prefixes.flatMap((prefix) => resourceObjectIds('domain', prefix)),
    ...names.flatMap((name) => [...resourceObjectIds('host', name), ...resourceObjectIds('cluster', name)]),
  ]
  return new Set(ids.map((id) => `sensor.${id}`))
}
