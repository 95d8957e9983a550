import { html, nothing } from 'lit'
import { acceptable, actions } from './actions.ts'
import { type Scene, usualOutageMinutes } from './scene.ts'
import { waits } from './situation.ts'

/** What is done and what there is to do: sentences, the components and, while nobody is waited for, the buttons. */
export function body(scene: Scene): unknown {
  const { view, words } = scene
  const { steps, target, ending } = view.status
  const idle = view.phase === 'waiting_for_initiation'
  const listed = idle ? target !== undefined : (view.stage ?? 0) > 2
  const texts = !idle ? [doing(scene)] : listed ? ahead(scene) : view.whyNot
  return html`<section class="body ${view.tone}">
    ${texts.map((text) => html`<p>${text}</p>`)}
    ${listed ? html`<vcf-upgrade-steps .steps=${steps} .words=${words}></vcf-upgrade-steps>` : nothing}
    <p class="ending">${ending ? words.say('ending', { who: ending.by, when: words.clock(ending.at) }) : nothing}</p>
    ${waits(scene) ? nothing : actions(scene)} ${whoMay(scene)}
  </section>`
}

/** What an upgrade would bring: said before it is started. */
export function ahead({ view: { status }, words: { say } }: Scene): string[] {
  const has = (component: string): boolean => status.steps.some((step) => step.component === component)
  const texts: string[] = []
  if (has('SDDC_MANAGER')) texts.push(say('outage_ahead', { n: usualOutageMinutes }))
  if (has('ESX_HOST')) texts.push(say('hosts_ahead'))
  return texts
}

function doing({ view: { status, stage }, words: { say } }: Scene): unknown {
  const { downloads, precheck } = status
  if (stage === 1 && downloads) return say('downloads', { done: downloads.done, n: downloads.total })
  return stage === 2 && precheck?.percent !== undefined && precheck.percent < 100
    ? `${say('prechecks')}: ${Math.round(precheck.percent)} %`
    : nothing
}

/** Who may press, told to those who may not; only where there would be something to press. */
function whoMay(scene: Scene): unknown {
  const { view, words, names } = scene
  if (view.mayControl || acceptable(scene).length === 0) return nothing
  const who = names.join(', ') || words.say(view.status.may_control === 'admins' ? 'admins' : 'named')
  return html`<p>${words.say('who_may', { who })}</p>`
}

/** The ignore-alerts switch: for those who may turn it, others read how it stands. It acts at the gate only, so it is shown until the run is past it. */
export function ignoreAlerts(scene: Scene): unknown {
  const { view, words } = scene
  if (view.ignoreAlerts === undefined || (view.stage ?? 0) > 2) return nothing
  return html`<section class="slim">
    ${
      view.mayControl
        ? html`<vcf-upgrade-switch .on=${view.ignoreAlerts} .locked=${scene.locked || scene.pressed === 'ignore_alerts'}
            .label=${words.say('ignore_alerts')} .hint=${words.say('ignore_help')} @turn=${scene.turn}></vcf-upgrade-switch>`
        : html`${words.say('ignore_alerts')}: ${words.say(view.ignoreAlerts ? 'on' : 'off')}`
    }
  </section>`
}
