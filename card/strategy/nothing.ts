import type { States } from '../hub/hass.ts'
import type { Words } from '../words/words.ts'
import { type Config, heading } from './cards.ts'
import { fleetEntities } from './fleet.ts'

/** In place of the one domain that a section is about. */
export const noDomain = (entity: unknown, words: Words): Config => ({
  ...{ type: 'markdown', content: words.say('other_entity', { entity: `\`${entity}\`` }) },
  grid_options: { columns: 'full' },
})

/** In place of domains: which part is missing yet. What others wrote, such as VCF's own reason, is left to a tile, where it stays text. */
export function nothingYet(states: States, words: Words): Config[] {
  const refused = fleetEntities(states, 'binary_sensor', 'connection').filter((id) => states[id]?.state === 'off')
  const hasServer = fleetEntities(states, 'sensor', 'server').length > 0
  const grid_options = { columns: 'full' }
  return [
    heading(words.say('nothing_yet'), 'mdi:server-off'),
    { type: 'markdown', content: words.say(refused.length > 0 ? 'no_connection' : hasServer ? 'no_domain' : 'no_server'), grid_options },
    ...refused.map((entity) => ({ type: 'tile', entity, color: 'red', state_content: 'reason', grid_options })),
  ]
}
