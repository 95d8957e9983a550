import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { Dialect } from '../ports/vcf-words.ts'
import { encoded } from './path.ts'

/**
 * Where SDDC Manager 5.x shows a precheck run in its own user interface, of a management and a workload domain alike (api-facts §7).
 * Undefined when its name is not known, and for any other release: its pages lie elsewhere.
 */
export function precheckLink({ id, sddcManager }: DomainIdentity, runId: string, dialect: Dialect | undefined): string | undefined {
  if (!sddcManager || dialect !== '5.x') return undefined
  const domain = encoded(id)
  return (
    `https://${sddcManager}/ui/sddc-manager/inventory/domains/mgmt-vi-domains/${domain}/updates/pre-check-details/DOMAIN/${domain}` +
    `/false(monitoring-panel:monitoring/tasks)?assessmentId=${encoded(runId)}`
  )
}
