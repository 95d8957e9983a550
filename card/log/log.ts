import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { basics } from '../style/tones.ts'
import type { Words } from '../words/words.ts'
import { logStyles } from './log.styles.ts'
import { plain, tame } from './markdown.ts'

/** The log of the run, newest line last; closed it shows that line only. Follows the newest line while the reader is at the end. */
export class UpgradeLog extends LitElement {
  static override styles = [basics, logStyles]
  static override properties = {
    markdown: { attribute: false },
    newest: { attribute: false },
    words: { attribute: false },
    opened: { state: true },
  }
  declare markdown: string
  /** The newest line, plain. */
  declare newest: string
  declare words: Words
  declare opened: boolean
  #atEnd = true

  override render(): unknown {
    return html`<details @toggle=${this.#toggled}>
      <summary>${this.words.say('log')}<span>${this.newest}</span></summary>
      ${
        this.opened
          ? html`<div class="lines" role="log" aria-live="off" tabindex="0" @scroll=${this.#scrolled} @content-resize=${this.#follow}>${this.#lines()}</div>`
          : nothing
      }
    </details>`
  }

  /** Older frontends have their markdown element only after some card has used it; plain text reads well too. */
  #lines(): unknown {
    return customElements.get('ha-markdown')
      ? html`<ha-markdown breaks .content=${tame(this.markdown)}></ha-markdown>`
      : plain(this.markdown)
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('markdown') || changed.has('opened')) this.#follow()
  }

  #toggled(event: Event): void {
    this.opened = (event.target as HTMLDetailsElement).open
    this.#atEnd = true
  }

  get #box(): Element | null {
    return this.renderRoot.querySelector('.lines')
  }

  #scrolled(): void {
    const box = this.#box!
    this.#atEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 8
  }

  #follow(): void {
    if (this.#atEnd) this.#box?.scrollTo(0, this.#box.scrollHeight)
  }
}
