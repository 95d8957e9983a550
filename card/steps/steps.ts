import { html, LitElement, nothing } from 'lit'
import type { StepRow } from '../../shared/decode.ts'
import { bar, barStyles } from '../bar/bar.ts'
import { elapsed } from '../elapsed/elapsed.ts'
import { basics, tones } from '../style/tones.ts'
import { versions } from '../upgrade-card/head.ts'
import { duration, type Words } from '../words/words.ts'
import { stepsStyles } from './steps.styles.ts'

const toneOf: Readonly<Record<StepRow['state'], string>> = {
  pending: 'quiet',
  requested: 'primary',
  running: 'primary',
  done: 'success',
  failed: 'error',
  skipped: 'quiet',
}
const icons: Readonly<Partial<Record<StepRow['state'], string>>> = {
  done: 'mdi:check-circle',
  failed: 'mdi:close-circle',
}
/** More hosts than this are one plain bar: segments would be too thin to count. */
const mostSegments = 24
const minute = 60_000

/** The components of an upgrade, one row each: what, from which version to which, how far, how long. */
export class UpgradeSteps extends LitElement {
  static override styles = [tones, basics, barStyles, stepsStyles]
  static override properties = { steps: { attribute: false }, words: { attribute: false } }
  declare steps: readonly StepRow[]
  declare words: Words

  override render(): unknown {
    return html`<ul aria-label=${this.words.say('components')}>${this.steps.map((step) => this.#row(step))}</ul>`
  }

  #row(step: StepRow): unknown {
    const { say, name } = this.words
    const { component, resource, from, to, state, done, total, detail } = step
    const icon = icons[state]
    const working = state === 'running' || state === 'requested'
    const counted = total !== undefined && total > 0 && (total > 1 || component === 'ESX_HOST')
    const unit = component !== 'ESX_HOST' ? 'units_done' : state === 'pending' ? 'hosts' : 'hosts_done'
    const counts = counted ? ` · ${say(unit, { done: done ?? 0, n: total })}` : ''
    return html`<li class="${state} ${toneOf[state]}">
      <span class="mark">
        ${icon ? html`<ha-icon icon=${icon} aria-hidden="true"></ha-icon>` : nothing}<span class="unseen">${say(state)}</span>
      </span>
      <div>
        <div class="name">${name(component!)}${resource ? html`<span> · ${resource}</span>` : nothing}</div>
        <div class="sub">${versions(from, to)}${counts}${working ? this.#usual(step) : nothing}</div>
      </div>
      <div class="when">${this.#time(step)}</div>
      ${working ? this.#bar(step) : nothing}
      ${detail ? html`<p class="detail">${detail}</p>` : nothing}
    </li>`
  }

  #time({ state, started_at, finished_at }: StepRow): unknown {
    if (started_at === undefined) return nothing
    if (finished_at !== undefined) return duration(finished_at - started_at)
    return state === 'running' || state === 'requested' ? elapsed(this.words, started_at) : nothing
  }

  /** How long it took in past runs; when it takes longer than in all of them, that. */
  #usual({ usual, started_at }: StepRow): unknown {
    const { low, high, runs } = usual ?? {}
    if (low === undefined || high === undefined || started_at === undefined) return nothing
    const { say } = this.words
    const time = low === high ? duration(low * minute) : `${duration(low * minute)} – ${duration(high * minute)}`
    return elapsed(this.words, started_at, (passed) => ` · ${passed > high * minute ? say('longer', { n: runs }) : say('usual', { time })}`)
  }

  #bar({ component, percent, done, total }: StepRow): unknown {
    const counted = component === 'ESX_HOST' && total !== undefined
    const segments = counted && total <= mostSegments ? total : 1
    return bar(percent ?? (counted ? (100 * (done ?? 0)) / total : undefined), this.words.name(component!), segments)
  }
}
