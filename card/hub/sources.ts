import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { EntityState, Hass } from './hass.ts'

/** Contexts of Home Assistant's frontend by their string keys. Older frontends answer only some of them. All but `states` hold parts of what `hass` holds. */
const contexts = ['states', 'hassApi', 'hassConfig', 'hassInternationalization']

/**
 * What the card reads of Home Assistant: by Lit context where the frontend answers, else from the `hass` property. Asks its host for an
 * update only when something changed that the host uses; changes of other entities cost a comparison of a few references.
 */
export class Sources implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #drops: (() => void)[] = []
  #property: Hass = {}
  #answered: Partial<Hass> = {}
  #watched: readonly string[] = []
  #seen: readonly unknown[] = []

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    for (const context of contexts) {
      const callback = (value: unknown, drop?: () => void): void => {
        if (drop && !this.#drops.includes(drop)) this.#drops.push(drop)
        this.#answered = { ...this.#answered, ...(context === 'states' ? { states: value } : (value as object)) }
        this.#compare()
      }
      const request = new Event('context-request', { bubbles: true, composed: true })
      this.#host.dispatchEvent(Object.assign(request, { context, contextTarget: this.#host, subscribe: true, callback }))
    }
  }

  hostDisconnected(): void {
    for (const drop of this.#drops.splice(0)) drop()
    this.#answered = {}
  }

  /** The `hass` property, as the host was given it. */
  offer(hass: Hass | undefined): void {
    this.#property = hass ?? {}
    this.#compare()
  }

  get hass(): Hass {
    return { ...this.#property, ...this.#answered }
  }

  entity(id: string | undefined): EntityState | undefined {
    return this.hass.states?.[id ?? '']
  }

  /** From now on only changes of these entities count. */
  watch(ids: readonly (string | undefined)[]): void {
    this.#watched = ids.filter((id) => id !== undefined)
    this.#seen = this.#look()
  }

  #look(): unknown[] {
    const from = this.hass
    return [
      from.user,
      from.locale,
      from.config,
      from.formatEntityState,
      from.states !== undefined,
      ...this.#watched.map((id) => from.states?.[id]),
    ]
  }

  #compare(): void {
    const now = this.#look()
    if (now.some((one, index) => one !== this.#seen[index])) this.#host.requestUpdate()
  }
}
