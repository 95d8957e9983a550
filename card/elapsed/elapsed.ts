import { html, LitElement } from 'lit'
import type { Key } from '../words/texts.ts'
import { duration, type Words } from '../words/words.ts'
import { everySecond } from './ticker.ts'

/** A sentence with the time that has passed since a moment. It changes only when its text does: mostly once a minute. */
export class UpgradeElapsed extends LitElement {
  static override properties = {
    since: { attribute: false },
    words: { attribute: false },
    text: { attribute: false },
    shown: { state: true },
  }
  declare since: number
  declare words: Words
  /** The sentence, with `{time}`, or what is said of so many milliseconds; without one the time alone. */
  declare text: Key | ((milliseconds: number) => string) | undefined
  declare shown: string
  #stop?: () => void

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = everySecond(() => this.#read())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(): void {
    this.#read()
  }

  #read(): void {
    const passed = Date.now() - this.since
    const time = duration(passed)
    this.shown = typeof this.text === 'function' ? this.text(passed) : this.text ? this.words.say(this.text, { time }) : time
  }

  override render(): unknown {
    return this.shown
  }
}

/** Nothing where nobody knows since when. */
export const elapsed = (words: Words, since: number | undefined, text?: UpgradeElapsed['text']): unknown =>
  since === undefined ? undefined : html`<vcf-upgrade-elapsed .since=${since} .words=${words} .text=${text}></vcf-upgrade-elapsed>`
