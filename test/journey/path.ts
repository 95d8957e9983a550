import type { Phase } from '../../shared/upgrade.ts'

/** What a domain whose prechecks find warnings passes from a start to the next. */
export const wholeWay: readonly Phase[] = [
  'update_process_started',
  'setting_new_vcf_version_target',
  'downloading_bundles',
  'initializing_prechecks',
  'running_prechecks',
  'evaluating_prechecks',
  'prechecks_done',
  'waiting_for_alert_acknowledgement',
  'alerts_were_acknowledged',
  'starting_upgrades',
  'upgrading_sddc_manager',
  'upgrading_nsx',
  'upgrading_vcenter',
  'upgrading_esx',
  'final_validation',
  'successfully_completed',
  'waiting_for_initiation',
]
