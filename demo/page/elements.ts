/** Minimal stand-ins of the four elements of Home Assistant that the card uses, so that the demo page and the tests show the real card. */
import { icons } from './icons.ts'
import { toHtml } from './markdown.ts'

class HaCard extends HTMLElement {
  constructor() {
    super()
    this.attachShadow({ mode: 'open' }).innerHTML = `<style>
      :host { display: block; position: relative; background: var(--ha-card-background, var(--card-background-color)); color: var(--primary-text-color);
        border: 1px solid var(--ha-card-border-color, var(--divider-color)); border-radius: var(--ha-card-border-radius, 12px); }
    </style><slot></slot>`
  }
}

class HaIcon extends HTMLElement {
  static readonly observedAttributes = ['icon']
  readonly #root = this.attachShadow({ mode: 'open' })

  attributeChangedCallback(_name: string, _before: string | null, icon: string | null): void {
    const { stroke, fill } = icons[icon ?? ''] ?? {}
    const path = fill
      ? `<path fill="currentcolor" fill-rule="evenodd" d="${fill}"/>`
      : `<path fill="none" stroke="currentcolor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="${stroke ?? ''}"/>`
    this.#root.innerHTML = `<style>
      :host { display: inline-flex; vertical-align: middle; width: var(--mdc-icon-size, 24px); height: var(--mdc-icon-size, 24px); }
    </style><svg viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`
  }
}

class HaAlert extends HTMLElement {
  static readonly observedAttributes = ['alert-type']
  readonly #root = this.attachShadow({ mode: 'open' })

  constructor() {
    super()
    this.attributeChangedCallback()
  }

  attributeChangedCallback(): void {
    const type = this.getAttribute('alert-type') ?? 'info'
    const tone = /^(error|warning|success|info)$/.test(type) ? type : 'info'
    this.#root.innerHTML = `<style>
      :host { display: block; }
      div { display: flex; gap: 12px; padding: 10px 12px; border-radius: 8px; color: var(--primary-text-color);
        background: color-mix(in srgb, var(--${tone}-color) 13%, transparent); }
      ha-icon { color: var(--${tone}-color); flex: none; }
    </style><div role="alert"><ha-icon icon="mdi:${tone === 'info' ? 'information-outline' : 'alert'}"></ha-icon><span><slot></slot></span></div>`
  }
}

class HaMarkdown extends HTMLElement {
  #content = ''

  get content(): string {
    return this.#content
  }

  set content(markdown: string) {
    this.#content = markdown
    this.innerHTML = `<style>ha-markdown a { color: var(--primary-color); } ha-markdown p, ha-markdown ul { margin: 0 0 6px; }</style>${toHtml(markdown)}`
    this.dispatchEvent(new Event('content-resize', { bubbles: true, composed: true }))
  }
}

const standIns: Readonly<Record<string, CustomElementConstructor>> = {
  'ha-card': HaCard,
  'ha-icon': HaIcon,
  'ha-alert': HaAlert,
  'ha-markdown': HaMarkdown,
}

/** Defines those that nobody has defined yet. */
export function defineStandIns(names: readonly string[] = Object.keys(standIns)): void {
  for (const name of names) if (!customElements.get(name)) customElements.define(name, standIns[name]!)
}
