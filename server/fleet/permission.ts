import type { Press, Presser } from '../ports/hub.ts'
import { spoken } from './spoken.ts'

/** Who may press, as the settings say it (`MAY_CONTROL`, `AUTOMATIONS_MAY_CONTROL`). */
export interface ControlPolicy {
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  readonly automationsMayControl: boolean
}

/** Why this press may not count, as a sentence for the log and the notification; undefined when it may. */
export function refusalOf(
  policy: ControlPolicy,
  { control, by, missed, late }: Pick<Press, 'control' | 'by' | 'missed' | 'late'>,
): string | undefined {
  const did = `pressed ${spoken[control]}`
  if (missed) return `${by?.name ?? 'Somebody'} ${did} while this server was away; that is not obeyed`
  return refusalOfDeed(policy, { by, late }, { did, again: 'Press again' })
}

/** The same of anything that a person may do to a domain. @param deed what was done and what to do about it, in words */
export function refusalOfDeed(
  policy: ControlPolicy,
  { by, late }: { readonly by?: Presser | undefined; readonly late?: boolean | undefined },
  { did, again }: { readonly did: string; readonly again: string },
): string | undefined {
  if (late) return `${by?.name ?? 'Somebody'} ${did} more than a minute before that reached this server; it is not obeyed. ${again}`
  const why = whyNot(policy, by, again)
  return why === undefined ? undefined : `${by?.name ?? 'An automation'} ${did}, not obeyed: ${why}`
}

function whyNot({ mayControl, automationsMayControl }: ControlPolicy, by: Presser | undefined, again: string): string | undefined {
  if (!by) return automationsMayControl ? undefined : 'automations may not (setting AUTOMATIONS_MAY_CONTROL)'
  if (by.unread) return `Home Assistant could not be asked who may. ${again}`
  if (by.gone) return 'Home Assistant knows no such active user'
  if (mayControl === 'everyone') return undefined
  if (mayControl === 'admins') return by.admin ? undefined : 'only administrators of Home Assistant may (setting MAY_CONTROL)'
  const allowed = by.login !== undefined && mayControl.some((login) => login.toLowerCase() === by.login)
  return allowed ? undefined : `only ${mayControl.join(', ')} may (setting MAY_CONTROL)`
}
