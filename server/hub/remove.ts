/** Takes everything out of Home Assistant that the server put there. */
import { firstSddcManager, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { Store } from '../ports/store.ts'
import { type ErrandNeeds, runErrand } from './errand.ts'
import { leasePlaces } from './lease-place.ts'
import { removeDirect } from './leftovers.ts'
import { takeBack } from './mqtt/take-back.ts'
import { noticeIdStart, noticeIdsOf } from './notices.ts'
import type { Session } from './session.ts'
import { done, notifications } from './wire.ts'

export interface RemoveOptions extends ErrandNeeds {
  readonly store: Pick<Store, 'prefixes' | 'resourceNames' | 'instance' | 'announced' | 'saveAnnounced'>
  /** The SDDC Manager whose entities go. Default the first. */
  readonly called?: SddcManagerName
  /** True: only what its state folder knows of. Default: also what any other server of ours left, whose folder may be lost. */
  readonly alone?: boolean
}

/** How many of each were there and are gone. */
export interface Removed {
  /** Devices that were announced by MQTT. */
  readonly devices: number
  readonly states: number
  readonly helpers: number
  readonly notifications: number
}

/** Look at `othersAtWork` first. @throws HubFailure whose message says what is wrong and the remedy; what was removed until then is gone, and another try goes on */
export async function removeEverything(options: RemoveOptions): Promise<Removed> {
  const { clock, log, store, called = firstSddcManager, alone = false } = options
  return runErrand(options, async (session, rest) => {
    const devices = await takeBack({ session, clock, log, store, alone, thorough: true })
    const { helpers, states } = await removeDirect({ session, rest, store, called, alone })
    const lease = (await rest.remove(leasePlaces(called).mqtt)) ? 1 : 0
    return {
      devices,
      helpers,
      notifications: await dismissAll(session, alone ? Object.values(store.prefixes()) : undefined),
      states: states + lease,
    }
  })
}

/** @param prefixes of the domains whose they are; default all that are ours */
async function dismissAll(session: Session, prefixes: readonly string[] | undefined): Promise<number> {
  const shown = await session.ask({ type: 'persistent_notification/get' }, notifications)
  const theirs = prefixes && new Set(prefixes.flatMap(noticeIdsOf))
  const ours = shown.filter(({ notification_id: id }) => (theirs ? theirs.has(id) : id.startsWith(noticeIdStart)))
  for (const { notification_id } of ours) {
    await session.ask(
      { type: 'call_service', ...{ domain: 'persistent_notification', service: 'dismiss', service_data: { notification_id } } },
      done,
    )
  }
  return ours.length
}
