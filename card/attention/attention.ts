import { html, LitElement } from 'lit'
import type { Hass } from '../hub/hass.ts'
import { Sources } from '../hub/sources.ts'
import { basics, tones } from '../style/tones.ts'
import { attentionStyles } from './attention.styles.ts'

/** What the dashboard says it is about. */
export interface AttentionConfig {
  /** `binary_sensor.<p>_needs_attention`. */
  readonly attention: string
  /** `sensor.<p>_upgrade_status`, whose dialog is opened. */
  readonly entity: string
  readonly name: string
}

/** Which domain waits for a person, and why: the whole sentence, however narrow the screen. Home Assistant's own tile cuts it, and its Markdown is not for what others wrote. */
export class UpgradeAttention extends LitElement {
  static override styles = [tones, basics, attentionStyles]
  static override properties = { config: { state: true } }
  declare protected config: AttentionConfig | undefined
  readonly #sources = new Sources(this)

  setConfig(config: AttentionConfig): void {
    this.config = config
  }

  set hass(hass: Hass | undefined) {
    this.#sources.offer(hass)
  }

  getGridOptions(): object {
    return { columns: 'full', rows: 'auto' }
  }

  protected override willUpdate(): void {
    this.#sources.watch([this.config?.attention])
  }

  override render(): unknown {
    const { attention, name } = this.config ?? {}
    return html`<ha-card class="error"><button @click=${this.#open}>
      <ha-icon icon="mdi:account-clock" aria-hidden="true"></ha-icon>
      <span><b>${name}</b><span>${this.#sources.entity(attention)?.attributes.reason}</span></span>
    </button></ha-card>`
  }

  #open(): void {
    const detail = { entityId: this.config?.entity }
    this.dispatchEvent(new CustomEvent('hass-more-info', { detail, bubbles: true, composed: true }))
  }
}
