import { html, nothing } from 'lit'
import { contractVersion } from '../../shared/attributes.ts'
import type { Scene } from './scene.ts'

/** What is wrong with what is shown or pressed, above everything else. */
export function notices({ view, words, silent, trouble }: Scene): unknown {
  const { say, clock } = words
  const { beat, otherContract } = view
  const since = beat === undefined ? say('silent') : say('silent_since', { when: clock(beat) })
  return [
    silent ? alert(`${since}. ${say('locked')}`, 'warning') : nothing,
    otherContract === undefined ? nothing : alert(`${say(otherContract > contractVersion ? 'newer' : 'older')} ${say('locked')}`),
    trouble ? alert(say('press_failed', { why: trouble })) : nothing,
  ]
}

export const alert = (text: string, type = 'error'): unknown => html`<ha-alert alert-type=${type}>${text}</ha-alert>`

/** A paragraph; none where there is nothing to say. */
export const sentence = (text: unknown): unknown => (text ? html`<p>${text}</p>` : nothing)

/** Whether the server lives, and what there is to say about the run. */
export function foot({ view, words, silent }: Scene): unknown {
  const { say, clock } = words
  const { started_by, started_at, finished_at, outcome } = view.status.run ?? {}
  const run =
    view.phase !== 'waiting_for_initiation'
      ? started_by && say('started_by', { who: started_by, when: clock(started_at) })
      : outcome === 'downloaded'
        ? nothing
        : finished_at && say(outcome === 'cancelled' ? 'last_cancelled' : 'last_completed', { when: clock(finished_at) })
  return html`<div class="foot"><span class="dot ${silent ? 'warning' : 'success'}">${say(silent ? 'silent' : 'live')}</span><span>${run}</span></div>`
}
