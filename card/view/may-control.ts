import type { StatusView } from '../../shared/decode.ts'
import type { User } from '../hub/hass.ts'

/** Whether it is worth showing this person a control. The server judges each press all the same. */
export function may({ may_control }: Pick<StatusView, 'may_control'>, user: User | undefined): boolean {
  if (may_control === 'everyone') return true
  return may_control === 'admins' ? user?.is_admin === true : may_control.includes(user?.id ?? '')
}
