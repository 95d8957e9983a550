/** What the device of the whole installation is announced with. */
import { encodeFleet, encodeServer } from '../../../shared/encode-fleet.ts'
import type { EntityState } from '../../../shared/encoded.ts'
import type { SddcManagerName } from '../../../shared/entity-ids.ts'
import { fleetControls } from '../control-names.ts'
import type { Announcement, KeyedState } from './announcement.ts'
import { deviceNames } from './topics.ts'

/** The end of an entity id is its key. */
export function keyedFleet(states: readonly EntityState[], { objectId }: SddcManagerName): KeyedState[] {
  return states.map((state) => ({ ...state, key: state.entity_id.slice(state.entity_id.indexOf('.') + objectId.length + 2) }))
}

/** @param version ours @param sddcManager its page and, once known, its version */
export function serverAnnouncement(
  version: string,
  sddcManager: { readonly page: string; readonly version: string | undefined },
  called: SddcManagerName,
): Announcement {
  const states = [
    ...encodeFleet({ overall: 'unreachable', connected: false }, called),
    encodeServer({ at: 0, version, instance: '' }, called),
  ]
  return {
    device: {
      ...{ id: deviceNames(called).server, name: called.title, model: 'SDDC Manager', page: sddcManager.page },
      ...(sddcManager.version && { version: sddcManager.version }),
    },
    states: keyedFleet(states, called),
    controls: fleetControls(called),
    version,
  }
}
