import type { Component, DomainType, Phase, StepState } from '../../shared/upgrade.ts'

/** A sentence in English and in German. `{name}` is replaced; `one|other` are plural forms, chosen by `{n}`. */
export type Pair = readonly [english: string, german: string]

export const phases: Readonly<Record<Phase, Pair>> = {
  waiting_for_initiation: ['Waiting to be started', 'Wartet auf den Start'],
  update_process_started: ['Upgrade started', 'Upgrade gestartet'],
  setting_new_vcf_version_target: ['Setting the target', 'Ziel wird gesetzt'],
  downloading_bundles: ['Downloading bundles', 'Bundles werden geladen'],
  initializing_prechecks: ['Preparing prechecks', 'Vorprüfung wird vorbereitet'],
  running_prechecks: ['Running prechecks', 'Vorprüfung läuft'],
  evaluating_prechecks: ['Evaluating prechecks', 'Vorprüfung wird ausgewertet'],
  prechecks_done: ['Prechecks done', 'Vorprüfung fertig'],
  waiting_for_alert_acknowledgement: ['Waiting for acknowledgement', 'Wartet auf Bestätigung'],
  alerts_were_acknowledged: ['Acknowledged', 'Bestätigt'],
  starting_upgrades: ['Starting upgrades', 'Upgrades beginnen'],
  upgrading_sddc_manager: ['Upgrading SDDC Manager', 'SDDC Manager wird aktualisiert'],
  upgrading_nsx: ['Upgrading NSX', 'NSX wird aktualisiert'],
  upgrading_vcenter: ['Upgrading vCenter', 'vCenter wird aktualisiert'],
  upgrading_esx: ['Upgrading ESX hosts', 'ESX-Hosts werden aktualisiert'],
  waiting_for_image: ['Waiting for an image', 'Wartet auf ein Image'],
  waiting_for_operator: ['Waiting for a person', 'Wartet auf einen Menschen'],
  final_validation: ['Final validation', 'Abschließende Prüfung'],
  successfully_completed: ['Completed', 'Abgeschlossen'],
  failed: ['Failed', 'Fehlgeschlagen'],
  cancelled: ['Cancelled', 'Abgebrochen'],
}

export const names: Readonly<Record<Component | DomainType | Exclude<StepState, 'failed'>, Pair>> = {
  MANAGEMENT: ['Management', 'Management'],
  VI: ['Workload', 'Workload'],
  SDDC_MANAGER: ['SDDC Manager', 'SDDC Manager'],
  NSX_T_MANAGER: ['NSX', 'NSX'],
  VCENTER: ['vCenter', 'vCenter'],
  ESX_HOST: ['ESX', 'ESX'],
  pending: ['waiting', 'wartet'],
  requested: ['requested', 'angefordert'],
  running: ['running', 'läuft'],
  done: ['done', 'fertig'],
  skipped: ['skipped', 'übersprungen'],
}
