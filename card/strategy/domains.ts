import { decodeStatus } from '../../shared/decode.ts'
import type { Phase } from '../../shared/upgrade.ts'
import { isUpgradeStatus } from '../hub/fitting.ts'
import type { EntityState, Hass } from '../hub/hass.ts'
import { domainName } from '../view/domain-name.ts'
import { may } from '../view/may-control.ts'
import { besides, deviceName } from './devices.ts'
import { byName, type Use, useOf } from './measures.ts'

/** A VCF domain by its entities. */
export interface DomainPlace {
  /** `sensor.<p>_upgrade_status`. */
  readonly entity: string
  readonly name: string
  /** Name of its SDDC Manager, where there are several. */
  readonly instance: string | undefined
  /** `binary_sensor.<p>_needs_attention`, whether it is there or not. */
  readonly attention: string
  /** Whose beats tell whether anything here still holds. */
  readonly server: string | undefined
  /** What tells its use, as far as it is there. */
  readonly use: Use
  /** Ids of what it shares with the other domains of its SDDC Manager; no button for who may not press it. */
  readonly shared: Readonly<Record<'connection' | 'active_domains' | 'check_for_updates', string | undefined>>
}

/** Those that wait for a person, those under way, those with an update, the others; the management domain before its like. */
export function domainsIn(hass: Hass): DomainPlace[] {
  const found = Object.values(hass.states ?? {}).flatMap((one) => (one && isDomain(one) ? [placeOf(one, hass)] : []))
  return found.sort((a, b) => a.rank - b.rank || byName(a, b))
}

/** By what it carries; while it is unavailable by the words that it may say, or by its name. */
const isDomain = (one: EntityState): boolean =>
  isUpgradeStatus(one) ||
  (Array.isArray(one.attributes.options) && one.attributes.options.includes(gate)) ||
  /^sensor\.vcf_.+_upgrade_status$/.test(one.entity_id)

/** Nobody else has this word. */
const gate: Phase = 'waiting_for_alert_acknowledgement'

/** Its other entities by what it says of them, which holds whatever a person renamed; by its device or its own name while it says nothing. */
function placeOf({ entity_id: entity, attributes }: EntityState, hass: Hass): DomainPlace & { readonly rank: number } {
  const { states = {}, user } = hass
  const prefix = entity.replace(/^sensor\.|_upgrade_status$/g, '')
  const status = decodeStatus(attributes)
  const { domain, entities } = status
  const { connection, active_domains, check_for_updates } = entities
  const others = besides(hass, entity)
  const idOf = (told: string | undefined, kind: string, end: string): string =>
    told ?? others.find((id) => id.startsWith(`${kind}.`) && id.endsWith(`_${end}`)) ?? `${kind}.${prefix}_${end}`
  const attention = idOf(entities.attention, 'binary_sensor', 'needs_attention')
  const summary = states[entities.status ?? `sensor.${prefix}_status`]?.state ?? 'up_to_date'
  const urgency = states[attention]?.state === 'on' ? 0 : 1 + ['update_process_started', 'update_available', 'up_to_date'].indexOf(summary)
  return {
    entity,
    attention,
    name: domainName(domain.name ?? deviceName(hass, entity) ?? prefix, domain.instance),
    instance: domain.instance,
    server: entities.server,
    use: useOf((measure) => [idOf(entities[measure], 'sensor', `${measure}_usage`)].find((id) => states[id])),
    shared: { connection, active_domains, check_for_updates: may(status, user) ? check_for_updates : undefined },
    rank: urgency * 2 - Number(domain.type === 'MANAGEMENT'),
  }
}
