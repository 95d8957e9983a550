import { html, nothing } from 'lit'
import type { Command } from '../../shared/commands.ts'
import type { Scene } from './scene.ts'

/** The buttons that would do something now, for those who may press them; one of them is the one we advise. */
export function actions(scene: Scene): unknown {
  const { view, words, pressed } = scene
  const accepts = acceptable(scene)
  const { blocked, hidden } = view.gate
  const gate = view.phase === 'waiting_for_alert_acknowledgement'
  const idle = scene.locked || pressed !== undefined
  const button = (command: Command, advised = true): unknown => {
    if (!accepts.includes(command)) return nothing
    const waits = pressed === command
    const back = command === 'pause' && view.status.ending !== undefined
    return html`<button class=${advised ? '' : 'plain'} aria-disabled=${idle} aria-busy=${waits} @click=${() => idle || scene.click(command)}
      >${words.say(gate && command === 'retry' ? 'retry_prechecks' : back ? 'pause_back' : command)}</button>`
  }
  // Always in this order, so that a button which has the focus never turns into another one.
  return view.mayControl && accepts.length > 0
    ? html`<div class="acts ${view.tone === 'error' || blocked ? 'primary' : view.tone}">
        ${button('start')}${button('download', false)}${hidden ? nothing : button('acknowledge', !blocked)}${button('retry', !gate || blocked)}${button('pause', false)}${button('cancel', false)}
      </div>`
    : nothing
}

/** What may be pressed. The server takes a start without an update too, to say why there is none; here it would ask to upgrade to nothing, or to what is just done. */
export const acceptable = ({ view: { status, phase } }: Pick<Scene, 'view'>): readonly Command[] =>
  status.accepts.filter(
    (command) =>
      status.controls[command] && (!/start|download/.test(command) || (status.target !== undefined && phase !== 'successfully_completed')),
  )
