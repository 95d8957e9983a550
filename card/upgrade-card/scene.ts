import type { Command } from '../../shared/commands.ts'
import type { User } from '../hub/hass.ts'
import type { OverrideState } from '../override/override.ts'
import type { CardView } from '../view/view.ts'
import type { Words } from '../words/words.ts'

/** Minutes that SDDC Manager usually does not answer while it upgrades itself, for where the server does not say. */
export const usualOutageMinutes = 60

/** A question that is open: about this run, or after it. */
export interface Asked {
  readonly command: 'start' | 'cancel'
  readonly run: string | undefined
  /** Yes would not do any more what was asked. */
  readonly over?: boolean
}

/** What the parts of the card draw from, and what they may ask for. */
export interface Scene {
  readonly view: CardView
  readonly words: Words
  readonly user?: User
  readonly silent: boolean
  /** No control works: the server is silent or speaks another contract. */
  readonly locked: boolean
  /** Pressed and not answered yet. */
  readonly pressed?: Command | 'ignore_alerts'
  /** Why the last press was not taken. */
  readonly trouble?: string
  /** The question that is open. */
  readonly asking?: Asked
  readonly override: OverrideState
  readonly hideLog: boolean
  /** Names of those who may control, as far as Home Assistant's persons tell. */
  readonly names: readonly string[]
  /** A person clicked a command: some are asked once more. */
  click(command: Command): void
  /** The open question was answered. */
  answer(yes: boolean): void
  turn(): void
}
