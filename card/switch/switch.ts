import { html, LitElement } from 'lit'
import { basics, tones } from '../style/tones.ts'
import { switchStyles } from './switch.styles.ts'

/** On or off. Fires `turn`; shows what Home Assistant says, not what was pressed. */
export class UpgradeSwitch extends LitElement {
  static override styles = [tones, basics, switchStyles]
  static override properties = {
    on: { attribute: false },
    locked: { attribute: false },
    label: { attribute: false },
    hint: { attribute: false },
  }
  declare on: boolean
  declare locked: boolean
  declare label: string
  declare hint: string

  override render(): unknown {
    return html`<button class="warning" role="switch" aria-checked=${this.on} aria-disabled=${this.locked}
      aria-label=${this.label} aria-describedby="hint" @click=${this.#turn}>
      <span class="track"></span>
      <span>${this.label}<small id="hint">${this.hint}</small></span>
    </button>`
  }

  #turn(): void {
    if (!this.locked) this.dispatchEvent(new Event('turn'))
  }
}
