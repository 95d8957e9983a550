/** Takes everything out of Home Assistant that the server put there. */
import { beatSeconds, beatsUntilSilent } from '../../shared/attributes.ts'
import { domainEntityIds, firstSddcManager, fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { type HubAddress, trustOf } from './address.ts'
import { domainControls, fleetControls } from './control-names.ts'
import { type Controls, openControls } from './controls.ts'
import { asHubFailure } from './failure.ts'
import type { Log } from './log.ts'
import { noticeIdStart } from './notices.ts'
import { isAdministrator, whenRunning } from './readiness.ts'
import { leftIn } from './resource-writer.ts'
import { createStatesByRest, type StatesByRest } from './rest.ts'
import { openSession, type Session } from './session.ts'
import { done, notifications, states } from './wire.ts'

export interface RemoveOptions extends HubAddress {
  readonly clock: Clock
  readonly log: Log
  readonly store: Pick<Store, 'prefixes' | 'instance'>
  /** The SDDC Manager whose entities go. Default the first. */
  readonly called?: SddcManagerName
}

/** How many of each were there and are gone. */
export interface Removed {
  readonly states: number
  readonly helpers: number
  readonly notifications: number
  /** Another installation's server has beaten lately: if it still runs, it makes everything anew. Ours does not run: who calls this holds its state folder. */
  readonly serverSeemsAlive: boolean
}

/** @throws HubFailure whose message says what is wrong and the remedy; what was removed until then is gone, and another try goes on */
export async function removeEverything(options: RemoveOptions): Promise<Removed> {
  const { clock, log, store, called = firstSddcManager } = options
  const trust = trustOf(options)
  const rest = createStatesByRest(options, trust, clock)
  const session = await openSession({ address: options, trust, clock, log, heartbeatMs: 30_000, answerMs: 15_000 })
  try {
    await isAdministrator(session)
    await whenRunning(session, clock)
    const beat = await rest.read(fleetEntityIds(called).server)
    const beats = beat?.attributes.instance !== store.instance && beat?.attributes.stopped !== true
    const serverSeemsAlive = beat !== undefined && beats && beat.now - beat.lastUpdated < beatsUntilSilent * beatSeconds * 1_000
    const controls = await openControls(session)
    const prefixes = [...new Set([...Object.values(store.prefixes()), ...controls.prefixes(), ...(await prefixesShown(session))])]
    return {
      helpers: await removeHelpers(controls, prefixes, called),
      notifications: await dismissAll(session),
      states: await removeStates(rest, [...statesOf(prefixes, called), ...(await leftIn(session, controls.isTakenByOthers)).keys()]),
      serverSeemsAlive,
    }
  } catch (error) {
    throw asHubFailure(error)
  } finally {
    session.end(asHubFailure(new Error('all is removed')))
    await rest.close()
  }
}

/** Prefixes of the domains whose states are there, also where the folder with the names was lost. */
async function prefixesShown(session: Session): Promise<string[]> {
  const shown = await session.ask({ type: 'get_states' }, states)
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

async function removeStates(rest: StatesByRest, ids: readonly string[]): Promise<number> {
  let count = 0
  for (const id of ids) count += (await rest.remove(id)) ? 1 : 0
  return count
}

async function dismissAll(session: Session): Promise<number> {
  const shown = await session.ask({ type: 'persistent_notification/get' }, notifications)
  const ours = shown.filter(({ notification_id }) => notification_id.startsWith(noticeIdStart))
  for (const { notification_id } of ours) {
    await session.ask(
      { type: 'call_service', ...{ domain: 'persistent_notification', service: 'dismiss', service_data: { notification_id } } },
      done,
    )
  }
  return ours.length
}
