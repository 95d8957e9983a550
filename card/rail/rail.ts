import { html, type TemplateResult } from 'lit'
import { stages } from '../view/stage.ts'
import type { CardView } from '../view/view.ts'
import type { Words } from '../words/words.ts'

/** The run as five stops. Takes `--tone` and `--ink` from around it. */
export function rail({ stage: at = 0, tone, phase, headline }: CardView, { say, name }: Words): TemplateResult {
  const ended = tone === 'error' || phase === 'cancelled'
  return html`<ol aria-label=${say('progress')}>
    ${stages.map((stage, index) => {
      const done = index < at
      const now = index === at
      return html`<li class=${done ? 'done success' : now ? (ended ? 'now ended' : 'now') : ''} aria-current=${now ? 'step' : 'false'}>
        <span class="stop" aria-hidden="true">${done ? html`<ha-icon icon="mdi:check"></ha-icon>` : now && ended ? '!' : index + 1}</span>
        <span class="label">${say(stage)}</span><span class="unseen">${done ? say('done') : now ? name(headline) : say('pending')}</span>
      </li>`
    })}
  </ol>`
}
