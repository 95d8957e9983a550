import type { DomainIdentity } from '../../shared/upgrade.ts'

/** Where SDDC Manager 5.x shows a precheck run in its own user interface (api-facts §7). Undefined when its name is not known. */
export function precheckLink({ id, sddcManager }: DomainIdentity, runId: string): string | undefined {
  if (!sddcManager) return undefined
  const domain = encodeURIComponent(id)
  return (
    `https://${sddcManager}/ui/sddc-manager/inventory/domains/mgmt-vi-domains/${domain}/updates/pre-check-details/DOMAIN/${domain}` +
    `/false(monitoring-panel:monitoring/tasks)?assessmentId=${encodeURIComponent(runId)}`
  )
}
