import { html, LitElement, type PropertyValues } from 'lit'
import { basics } from '../style/tones.ts'
import type { Words } from '../words/words.ts'
import { logStyles } from './log.styles.ts'
import { plain, tame } from './markdown.ts'

/** What a Lovelace page offers to custom cards. */
declare global {
  interface Window {
    loadCardHelpers?: () => Promise<{ createCardElement(config: object): unknown }>
  }
}

/** The log of the run, newest line last; closed it shows that line only. Follows the newest line while the reader is at the end. */
export class UpgradeLog extends LitElement {
  static override styles = [basics, logStyles]
  static override properties = {
    markdown: { attribute: false },
    words: { attribute: false },
    opened: { state: true },
    rendered: { state: true },
  }
  declare markdown: string
  declare words: Words
  declare opened: boolean
  /** Home Assistant's markdown element is there. */
  declare rendered: boolean
  #atEnd = true

  constructor() {
    super()
    this.opened = false
    this.rendered = customElements.get('ha-markdown') !== undefined
  }

  override render(): unknown {
    const text = plain(this.markdown)
    const empty = text === '' || text === 'No Messages'
    const shown = empty ? this.words.say('no_messages') : text
    return html`<details .open=${this.opened} @toggle=${this.#toggled}>
      <summary>${this.words.say('log')}<span>${shown.slice(shown.lastIndexOf('\n') + 1)}</span></summary>
      ${
        this.opened
          ? html`<div class="lines" role="log" aria-live="off" aria-label=${this.words.say('log')} tabindex="0"
              @scroll=${this.#scrolled} @content-resize=${this.#follow}>
              ${
                this.rendered && !empty
                  ? html`<ha-markdown breaks .content=${tame(this.markdown)}></ha-markdown>`
                  : html`<div class="plain">${shown}</div>`
              }
            </div>`
          : ''
      }
    </details>`
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('markdown') || changed.has('opened')) this.#follow()
  }

  async #toggled(event: Event): Promise<void> {
    this.opened = (event.target as HTMLDetailsElement).open
    this.#atEnd = true
    if (!this.opened || this.rendered) return
    // Older frontends define their markdown element with the first markdown card; the card itself is never shown.
    const helpers = await window.loadCardHelpers?.()
    helpers?.createCardElement({ type: 'markdown', content: ' ' })
    await customElements.whenDefined('ha-markdown')
    this.rendered = true
  }

  get #lines(): HTMLElement | null {
    return this.renderRoot.querySelector('.lines')
  }

  #scrolled(): void {
    const lines = this.#lines
    if (lines) this.#atEnd = lines.scrollTop + lines.clientHeight > lines.scrollHeight - 8
  }

  #follow(): void {
    const lines = this.#lines
    if (lines && this.#atEnd) lines.scrollTop = lines.scrollHeight
  }
}
