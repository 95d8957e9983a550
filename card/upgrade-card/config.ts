import { isUpgradeStatus } from '../hub/fitting.ts'
import type { Hass } from '../hub/hass.ts'
import { wordsFor } from '../words/words.ts'

/** What a person may configure. `type` is Lovelace's own. */
export interface CardConfig {
  readonly type?: string
  /** `sensor.<p>_upgrade_status`. */
  readonly entity: string
  /** Instead of the domain's name. */
  readonly name?: string
  /** Leaves the log out. Default: false. */
  readonly hide_log?: boolean
}

/** Before the first `hass` arrives the page's language is all there is. */
const pageWords = (): ReturnType<typeof wordsFor> => wordsFor({ language: document.documentElement.lang })

/** @throws Error with a sentence: Lovelace shows it in the editor. Other keys are forgiven: they are of no use, or somebody else's. */
export function parseConfig(config: unknown): CardConfig {
  const { entity, name, hide_log } = Object(config) as Record<string, unknown>
  if (typeof entity !== 'string' || !entity.includes('.')) throw new Error(pageWords().say('config_entity'))
  return { entity, name: typeof name === 'string' ? name : undefined, hide_log: hide_log === true }
}

export const configForm = {
  schema: [
    { name: 'entity', required: true, selector: { entity: { filter: { domain: 'sensor', device_class: 'enum' } } } },
    { name: 'name', selector: { text: {} } },
    { name: 'hide_log', selector: { boolean: {} } },
  ],
  /** Home Assistant has words of its own for the others, in every language. */
  computeLabel: ({ name }: { name: string }): string | undefined => (name === 'hide_log' ? pageWords().say('hide_log') : undefined),
}

/** For Home Assistant's picker: a card for an entity that is a domain's status. Must not throw, whatever it is given. */
export function suggestion(hass: Hass | undefined, entity: string): object | null {
  return isUpgradeStatus(hass?.states?.[entity]) ? { config: { type: 'custom:vcf-upgrade-card', entity } } : null
}
