import { html, LitElement, nothing } from 'lit'
import type { FindingsView } from '../../shared/decode.ts'
import { basics, tones } from '../style/tones.ts'
import type { Words } from '../words/words.ts'
import { findingsStyles } from './findings.styles.ts'

const look = {
  error: ['error', 'mdi:alert-octagon'],
  warning: ['warning', 'mdi:alert'],
  info: ['quiet', 'mdi:information-outline'],
} as const

/** What prechecks found: each with its severity, VCF's words, where, and what to do. Everything is plain text. */
export class UpgradeFindings extends LitElement {
  static override styles = [tones, basics, findingsStyles]
  static override properties = { findings: { attribute: false }, words: { attribute: false } }
  declare findings: FindingsView['findings']
  declare words: Words

  override render(): unknown {
    const { say } = this.words
    return html`<ul class="fades" tabindex="0" aria-label=${say('findings')}>
      ${this.findings.map(({ severity, text, resources, remediation, source, new: fresh }) => {
        const [tone, icon] = look[severity]
        return html`<li class=${tone}>
          <ha-icon icon=${icon} aria-hidden="true"></ha-icon>
          <div class="text"><span class="unseen">${say(severity)}: </span>${text}${fresh ? html`<span class="new">${say('new')}</span>` : nothing}</div>
          ${source ? html`<div class="where"><small>${source}</small></div>` : nothing}
          ${resources.length > 0 ? html`<div class="where">${resources.join(', ')}</div>` : nothing}
          ${remediation ? html`<div class="where"><span aria-hidden="true">→ </span>${remediation}</div>` : nothing}
        </li>`
      })}
    </ul>`
  }
}
