/** Views to show, and how long to wait for what comes of them. */
import { fleetEntityIds } from '../../shared/entity-ids.ts'
import type { Phase } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'

/** Entity ids of what all domains share, without a broker. */
export const fleet = {
  ...fleetEntityIds(),
  check_for_updates: 'input_button.vcf_check_for_updates',
  refresh_token: 'input_button.vcf_refresh_token',
}

export function viewOf(name: string, phase: Phase = 'waiting_for_initiation', more: Partial<DomainView> = {}): DomainView {
  return {
    domain: { id: `id-of-${name}`, name, type: 'MANAGEMENT', sddcManager: 'sddc-manager.vcf.lab' },
    domainStatus: 'ACTIVE',
    status: 'update_available',
    currentVersion: '5.2.0.0',
    nextVersion: '5.2.1.0',
    whyNot: [],
    componentsToUpdate: [{ component: 'SDDC_MANAGER', from: '5.2.0.0', to: '5.2.1.0' }],
    phase,
    since: Date.UTC(2026, 0, 1, 8),
    steps: [],
    findings: [],
    accepts: ['start'],
    log: [],
    ...more,
  }
}
