import { html, LitElement } from 'lit'
import { basics, tones } from '../style/tones.ts'
import { stages } from '../view/stage.ts'
import type { Words } from '../words/words.ts'
import { railStyles } from './rail.styles.ts'

/** The run as five stops. `at`: how many are finished; `now`: the word for the current one; `ended`: it goes no further. Takes `--tone` and `--ink` from around it. */
export class UpgradeRail extends LitElement {
  static override styles = [tones, basics, railStyles]
  static override properties = {
    at: { attribute: false },
    now: { attribute: false },
    ended: { attribute: false },
    words: { attribute: false },
  }
  declare at: number
  declare now: string
  declare ended: boolean
  declare words: Words

  override render(): unknown {
    const { say } = this.words
    return html`<ol aria-label=${say('progress')}>
      ${stages.map((stage, index) => {
        const done = index < this.at
        const now = index === this.at
        return html`<li class=${done ? 'done success' : now ? (this.ended ? 'now ended' : 'now') : ''} aria-current=${now ? 'step' : 'false'}>
          <span class="dot" aria-hidden="true">${done ? html`<ha-icon icon="mdi:check"></ha-icon>` : now && this.ended ? '!' : index + 1}</span>
          <span class="label">${say(stage)}</span><span class="unseen">${done ? say('done') : now ? this.now : say('pending')}</span>
        </li>`
      })}
    </ol>`
  }
}
