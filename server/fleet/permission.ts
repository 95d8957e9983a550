import type { Presser } from '../ports/hub.ts'

/** Who may press, as the settings say it (`MAY_CONTROL`, `AUTOMATIONS_MAY_CONTROL`). */
export interface ControlPolicy {
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  readonly automationsMayControl: boolean
}

/** Why this press may not count, as a sentence for the log and the notification; undefined when it may. */
export function refusalOf({ mayControl, automationsMayControl }: ControlPolicy, by: Presser | undefined): string | undefined {
  if (!by) return automationsMayControl ? undefined : 'An automation pressed; automations may not (setting AUTOMATIONS_MAY_CONTROL)'
  if (mayControl === 'everyone') return undefined
  if (mayControl === 'admins')
    return by.admin ? undefined : `${by.name} may not: only administrators of Home Assistant may (setting MAY_CONTROL)`
  const allowed = by.login !== undefined && mayControl.some((login) => login.toLowerCase() === by.login)
  return allowed ? undefined : `${by.name} may not: only ${mayControl.join(', ')} may (setting MAY_CONTROL)`
}
