/** What the device of a domain is announced with, and what is then published there. */
import { encodeDomain } from '../../../shared/encode.ts'
import { asState, encodeResource } from '../../../shared/encode-resources.ts'
import type { EncodeContext } from '../../../shared/encoded.ts'
import { domainEntityIds } from '../../../shared/entity-ids.ts'
import type { DomainView } from '../../../shared/view.ts'
import { domainControls } from '../control-names.ts'
import type { Announcement, KeyedState } from './announcement.ts'
import { milestones } from './milestones.ts'
import { releaseSelect } from './release-select.ts'
import type { DeviceNames } from './topics.ts'

export const statusKey = 'upgrade_status'

/** Every entity of the domain, the phase last. */
export function keyedDomain(view: DomainView, context: EncodeContext): KeyedState[] {
  const keys = new Map(Object.entries(domainEntityIds(context.prefix)).map(([key, id]) => [id, key]))
  return encodeDomain(view, context).map((state) => ({ ...state, key: keys.get(state.entity_id)! }))
}

/** @param version the server's @param page where a person reaches SDDC Manager: the inventory's own name may be known to nobody else */
export function domainAnnouncement(
  view: DomainView,
  context: EncodeContext,
  { devices, version, page }: { readonly devices: DeviceNames; readonly version: string; readonly page: string },
): Announcement {
  const { domain, currentVersion } = view
  return {
    device: {
      id: devices.of('domain', domain.id),
      name: context.title,
      model: 'VCF domain',
      via: devices.server,
      page,
      ...(currentVersion && { version: currentVersion }),
    },
    states: [...capacityOf(view, context), ...keyedDomain(view, context), milestonesOf(context), releaseSelect(view, context)],
    controls: domainControls(context.prefix, context.title),
    version,
  }
}

export const milestonesKey = 'milestones'

function milestonesOf({ prefix, title }: EncodeContext): KeyedState {
  const attributes = { friendly_name: `${title} Milestones`, icon: 'mdi:flag-checkered', event_types: milestones }
  return { key: milestonesKey, entity_id: `event.${prefix}_${milestonesKey}`, state: 'unknown', attributes }
}

/** Announced at once, without a value until that is known: a device that is announced again and again may lose an entity in Home Assistant. */
function capacityOf({ domain }: DomainView, { prefix, title }: EncodeContext): KeyedState[] {
  const nothing = { kind: 'domain', id: domain.id, name: domain.name, domain, readAt: 0, age: 'lost', capacity: {} } as const
  return encodeResource(nothing, { objectId: prefix, title }).map((entity) => ({
    ...asState(entity),
    key: entity.objectId.slice(prefix.length + 1),
  }))
}
