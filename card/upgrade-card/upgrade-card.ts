import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Command, Control } from '../../shared/commands.ts'
import { barStyles } from '../bar/bar.ts'
import { everySecond } from '../elapsed/ticker.ts'
import { fittingEntity } from '../hub/fitting.ts'
import type { Hass } from '../hub/hass.ts'
import { press } from '../hub/press.ts'
import { Sources } from '../hub/sources.ts'
import { Override } from '../override/override.ts'
import { pastRuns } from '../past/past.ts'
import { railStyles } from '../rail/rail.styles.ts'
import { basics, buttons, tones } from '../style/tones.ts'
import { switchStyles } from '../switch/switch.styles.ts'
import { Silence } from '../view/silence.ts'
import { type CardView, sourcesOf, speaks, viewOf } from '../view/view.ts'
import { type Words, wordsFor } from '../words/words.ts'
import { asStands } from './asked.ts'
import { body, ignoreAlerts } from './body.ts'
import { type CardConfig, configForm, parseConfig } from './config.ts'
import { head } from './head.ts'
import { alert, foot, notices } from './notices.ts'
import { answerMark, namesOf, type Pressed } from './pressed.ts'
import { question } from './question.ts'
import type { Asked, Scene } from './scene.ts'
import { situation } from './situation.ts'
import { cardStyles } from './upgrade-card.styles.ts'

/** One VCF domain's upgrade on a dashboard: what it does, what it waits for, and the buttons for those who may press them. */
export class UpgradeCard extends LitElement {
  static override styles = [tones, basics, buttons, barStyles, railStyles, switchStyles, cardStyles]
  static override properties = {
    preview: { attribute: false },
    config: { state: true },
    silent: { state: true },
    pressed: { state: true },
    trouble: { state: true },
    asking: { state: true },
  }
  /** Shown in Home Assistant's editor: nothing may be pressed. */
  declare preview: boolean
  declare protected config: CardConfig | undefined
  declare protected silent: boolean
  declare protected pressed: Pressed | undefined
  declare protected trouble: string | undefined
  declare protected asking: Asked | undefined
  readonly #sources = new Sources(this)
  readonly #silence = new Silence()
  readonly #override = new Override(this, {
    press: () => this.#press('acknowledge'),
    precheck: () => this.#view?.status.precheck,
    user: () => this.#sources.hass.user,
  })
  #view: CardView | undefined
  #words: Words = wordsFor({})
  #locale: unknown
  #stop?: () => void
  #focused = false

  static getConfigForm(): object {
    return configForm
  }

  static getStubConfig(hass?: Hass, unused?: string[], used?: string[]): object {
    return { entity: fittingEntity(hass, unused, used) }
  }

  setConfig(config: unknown): void {
    this.config = parseConfig(config)
  }

  set hass(hass: Hass | undefined) {
    this.#sources.offer(hass)
  }

  getCardSize(): number {
    return 8
  }

  getGridOptions(): object {
    return { columns: 12, min_columns: 6 }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = everySecond(() => this.#tick())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { user, locale, config } = this.#sources.hass
    if (locale !== this.#locale || !this.hasUpdated) {
      this.#locale = locale
      this.#words = wordsFor(locale ?? { language: document.documentElement.lang }, config?.time_zone)
    }
    const before = this.#view?.phase
    const id = this.config?.entity
    const entity = this.#sources.entity(id)
    this.#view = speaks(entity) ? viewOf(entity, (one) => this.#sources.entity(one), user, this.config?.name) : undefined
    this.#sources.watch(this.#view ? sourcesOf(id!, this.#view.status) : [id])
    this.#tick()
    if (this.pressed && answerMark(this.#view) !== this.pressed.mark) this.pressed = undefined
    if (before && this.#view?.phase !== before) {
      if (this.#view) this.#override.leave()
      else this.#override.close()
      this.trouble = undefined
    }
    this.asking = changed.has('config') ? undefined : asStands(this.asking, this.#view)
    this.#focused = this.matches(':focus-within')
  }

  protected override updated(): void {
    // A button that had the focus may be gone with what it was for: the keyboard goes on at the top of the card, not of the page.
    if (this.#focused) setTimeout(() => this.matches(':focus-within') || this.renderRoot.querySelector<HTMLElement>('h2')?.focus())
  }

  override render(): unknown {
    const id = this.config?.entity
    const view = this.#view
    if (!view) {
      const text = id && this.#sources.hass.states ? alert(this.#words.say('missing', { entity: id }), 'warning') : nothing
      return html`<ha-card><div class="card empty">${text}</div></ha-card>`
    }
    const scene = this.#scene(view)
    return html`<ha-card>
      <div class="card ${view.tone}">
        ${notices(scene)} ${head(scene)} ${situation(scene)} ${body(scene)} ${ignoreAlerts(scene)}
        ${
          scene.hideLog || !view.log
            ? nothing
            : html`<section class="slim"><vcf-upgrade-log .markdown=${view.log.markdown} .newest=${view.log.newest} .words=${this.#words}></vcf-upgrade-log></section>`
        }
        ${pastRuns(view.pastRuns, this.#words)} ${foot(scene)}
      </div>
      ${question(scene, this.#override)}
    </ha-card>`
  }

  #scene(view: CardView): Scene {
    return {
      view,
      words: this.#words,
      silent: this.silent,
      locked: this.silent || view.otherContract !== undefined,
      pressed: this.pressed?.control,
      trouble: this.trouble,
      asking: this.asking,
      override: this.#override.state,
      hideLog: this.config?.hide_log === true,
      names: view.mayControl ? [] : namesOf(this.#sources.hass.states, view.status.may_control),
      click: (command) => this.#click(command),
      answer: (yes) => {
        const asked = this.asking
        this.asking = undefined
        if (yes && asked && !asked.over) void this.#press(asked.command)
      },
      turn: () => void this.#press('ignore_alerts'),
    }
  }

  #click(command: Command): void {
    if (this.preview) return
    if (command === 'start' || command === 'cancel') this.asking = { command, run: this.#view?.status.run?.id }
    else if (command === 'acknowledge' && this.#view?.gate.blocked) this.#override.ask()
    else void this.#press(command)
  }

  /** Presses once and shows it until the server answers. Resolves to whether Home Assistant took it. */
  async #press(control: Control): Promise<boolean> {
    const view = this.#view
    if (this.preview || !view || this.silent) return false
    const entity = view.status.controls[control]
    this.trouble = undefined
    this.pressed = { control, mark: answerMark(view), until: Date.now() + 8_000 }
    try {
      await press(this.#sources.hass, entity, !view.ignoreAlerts, this.#words.say('missing', { entity }))
      return true
    } catch (error) {
      this.pressed = undefined
      this.trouble = (error as Error).message
      return false
    }
  }

  #tick(): void {
    const view = this.#view
    this.silent = view !== undefined && (this.#silence.at(view.beat, Date.now()) || view.stopped)
    if (this.pressed && Date.now() > this.pressed.until) this.pressed = undefined
  }
}
