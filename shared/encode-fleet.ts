/** What belongs to the whole installation, as Home Assistant's entities. */
import { contractVersion } from './attributes.ts'
import type { EntityState } from './encoded.ts'
import { firstSddcManager, fleetEntityIds, type SddcManagerName } from './entity-ids.ts'
import { cut } from './findings.ts'
import { plain } from './plain.ts'
import type { OverallStatus } from './upgrade.ts'
import type { FleetView } from './view.ts'

const statuses: readonly OverallStatus[] = ['ok', 'updates_available', 'upgrading', 'needs_attention', 'unreachable']

export function encodeFleet({ overall, activeDomains, connected, reason }: FleetView, called = firstSddcManager): EntityState[] {
  const ids = fleetEntityIds(called)
  return [
    {
      entity_id: ids.connection,
      state: connected ? 'on' : 'off',
      attributes: {
        friendly_name: `${called.title} Connection`,
        device_class: 'connectivity',
        ...(reason && { reason: cut(plain(reason), 1_000) }),
      },
    },
    {
      entity_id: ids.activeDomains,
      state: String(activeDomains ?? 'unknown'),
      attributes: { friendly_name: `${called.title} Active Domains`, icon: 'mdi:server' },
    },
    {
      entity_id: ids.overall,
      state: overall,
      attributes: { friendly_name: `${called.title} Overall Status`, icon: 'mdi:server-network', device_class: 'enum', options: statuses },
    },
  ]
}

export interface Beat {
  readonly at: number
  readonly version: string
  readonly instance: string
  /** Name of the machine that it runs on. */
  readonly host?: string
  /** New with each start of the server: two with one `instance` are told apart by it. */
  readonly life?: string
  /** It only asks to be in charge. */
  readonly claims?: true
  /** It stopped in order. */
  readonly stopped?: true
}

/** The server's beat: that it lives, and which one it is. */
export function encodeServer(
  { at, version, instance, host, life, claims, stopped }: Beat,
  called: SddcManagerName = firstSddcManager,
): EntityState {
  return {
    entity_id: fleetEntityIds(called).server,
    state: new Date(at).toISOString(),
    attributes: {
      friendly_name: `${called.title} Upgrade Server`,
      icon: 'mdi:heart-pulse',
      device_class: 'timestamp',
      version,
      contract: contractVersion,
      instance,
      ...(host !== undefined && { host }),
      ...(life !== undefined && { life }),
      ...(claims && { claims }),
      ...(stopped && { stopped }),
    },
  }
}
