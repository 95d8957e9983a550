/** What a person can ask for, and the controls that ask for it. */

/** Commands to one domain, by the names that `accepts` and `controls` use. */
export const commands = ['start', 'download', 'acknowledge', 'retry', 'cancel', 'pause'] as const
export type Command = (typeof commands)[number]

/** What was asked of a run and comes after the running step: its end, or a stop until a person goes on. */
export type Ending = 'cancel' | 'pause'

/** A control of one domain: its commands' buttons and the ignore-alerts switch. */
export type Control = Command | 'ignore_alerts'

/** End of each control's entity id: `<p>_<suffix>`. */
export const controlSuffix: Readonly<Record<Control, string>> = {
  start: 'start_upgrade',
  download: 'download_bundles',
  acknowledge: 'acknowledge_alerts',
  retry: 'retry',
  cancel: 'cancel',
  pause: 'pause',
  ignore_alerts: 'ignore_alerts',
}

/** Controls of the whole installation: `vcf_<name>`. */
export const fleetCommands = ['check_for_updates', 'refresh_token'] as const
export type FleetCommand = (typeof fleetCommands)[number]

/** Two presses on findings with errors override them when this far apart, in milliseconds by Home Assistant's clock. */
export const overrideWindow = { atLeast: 1_000, atMost: 300_000 } as const
