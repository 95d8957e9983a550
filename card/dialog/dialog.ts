import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { basics, buttons, tones } from '../style/tones.ts'
import { dialogStyles } from './dialog.styles.ts'

/** A question with two answers, modal. Fires `confirm` or `dismiss`; stays open until `open` says otherwise. The focus begins on the harmless answer. */
export class UpgradeDialog extends LitElement {
  static override styles = [tones, basics, buttons, dialogStyles]
  static override properties = {
    open: { attribute: false },
    heading: { attribute: false },
    confirm: { attribute: false },
    dismiss: { attribute: false },
    tone: { attribute: false },
    busy: { attribute: false },
    spent: { attribute: false },
  }
  declare open: boolean
  declare heading: string
  declare confirm: string
  declare dismiss: string
  declare tone: string
  /** The confirming press is under way. */
  declare busy: boolean
  /** There is nothing to confirm any more. */
  declare spent: boolean

  override render(): unknown {
    return html`<dialog class=${this.tone} aria-labelledby="heading" @cancel=${this.#escape}>
      <h2 id="heading">${this.heading}</h2>
      <div class="body fades"><slot></slot></div>
      <div class="acts">
        <button class="plain" autofocus @click=${() => this.#answer('dismiss')}>${this.dismiss}</button>
        ${
          this.spent
            ? nothing
            : html`<button aria-busy=${this.busy} aria-disabled=${this.busy}
                @click=${() => this.busy || this.#answer('confirm')}>${this.confirm}</button>`
        }
      </div>
    </dialog>`
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open')) return
    const dialog = this.renderRoot.querySelector('dialog')!
    if (this.open && !dialog.open) dialog.showModal()
    if (!this.open && dialog.open) dialog.close()
  }

  /** Escape answers like the harmless button. */
  #escape(event: Event): void {
    event.preventDefault()
    this.#answer('dismiss')
  }

  #answer(answer: 'confirm' | 'dismiss'): void {
    this.dispatchEvent(new Event(answer))
  }
}
