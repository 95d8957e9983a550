/** What belongs to the whole installation, as Home Assistant's entities. */
import { contractVersion } from './attributes.ts'
import type { EntityState } from './encoded.ts'
import { fleetEntityIds } from './entity-ids.ts'
import { cut } from './findings.ts'
import { plain } from './plain.ts'
import type { OverallStatus } from './upgrade.ts'
import type { FleetView } from './view.ts'

const statuses: readonly OverallStatus[] = ['ok', 'updates_available', 'upgrading', 'needs_attention', 'unreachable']

export function encodeFleet({ overall, activeDomains, connected, reason }: FleetView): EntityState[] {
  return [
    {
      entity_id: fleetEntityIds.connection,
      state: connected ? 'on' : 'off',
      attributes: {
        friendly_name: 'VCF Connection',
        device_class: 'connectivity',
        ...(reason && { reason: cut(plain(reason), 1_000) }),
      },
    },
    {
      entity_id: fleetEntityIds.activeDomains,
      state: String(activeDomains ?? 'unknown'),
      attributes: { friendly_name: 'VCF Active Domains', icon: 'mdi:server' },
    },
    {
      entity_id: fleetEntityIds.overall,
      state: overall,
      attributes: { friendly_name: 'VCF Overall Status', icon: 'mdi:server-network', device_class: 'enum', options: statuses },
    },
  ]
}

export interface Beat {
  readonly at: number
  readonly version: string
  readonly instance: string
  /** Name of the machine that it runs on. */
  readonly host?: string
}

/** The server's beat: that it lives, and which one it is. */
export function encodeServer({ at, version, instance, host }: Beat): EntityState {
  return {
    entity_id: fleetEntityIds.server,
    state: new Date(at).toISOString(),
    attributes: {
      friendly_name: 'VCF Upgrade Server',
      icon: 'mdi:heart-pulse',
      device_class: 'timestamp',
      version,
      contract: contractVersion,
      instance,
      ...(host !== undefined && { host }),
    },
  }
}
