/** Names of the entities whose states the server writes. Controls are in `commands.ts`; their ids are Home Assistant's to give. */

/** By the end of their ids, in the order in which they are written: whoever reacts on `upgrade_status` finds the others already there. */
const sensors = [
  'precheck_findings',
  'upgrade_logs',
  'status',
  'current_version',
  'next_version',
  'components_to_update',
  'upgrade_progress',
  'upgrade_history',
  'upgrade_status',
] as const

export type DomainEntity = (typeof sensors)[number] | 'needs_attention' | 'update'

/** Ids of everything that is written for one domain. */
export function domainEntityIds(prefix: string): Readonly<Record<DomainEntity, string>> {
  const ids = Object.fromEntries(sensors.map((name) => [name, `sensor.${prefix}_${name}`])) as Record<(typeof sensors)[number], string>
  return { ...ids, needs_attention: `binary_sensor.${prefix}_needs_attention`, update: `update.${prefix}` }
}

/** What an SDDC Manager is called in Home Assistant: start of all object ids and of all friendly names. */
export interface SddcManagerName {
  /** `vcf`, or `vcf_<instance>` of the second and later ones of a server that follows several. */
  readonly objectId: string
  /** `VCF`, or `VCF <instance>`. */
  readonly title: string
  /** Its name in the settings, where there are several. */
  readonly instance?: string
}

/** Of the only one, or the first of several. */
export const firstSddcManager: SddcManagerName = { objectId: 'vcf', title: 'VCF' }

export type FleetEntity = 'server' | 'overall' | 'activeDomains' | 'connection'

/** Ids of what belongs to all domains of an SDDC Manager. */
export function fleetEntityIds({ objectId } = firstSddcManager): Readonly<Record<FleetEntity, string>> {
  return {
    server: `sensor.${objectId}_server`,
    overall: `sensor.${objectId}_overall_status`,
    activeDomains: `sensor.${objectId}_active_domains`,
    connection: `binary_sensor.${objectId}_connection`,
  }
}
