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

/** Ids of what belongs to the whole installation. */
export const fleetEntityIds = {
  server: 'sensor.vcf_server',
  overall: 'sensor.vcf_overall_status',
  activeDomains: 'sensor.vcf_active_domains',
  connection: 'binary_sensor.vcf_connection',
} as const
