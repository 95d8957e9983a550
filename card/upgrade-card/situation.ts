import { html, nothing } from 'lit'
import { elapsed } from '../elapsed/elapsed.ts'
import type { Key } from '../words/texts.ts'
import type { Words } from '../words/words.ts'
import { actions } from './actions.ts'
import { sentence } from './notices.ts'
import { type Scene, usualOutageMinutes } from './scene.ts'

/** What matters now: what a person is waited for, what went wrong, what is expected. */
export function situation(scene: Scene): unknown {
  const { view } = scene
  return [view.phase === 'waiting_for_alert_acknowledgement' ? gate(scene) : waits(scene) ? halt(scene) : stall(scene), weather(scene)]
}

/** VCF has told nothing new for long. */
function stall({ view: { status }, words }: Scene): unknown {
  const { stalled_since, remediation } = status.awaits ?? {}
  return stalled_since === undefined
    ? nothing
    : html`<section class="tinted warning"><h3>${elapsed(words, stalled_since, 'stalled')}</h3>${whatToDo(words, remediation)}</section>`
}

const whatToDo = ({ say }: Words, text: string | undefined): unknown => sentence(text && html`<b>${say('what_to_do')}:</b> ${text}`)

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
        : sentence(elapsed(words, unreachable_since, 'unreachable'))
    }
    ${sentence(elapsed(words, overdue_since, 'overdue'))}
  </section>`
}

function gate(scene: Scene): unknown {
  const { say } = scene.words
  const { blocked, hidden, warnings } = scene.view.gate
  return html`<section class="tinted ${blocked ? 'error' : 'warning'}">
    <h3>${blocked ? blockers(scene, warnings) : say('gate_warnings', { n: warnings })}</h3>
    ${sentence(blocked && say(hidden ? 'gate_hidden' : 'gate_text'))}
    ${findings(scene)}
    ${actions(scene)}
  </section>`
}

function halt(scene: Scene): unknown {
  const { view, words } = scene
  const { text, remediation, reference } = view.status.halt ?? {}
  return html`<section class="tinted ${view.tone}">
    <h3>${text ?? words.name(view.phase)}</h3>
    ${whatToDo(words, remediation)}
    ${sentence(reference && html`${words.say('reference')}: <code>${reference}</code>`)}
    ${view.stage === 2 ? findings(scene) : nothing} ${actions(scene)}
  </section>`
}

/** What blocks and these warnings, as "2 errors, 1 critical gap, 4 warnings". */
export function blockers({ view: { gate }, words: { say } }: Scene, warnings = 0): string {
  const counts = Object.entries({ errors: gate.errors, gaps: gate.gaps, warnings })
  return counts.flatMap(([key, n]) => (n ? [say(key as Key, { n })] : [])).join(', ')
}

function findings(scene: Scene): unknown {
  const { findings, more } = scene.view.findings
  return html`<vcf-upgrade-findings .findings=${findings} .words=${scene.words}></vcf-upgrade-findings>
    ${sentence(more && scene.words.say('more', { n: more }))} ${sentence(details(scene))}`
}

/** The precheck's page in SDDC Manager. */
function details({ view, words }: Scene): unknown {
  const link = view.status.precheck?.link
  return link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${words.say('details')} ↗</a>` : undefined
}
