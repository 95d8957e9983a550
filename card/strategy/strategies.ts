import type { Hass } from '../hub/hass.ts'
import type { Config } from './cards.ts'
import { page, part } from './page.ts'

/**
 * What Home Assistant makes again, beside this whole dashboard, when `shouldRegenerate` says so (2026.7 and newer) or its registries change
 * (older): only when something came or went. What changes of what is there is for the cards: a card somebody is using stays.
 */
class Strategy extends HTMLElement {
  static shouldRegenerate(_: unknown, before: Hass, now: Hass): boolean {
    if (before.states === now.states) return false
    const is = placesOf(now)
    // Home Assistant starts: they come again.
    return is !== '' && is !== placesOf(before)
  }
}

/** Of every entity of ours: that it is there, and to which cluster it belongs. */
const placesOf = ({ states = {} }: Hass): string =>
  Object.keys(states)
    .filter((id) => /\.vcf_/.test(id))
    .map((id) => id + states[id]!.attributes.cluster)
    .join()

export class DashboardStrategy extends Strategy {
  /** There is nothing to configure. */
  static noEditor = true

  static getCreateSuggestions(): Config {
    return { title: 'VCF', icon: 'mdi:server-network' }
  }

  /** Its view is a strategy too, so that the dashboard itself never changes. */
  static override shouldRegenerate(): boolean {
    return false
  }

  static async generate({ type }: Config): Promise<Config> {
    return { views: [{ title: 'VCF', icon: 'mdi:server-network', path: 'upgrade', strategy: { type } }] }
  }
}

export class ViewStrategy extends Strategy {
  static async generate(_: Config, hass: Hass): Promise<Config> {
    return page(hass)
  }
}

export class SectionStrategy extends Strategy {
  static async generate({ entity }: Config, hass: Hass): Promise<Config> {
    return part(hass, entity)
  }
}
