import type { Component, DomainType, Phase, StepState } from '../../shared/upgrade.ts'

/** A sentence in English and in German. `{name}` is replaced; `one|other` are plural forms, chosen by `{n}`. */
type Pair = readonly [english: string, german: string]

const phases: Readonly<Record<Phase, Pair>> = {
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

const names: Readonly<Record<Component | DomainType | Exclude<StepState, 'failed'>, Pair>> = {
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

export const texts = {
  ...phases,
  ...names,
  waiting_for_you: ['Waiting for you', 'Wartet auf Sie'],
  update_available: ['Update available', 'Update verfügbar'],
  up_to_date: ['Up to date', 'Aktuell'],
  for: ['for {time}', 'seit {time}'],
  time: ['{time}', '{time}'],
  progress: ['Progress', 'Fortschritt'],

  target: ['Target', 'Ziel'],
  bundles: ['Bundles', 'Bundles'],
  prechecks: ['Prechecks', 'Vorprüfung'],
  components: ['Components', 'Komponenten'],
  validation: ['Validation', 'Prüfung'],
  hosts: ['{n} host|{n} hosts', '{n} Host|{n} Hosts'],
  hosts_done: ['{done} of {n} hosts', '{done} von {n} Hosts'],
  downloads: ['{done} of {n} bundles downloaded', '{done} von {n} Bundles geladen'],

  start: ['Start upgrade', 'Upgrade starten'],
  acknowledge: ['Acknowledge', 'Bestätigen'],
  retry: ['Retry', 'Wiederholen'],
  retry_prechecks: ['Retry prechecks', 'Vorprüfung wiederholen'],
  cancel: ['Cancel', 'Abbrechen'],
  press_failed: ['Not pressed: {why}', 'Nicht gedrückt: {why}'],
  missing: ['{entity} is not available. Is the server running?', '{entity} ist nicht verfügbar. Läuft der Server?'],
  who_may: ['Only {who} may control this upgrade.', 'Dieses Upgrade bedienen darf nur: {who}.'],
  admins: ['administrators', 'Administratoren'],
  named: ['who is named in the server’s settings', 'wer in den Einstellungen des Servers steht'],

  outage_ahead: ['Meanwhile SDDC Manager will not answer for about {n} min.', 'Zwischendurch antwortet SDDC Manager etwa {n} min nicht.'],
  hosts_ahead: ['Hosts restart one after another.', 'Hosts starten nacheinander neu.'],
  last_completed: ['Last upgrade completed {when}', 'Letztes Upgrade abgeschlossen {when}'],
  last_cancelled: ['Last upgrade cancelled {when}', 'Letztes Upgrade abgebrochen {when}'],
  started_by: ['Started by {who}, {when}', 'Gestartet von {who}, {when}'],

  start_title: ['Upgrade {domain}?', '{domain} aktualisieren?'],
  start_text: ['From {from} to {to}.', 'Von {from} auf {to}.'],
  start_go: ['Start', 'Starten'],
  start_away: [
    'Prechecks come first. It goes on when you close this page.',
    'Zuerst kommt die Vorprüfung. Es läuft weiter, wenn Sie diese Seite schließen.',
  ],
  not_now: ['Not now', 'Jetzt nicht'],
  cancel_title: ['Cancel the upgrade of {domain}?', 'Upgrade von {domain} abbrechen?'],
  cancel_now: ['It ends at once.', 'Es endet sofort.'],
  cancel_later: ['It ends after the running step.', 'Es endet nach dem laufenden Schritt.'],
  cancel_kept: ['What is updated stays updated.', 'Was aktualisiert ist, bleibt aktualisiert.'],
  cancel_go: ['Cancel upgrade', 'Upgrade abbrechen'],

  errors: ['{n} error|{n} errors', '{n} Fehler'],
  gaps: ['{n} critical gap|{n} critical gaps', '{n} kritische Lücke|{n} kritische Lücken'],
  gate_warnings: ['{n} warning to acknowledge|{n} warnings to acknowledge', '{n} Warnung zu bestätigen|{n} Warnungen zu bestätigen'],
  gate_text: [
    'Repair and retry the prechecks. To acknowledge is to override.',
    'Beheben und Vorprüfung wiederholen. Bestätigen heißt übergehen.',
  ],
  gate_hidden: [
    'Not every error fits here, so they cannot be overridden here.',
    'Nicht jeder Fehler passt hierher, darum lassen sie sich hier nicht übergehen.',
  ],
  findings: ['Findings', 'Befunde'],
  error: ['Error', 'Fehler'],
  warning: ['Warning', 'Warnung'],
  info: ['Note', 'Hinweis'],
  new: ['new', 'neu'],
  more: ['{n} more not shown here', '{n} weitere nicht gezeigt'],
  details: ['Details in SDDC Manager', 'Einzelheiten in SDDC Manager'],
  override_title: ['Override {what}?', '{what} übergehen?'],
  override_text: ['This would be overridden, recorded with your name:', 'Das würde übergangen, mit Ihrem Namen im Protokoll:'],
  override_go: ['Override', 'Übergehen'],
  first: ['First press made, waiting for the server …', 'Erster Druck gemacht, wartet auf den Server …'],
  second: ['The second press follows. You can still stop.', 'Der zweite Druck folgt. Sie können noch anhalten.'],
  changed: ['Nothing overridden: the findings have changed.', 'Nichts übergangen: Die Befunde haben sich geändert.'],
  unanswered: ['Nothing overridden: the server did not answer.', 'Nichts übergangen: Der Server hat nicht geantwortet.'],

  outage_title: ['SDDC Manager is restarting itself', 'SDDC Manager startet sich neu'],
  outage_for: ['Not answering for {time}.', 'Keine Antwort seit {time}.'],
  outage_usual: [
    'That is expected: usually about {n} min. Nothing is needed from you.',
    'Das ist zu erwarten: meist etwa {n} min. Sie müssen nichts tun.',
  ],
  unreachable: ['SDDC Manager has not answered for {time}.', 'SDDC Manager antwortet seit {time} nicht.'],
  overdue: ['Over its time limit for {time}, still watched.', 'Seit {time} über dem Zeitlimit, wird weiter beobachtet.'],
  ending: ['Cancel after this step, asked by {who} {when}', 'Abbruch nach diesem Schritt, gewünscht von {who} {when}'],

  what_to_do: ['What to do', 'Was zu tun ist'],
  reference: ['Reference for support', 'Kennung für den Support'],

  ignore_alerts: ['Ignore alerts', 'Warnungen ignorieren'],
  ignore_help: ['Warnings pass without asking, errors never', 'Warnungen gehen ohne Nachfrage durch, Fehler nie'],
  on: ['on', 'an'],
  off: ['off', 'aus'],
  log: ['Log', 'Protokoll'],
  no_messages: ['No Messages', 'Keine Meldungen'],
  hide_log: ['Hide the log', 'Protokoll ausblenden'],

  live: ['Server live', 'Server da'],
  silent: ['Server silent', 'Server schweigt'],
  silent_since: ['Server silent since {when}', 'Server schweigt seit {when}'],
  locked: ['Controls are locked.', 'Die Bedienung ist gesperrt.'],
  newer: [
    'The server is newer than this card: reload the page or update the card.',
    'Der Server ist neuer als diese Karte: Seite neu laden oder Karte aktualisieren.',
  ],
  older: ['The server is older than this card: update the server.', 'Der Server ist älter als diese Karte: Server aktualisieren.'],

  config_entity: ['The card needs “entity: sensor.…_upgrade_status”', 'Die Karte braucht „entity: sensor.…_upgrade_status“'],
} as const satisfies Readonly<Record<string, Pair>>

export type Key = keyof typeof texts
