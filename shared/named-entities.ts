import type { NamedEntity } from './attributes.ts'
import { resourceObjectIds } from './encode-resources.ts'
import type { EncodeContext } from './encoded.ts'
import { domainEntityIds } from './entity-ids.ts'

/** Ids that a status names, as they were given first: whoever publishes them puts those that a person gave in their place. */
export function namedEntities({ prefix, fleet }: EncodeContext): Record<NamedEntity, string> {
  const own = domainEntityIds(prefix)
  const [cpu, memory, storage] = resourceObjectIds('domain', prefix).map((id) => `sensor.${id}`) as [string, string, string]
  return {
    ...{ server: fleet.server, logs: own.upgrade_logs, findings: own.precheck_findings, history: own.upgrade_history },
    ...{ status: own.status, attention: own.needs_attention, cpu, memory, storage },
    ...{ connection: fleet.connection, active_domains: fleet.activeDomains },
    ...{ check_for_updates: fleet.check_for_updates, refresh_token: fleet.refresh_token },
  }
}
