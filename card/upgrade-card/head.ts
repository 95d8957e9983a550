import { html, nothing } from 'lit'
import { bar } from '../bar/bar.ts'
import { elapsed } from '../elapsed/elapsed.ts'
import { rail } from '../rail/rail.ts'
import type { Scene } from './scene.ts'

/** Which domain, what it does, how far it is. */
export function head({ view, words }: Scene): unknown {
  const { status, headline, phase } = view
  const { from, target, since, percent, domain } = status
  const idle = phase === 'waiting_for_initiation'
  const when = phase === 'successfully_completed' || phase === 'cancelled' ? words.clock(since) : elapsed(words, since, 'for')
  return html`<div class="head">
      <span class="badge"><ha-icon icon=${view.icon} aria-hidden="true"></ha-icon></span>
      <div>
        <h2 tabindex="-1">${view.name} <small>${words.name(domain.type ?? '')}</small></h2>
        <p><b role="status">${words.name(headline)}</b> · ${idle ? versions(from, target) : when}</p>
      </div>
    </div>
    ${
      idle
        ? nothing
        : html`<div class="progress">
            ${bar(percent, words.say('progress'))}
            <div class="sides"><span>${percent === undefined ? nothing : `${Math.round(percent)} %`}</span><span>${versions(from, target)}</span></div>
            ${rail(view, words)}
          </div>`
    }`
}

/** Read from left to right, whatever the direction around it. */
export const versions = (from: string | undefined, to: string | undefined): unknown =>
  from && to ? html`<bdi dir="ltr">${from} → ${to}</bdi>` : (to ?? from)
