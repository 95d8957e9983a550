import { html, type TemplateResult } from 'lit'

/** On or off; shows what Home Assistant says, not what was pressed. */
export function toggle(on: boolean, locked: boolean, label: string, hint: string, turn: () => void): TemplateResult {
  return html`<button class="switch warning" role="switch" aria-checked=${on} aria-disabled=${locked}
    aria-label=${label} aria-describedby="hint" @click=${() => locked || turn()}>
    <span class="track"></span>
    <span>${label}<small id="hint">${hint}</small></span>
  </button>`
}
