import type { Control, FleetCommand } from '../../shared/commands.ts'

/** The controls by the names that people read on them. */
export const spoken: Readonly<Record<Control | FleetCommand, string>> = {
  start: 'Start upgrade',
  download: 'Download bundles',
  acknowledge: 'Acknowledge',
  retry: 'Retry',
  cancel: 'Cancel',
  pause: 'Pause',
  ignore_alerts: 'Ignore alerts',
  check_for_updates: 'Check for updates',
  refresh_token: 'Refresh token',
}
