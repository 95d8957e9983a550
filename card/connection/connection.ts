import { html, LitElement, nothing } from 'lit'
import { decodeServer } from '../../shared/decode.ts'
import { everySecond } from '../elapsed/ticker.ts'
import type { EntityState, Hass } from '../hub/hass.ts'
import { Sources } from '../hub/sources.ts'
import { basics, tones } from '../style/tones.ts'
import { Silence } from '../view/silence.ts'
import { speaks } from '../view/view.ts'
import { wordsFor } from '../words/words.ts'
import { connectionStyles } from './connection.styles.ts'

/** What the dashboard says it is about. */
export interface ConnectionConfig {
  /** `binary_sensor.vcf_connection`. */
  readonly entity: string
  /** `sensor.vcf_server`. */
  readonly server: string
  /** Of its SDDC Manager, where there are several. */
  readonly name?: string
}

/** A badge: whether the server reaches SDDC Manager. What a server wrote that is silent by now is not true any more, which none of Home Assistant's badges knows. */
export class UpgradeConnection extends LitElement {
  static override styles = [tones, basics, connectionStyles]
  static override properties = { config: { state: true }, silent: { state: true } }
  declare protected config: ConnectionConfig | undefined
  declare protected silent: boolean
  readonly #sources = new Sources(this)
  readonly #silence = new Silence()
  #stop?: () => void

  setConfig(config: ConnectionConfig): void {
    this.config = config
  }

  set hass(hass: Hass | undefined) {
    this.#sources.offer(hass)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = everySecond(() => this.#look())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(): void {
    this.#sources.watch([this.config?.entity, this.config?.server])
    this.#look()
  }

  #look(): void {
    const server = this.#server
    const stopped = decodeServer(server?.attributes).stopped
    this.silent = server !== undefined && (this.#silence.at(beatOf(server), Date.now()) || stopped)
  }

  get #server(): EntityState | undefined {
    return this.#sources.entity(this.config?.server)
  }

  override render(): unknown {
    const { locale, config, formatEntityState } = this.#sources.hass
    const { say, clock } = wordsFor(locale ?? {}, config?.time_zone)
    const one = this.#sources.entity(this.config?.entity)
    const beat = beatOf(this.#server)
    const since = beat === undefined ? say('silent') : say('silent_since', { when: clock(beat) })
    const [tone, icon] = this.silent || !speaks(one) ? ['warning', 'help'] : one.state === 'on' ? ['success', 'check'] : ['error', 'close']
    return html`<button class=${tone} @click=${this.#open}>
      <ha-icon icon="mdi:${icon}-network-outline" aria-hidden="true"></ha-icon>
      <span>
        ${this.config?.name ? html`<small>${this.config.name}</small>` : nothing}
        ${this.silent ? since : one ? (formatEntityState?.(one) ?? one.state) : '?'}
      </span>
    </button>`
  }

  #open(): void {
    const detail = { entityId: this.silent ? this.config?.server : this.config?.entity }
    this.dispatchEvent(new CustomEvent('hass-more-info', { detail, bubbles: true, composed: true }))
  }
}

/** When the server last said that it lives. */
function beatOf(server: EntityState | undefined): number | undefined {
  const beat = Date.parse(server?.state ?? '')
  return Number.isNaN(beat) ? undefined : beat
}
