import { isUpgradeStatus } from '../hub/fitting.ts'
import type { EntityState, States } from '../hub/hass.ts'
import { domainName } from '../view/domain-name.ts'
import { byName, textOf, useOf } from './measures.ts'

/** A VCF domain by its entities. */
export interface DomainPlace {
  /** `sensor.<p>_upgrade_status`. */
  readonly entity: string
  readonly name: string
  /** `binary_sensor.<p>_needs_attention`, whether it is there or not. */
  readonly attention: string
  /** Ids of what tells its use, as far as they are there. */
  readonly use: readonly string[]
}

/** Those that wait for a person, those under way, those with an update, the others; the management domain before its like. */
export function domainsIn(states: States): DomainPlace[] {
  const found = Object.values(states).flatMap((one) => (one && isDomain(one) ? [placeOf(one, states)] : []))
  return found.sort((a, b) => a.rank - b.rank || byName(a, b))
}

/** By what it carries; by its name while it carries nothing, because it is unavailable. */
const isDomain = (one: EntityState): boolean => isUpgradeStatus(one) || /^sensor\.vcf_.+_upgrade_status$/.test(one.entity_id)

function placeOf({ entity_id: entity, attributes }: EntityState, states: States): DomainPlace & { readonly rank: number } {
  const prefix = entity.replace(/^sensor\.|_upgrade_status$/g, '')
  const attention = `binary_sensor.${prefix}_needs_attention`
  const { name, type } = Object(attributes.domain) as Record<string, unknown>
  const urgency =
    states[attention]?.state === 'on'
      ? 0
      : 1 + ['update_process_started', 'update_available', 'up_to_date'].indexOf(states[`sensor.${prefix}_status`]?.state ?? 'up_to_date')
  return {
    entity,
    attention,
    name: domainName(textOf(name) ?? prefix, textOf(Object(attributes.entities).server)),
    use: useOf(prefix, states),
    rank: urgency * 2 - Number(type === 'MANAGEMENT'),
  }
}
