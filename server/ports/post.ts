/** The way to people outside of Home Assistant's pages, and back from their phones. */
import type { Presser } from './hub.ts'

/** One message to one target. */
export interface Letter {
  /** `notify.…`: an action or an entity of Home Assistant. */
  readonly target: string
  readonly domainId: string
  /** A newer message of the same tag takes the place of the older one on a phone. */
  readonly tag: string
  /** Absent: what has this tag is taken away. */
  readonly text?: { readonly title: string; readonly message: string }
  /** A person is waited for: it may wake the phone. */
  readonly urgent?: boolean
  /** Puts the button Acknowledge below it, which carries this. */
  readonly token?: string
}

/** `why`: in words for a person, what Home Assistant has against it. */
export type Delivery = { readonly taken: true } | { readonly taken: false; readonly why: string }

export interface Post {
  /** Resolves when Home Assistant took it or said no; rejects when that is not known, because Home Assistant is not there: then it may have arrived. */
  deliver(letter: Letter): Promise<Delivery>
}

/** Somebody pressed Acknowledge on a phone. */
export interface PhonePress {
  readonly token: string
  readonly by?: Presser
  /** Home Assistant's clock. */
  readonly at: number
}
