import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { overrideWindow } from '../../shared/commands.ts'
import type { StatusView } from '../../shared/decode.ts'
import type { User } from '../hub/hass.ts'

/** Where the question stands: not asked, asked, first press made, server has named this person, given up and why (`gone`: nobody is waited for any more). */
export type OverrideState = 'closed' | 'asking' | 'first' | 'second' | 'changed' | 'unanswered' | 'gone'

export interface OverrideWorld {
  /** Presses Acknowledge. */
  press(): Promise<boolean>
  precheck(): StatusView['precheck']
  user(): User | undefined
}

/** How long the server may take to name the person, and how long the second press waits after that: time to stop it, and more than the server asks for. */
const answerWithin = 15_000
const secondAfter = 1.5 * overrideWindow.atLeast

/**
 * Overriding errors takes two presses of one person on the same findings. A person answers one question; this makes the presses: the first,
 * then, once the server names the person as the one whose second press counts, the second. It can be stopped until then.
 */
export class Override implements ReactiveController {
  state: OverrideState = 'closed'
  readonly #host: ReactiveControllerHost
  readonly #world: OverrideWorld
  #digest: string | undefined
  /** The first press that this card has made, by the time until which it counts. */
  #mine: number | undefined
  #round = 0

  constructor(host: ReactiveControllerHost, world: OverrideWorld) {
    this.#host = host
    this.#world = world
    host.addController(this)
  }

  hostDisconnected(): void {
    this.close()
  }

  ask(): void {
    this.#digest = this.#world.precheck()?.digest
    this.#show('asking')
  }

  close(): void {
    this.#round++
    if (this.state !== 'closed') this.#show('closed')
  }

  /** The phase is another one: after the second press that is what was asked for. */
  leave(): void {
    if (this.state === 'asking' || this.state === 'first') this.#giveUp('gone')
    else this.close()
  }

  async confirm(): Promise<void> {
    const round = ++this.#round
    const stopped = (): boolean => {
      if (round === this.#round && this.#world.precheck()?.digest !== this.#digest) this.#giveUp('changed')
      return round !== this.#round
    }
    this.#show('first')
    const { by, until } = this.#first
    // A name may be another person's too, whose first press is not ours: only an id, or a press made here, spares ours.
    const made = until !== undefined && (until === this.#mine || by === this.#world.user()?.id)
    if (!made && !(await this.#world.press())) return this.close()
    for (let waited = 0; !this.#names(made ? undefined : until); waited += 100) {
      if (stopped()) return
      if (waited >= answerWithin) return this.#giveUp('unanswered')
      await sleep(100)
    }
    if (stopped()) return
    this.#mine = this.#first.until
    this.#show('second')
    await sleep(secondAfter)
    if (stopped()) return
    await this.#world.press()
    this.close()
  }

  /** What the server says of a first press. */
  get #first(): Partial<NonNullable<NonNullable<StatusView['precheck']>['override']>> {
    return this.#world.precheck()?.override ?? {}
  }

  /** The server waits for the second press of this very person, since another first press than `before`; it may name them by id or by name. */
  #names(before: number | undefined): boolean {
    const { by, until } = this.#first
    const user = this.#world.user()
    return by !== undefined && until !== before && (by === user?.id || by === user?.name)
  }

  #giveUp(why: 'changed' | 'unanswered' | 'gone'): void {
    this.#round++
    this.#show(why)
  }

  #show(state: OverrideState): void {
    this.state = state
    this.#host.requestUpdate()
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
