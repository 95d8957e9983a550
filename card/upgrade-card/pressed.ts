import type { Control } from '../../shared/commands.ts'
import type { StatusView } from '../../shared/decode.ts'
import type { States } from '../hub/hass.ts'
import type { CardView } from '../view/view.ts'

/** A press that the server has not answered yet. */
export interface Pressed {
  readonly control: Control
  /** What the server had said when it was pressed. */
  readonly mark: string
  /** Browser's clock: not waited for any longer. */
  readonly until: number
}

/** Changes when the server answers a press: by another phase, by what it accepts now, by a word in the log, by the switch. */
export function answerMark(view: CardView | undefined): string {
  if (!view) return ''
  const { status, phase, log, ignoreAlerts } = view
  return JSON.stringify([phase, status.since, status.accepts, status.ending, status.precheck?.override, status.halt, log, ignoreAlerts])
}

/** Names of the people who may control, where Home Assistant's persons tell them: user ids mean nothing to a reader. */
export function namesOf(states: States | undefined, mayControl: StatusView['may_control']): string[] {
  if (typeof mayControl === 'string') return []
  return Object.values(states ?? {}).flatMap((state) => {
    const { user_id, friendly_name } = state?.entity_id?.startsWith('person.') ? state.attributes : {}
    return mayControl.includes(String(user_id)) && typeof friendly_name === 'string' ? [friendly_name] : []
  })
}
