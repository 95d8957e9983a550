import { html, nothing } from 'lit'
import type { Override } from '../override/override.ts'
import { meanwhile } from './asked.ts'
import { ahead } from './body.ts'
import { sentence } from './notices.ts'
import type { Scene } from './scene.ts'
import { blockers } from './situation.ts'

/** The question asked before something that cannot be taken back. One dialog for all of them; never two at once. */
export function question(scene: Scene, override: Override): unknown {
  const { view, words, asking } = scene
  const { say } = words
  const { state } = override
  const overriding = state !== 'closed'
  const start = asking?.command === 'start'
  const over = overriding ? /changed|unanswered|gone/.test(state) : asking?.over === true
  const title = overriding
    ? say(state === 'gone' ? 'override_go' : 'override_title', { what: blockers(scene) })
    : say(start ? 'start_title' : 'cancel_title', { domain: view.name })
  return html`<vcf-upgrade-dialog .open=${overriding || asking !== undefined} .tone=${start ? 'primary' : 'error'} .heading=${title}
    .confirm=${say(overriding ? 'override_go' : start ? 'start_go' : 'cancel_go')} .dismiss=${say(over ? 'close' : 'not_now')}
    .busy=${state === 'first' || state === 'second'} .spent=${over}
    @confirm=${() => (overriding ? override.confirm() : scene.answer(true))} @dismiss=${() => (overriding ? override.close() : scene.answer(false))}>
    ${overriding ? overridden(scene, state) : asking?.over ? gone(scene) : start ? started(scene) : asking ? cancelled(scene) : nothing}
  </vcf-upgrade-dialog>`
}

const gone = ({ view, words }: Scene): unknown => html`<p role="status"><b>${meanwhile(view, words)}</b></p>`

function started(scene: Scene): unknown {
  const { say } = scene.words
  const { from, target } = scene.view.status
  return html`<p><b>${say('start_text', { from, to: target })}</b></p>
    ${ahead(scene).map(sentence)}
    <p>${say('start_away')}</p>`
}

function cancelled({ view, words: { say } }: Scene): unknown {
  return html`<p>${say(view.phase.startsWith('upgrading_') ? 'cancel_later' : 'cancel_now')} ${say('cancel_kept')}</p>`
}

function overridden(scene: Scene, state: Exclude<Scene['override'], 'closed'>): unknown {
  const { view, words } = scene
  if (state === 'gone') return gone(scene)
  const blocking = view.findings.findings.filter(({ severity }) => severity === 'error')
  return html`<p>${words.say('override_text')}</p>
    <vcf-upgrade-findings .findings=${blocking} .words=${words}></vcf-upgrade-findings>
    <p role="status"><b>${state === 'asking' ? nothing : words.say(state)}</b></p>`
}
