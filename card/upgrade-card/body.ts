import { html, nothing } from 'lit'
import type { StatusView } from '../../shared/decode.ts'
import { bar } from '../bar/bar.ts'
import { elapsed } from '../elapsed/elapsed.ts'
import { toggle } from '../switch/switch.ts'
import { duration, type Words } from '../words/words.ts'
import { acceptable, actions } from './actions.ts'
import { sentence } from './notices.ts'
import { type Scene, usualOutageMinutes } from './scene.ts'
import { waits } from './situation.ts'

type Downloads = NonNullable<StatusView['downloads']>

/** What is done and what there is to do: sentences, the components and, while nobody is waited for, the buttons. */
export function body(scene: Scene): unknown {
  const { view, words } = scene
  const { steps, target, ending, run } = view.status
  const idle = view.phase === 'waiting_for_initiation'
  const listed = idle ? target !== undefined : (view.stage ?? 0) > 2
  const ready = listed && run?.outcome === 'downloaded' ? [words.say('downloaded', { when: words.clock(run.finished_at) })] : []
  const only = run?.only ? [words.say('only_bundles')] : []
  const texts = !idle ? [...doing(scene), awaited(scene), ...only] : listed ? [...ready, ...ahead(scene)] : []
  return html`<section class="body ${view.tone}">
    ${texts.map(sentence)}
    ${listed ? html`<vcf-upgrade-steps .steps=${steps} .words=${words}></vcf-upgrade-steps>` : nothing}
    ${sentence(ending && html`<b>${words.say(ending.what === 'pause' ? 'ending_pause' : 'ending', { who: ending.by, when: words.clock(ending.at) })}</b>`)}
    ${waits(scene) ? nothing : actions(scene)} ${whoMay(scene)}
    ${
      idle && view.whyNot.length > 0
        ? html`<details ?open=${!listed}><summary>${words.say('why_not')}</summary>${view.whyNot.map(sentence)}</details>`
        : nothing
    }
  </section>`
}

/** What an upgrade would bring: said before it is started. */
export function ahead({ view: { status }, words: { say } }: Scene): string[] {
  const has = (component: string): boolean => status.steps.some((step) => step.component === component)
  const texts: string[] = []
  if (status.usual) texts.push(say('usual_ahead', { time: duration((status.usual.minutes ?? 0) * 60_000), n: status.usual.runs }))
  if (has('SDDC_MANAGER')) texts.push(say('outage_ahead', { n: usualOutageMinutes }))
  if (has('ESX_HOST')) texts.push(say('hosts_ahead'))
  return texts
}

function doing({ view: { status, stage }, words }: Scene): unknown[] {
  const { downloads, precheck, queue } = status
  const { say, name } = words
  if (queue?.behind.length) {
    const [first, ...others] = queue.behind
    return [say('queue', { n: queue.place, who: [queue.phase ? `${first} (${name(queue.phase)})` : first, ...others].join(', ') })]
  }
  if (stage === 1 && downloads) return downloading(downloads, words)
  return stage === 2 && precheck?.percent !== undefined && precheck.percent < 100
    ? [`${say('prechecks')}: ${Math.round(precheck.percent)} %`]
    : []
}

/** What VCF owes: the only thing that the run waits for. */
function awaited({ view: { status }, words }: Scene): unknown {
  const { text, since, until } = status.awaits ?? {}
  return (
    text &&
    html`${words.say('awaited', { what: text })} · ${elapsed(words, since, 'for')}, ${words.say('at_most', { when: words.clock(until) })}`
  )
}

/** By bytes where they are known: bundles are of very different sizes. */
function downloading({ done, total, bytes_done: arrived, bytes_total: all }: Downloads, { say, gigabytes }: Words): unknown[] {
  const sized = arrived !== undefined && all
  const text = say('downloads', { done, n: total })
  return sized
    ? [`${text} · ${say('gigabytes', { done: gigabytes(arrived), all: gigabytes(all) })}`, bar((100 * arrived) / all, text)]
    : [text, bar((100 * done) / (total || 1), text)]
}

/** Who may press, told to those who may not; only where there would be something to press. */
function whoMay(scene: Scene): unknown {
  const { view, words, names } = scene
  if (view.mayControl || acceptable(scene).length === 0) return nothing
  const who = names.join(', ') || words.say(view.status.may_control === 'admins' ? 'admins' : 'named')
  return sentence(words.say('who_may', { who }))
}

/** The ignore-alerts switch: for those who may turn it, others read how it stands. It acts at the gate only, so it is shown until the run is past it. */
export function ignoreAlerts(scene: Scene): unknown {
  const { view, words } = scene
  if (view.ignoreAlerts === undefined || (view.stage ?? 0) > 2) return nothing
  return html`<section class="slim">
    ${
      view.mayControl
        ? toggle(
            view.ignoreAlerts,
            scene.locked || scene.pressed === 'ignore_alerts',
            words.say('ignore_alerts'),
            words.say('ignore_help'),
            scene.turn,
          )
        : html`${words.say('ignore_alerts')}: ${words.say(view.ignoreAlerts ? 'on' : 'off')}`
    }
  </section>`
}
