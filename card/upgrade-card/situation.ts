import { html, nothing } from 'lit'
import { elapsed } from '../elapsed/elapsed.ts'
import { actions } from './actions.ts'
import { type Scene, usualOutageMinutes } from './scene.ts'

/** What matters now: what a person is waited for, what went wrong, what is expected. */
export function situation(scene: Scene): unknown {
  const { view } = scene
  return [view.phase === 'waiting_for_alert_acknowledgement' ? gate(scene) : waits(scene) ? halt(scene) : nothing, weather(scene)]
}

/** A person is waited for: the buttons are beside the reason. */
export const waits = ({ view }: Scene): boolean => view.status.halt !== undefined || view.tone === 'warning' || view.tone === 'error'

/** SDDC Manager does not answer, expectedly or not; a limit has passed. */
function weather({ view: { status }, words }: Scene): unknown {
  const { expected_outage: outage, unreachable_since, overdue_since } = status
  if (!(outage || unreachable_since || overdue_since)) return nothing
  return html`<section class="tinted ${outage && !overdue_since ? 'primary' : 'warning'}">
    ${
      outage
        ? html`<h3>${words.say('outage_title')}</h3>
            <p>${elapsed(words, outage.since, 'outage_for')} ${words.say('outage_usual', { n: outage.usual_minutes ?? usualOutageMinutes })}</p>`
        : html`<p>${elapsed(words, unreachable_since, 'unreachable')}</p>`
    }
    <p>${elapsed(words, overdue_since, 'overdue')}</p>
  </section>`
}

function gate(scene: Scene): unknown {
  const { say } = scene.words
  const { blocked, hidden, warnings } = scene.view.gate
  return html`<section class="tinted ${blocked ? 'error' : 'warning'}">
    <h3>${blocked ? blockers(scene) : say('gate_warnings', { n: warnings })}</h3>
    <p>${blocked ? say(hidden ? 'gate_hidden' : 'gate_text') : nothing}</p>
    ${findings(scene)}
    ${actions(scene)}
  </section>`
}

function halt(scene: Scene): unknown {
  const { view, words } = scene
  const { text, remediation, reference } = view.status.halt ?? {}
  return html`<section class="tinted ${view.tone}">
    <h3>${text ?? words.name(view.phase)}</h3>
    <p>${remediation ? html`<b>${words.say('what_to_do')}:</b> ${remediation}` : nothing}</p>
    <p>${reference ? html`${words.say('reference')}: <code>${reference}</code>` : nothing}</p>
    ${view.stage === 2 ? findings(scene) : nothing} ${actions(scene)}
  </section>`
}

/** Errors and gaps, as "2 errors, 1 critical gap". */
export function blockers({ view: { gate }, words: { say } }: Scene): string {
  const { errors, gaps } = gate
  return [errors && say('errors', { n: errors }), gaps && say('gaps', { n: gaps })].filter(Boolean).join(', ')
}

function findings(scene: Scene): unknown {
  const { findings, more } = scene.view.findings
  return html`<vcf-upgrade-findings .findings=${findings} .words=${scene.words}></vcf-upgrade-findings>
    <p>${more ? scene.words.say('more', { n: more }) : nothing}</p><p>${details(scene)}</p>`
}

/** The precheck's page in SDDC Manager. */
export function details({ view, words }: Scene): unknown {
  const link = view.status.precheck?.link
  return link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${words.say('details')} ↗</a>` : nothing
}
