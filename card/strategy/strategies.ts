import { isUpgradeStatus } from '../hub/fitting.ts'
import type { EntityState, Hass, States } from '../hub/hass.ts'
import type { Config } from './cards.ts'
import { page, part } from './page.ts'

/**
 * What Home Assistant makes again, beside this whole dashboard, when `shouldRegenerate` says so (2026.7 and newer) or its registries change
 * (older): only when something came or went. What changes of what is there is for the cards: a card somebody is using stays.
 */
class Strategy extends HTMLElement {
  static shouldRegenerate(_: unknown, { states: before = {} }: Hass, { states: now = {} }: Hass): boolean {
    if (before === now) return false
    const is = oursIn(now)
    const isOther = (one: EntityState): boolean => {
      const was = before[one.entity_id]
      // What is unavailable may say nothing: it is where it was.
      return !was || (was !== one && placeOf(one) !== silent && placeOf(one) !== placeOf(was))
    }
    // Home Assistant starts: they come again.
    return is.length > 0 && (is.some(isOther) || oursIn(before).some(({ entity_id: id }) => !now[id]))
  }
}

/** By what they carry or by their names. */
const oursIn = (states: States): EntityState[] =>
  Object.values(states).filter(
    (one): one is EntityState =>
      one !== undefined &&
      ((/\.vcf_/.test(one.entity_id) || isUpgradeStatus(one) || (one.attributes.cluster && one.attributes.domain)) as boolean),
  )

/** To which cluster an entity belongs, what of a host it tells, and of a domain all by which it is shown. */
function placeOf({ attributes }: EntityState): string {
  const { cluster, host, measure, instance, entities, may_control, domain } = attributes
  return JSON.stringify([cluster, host, measure, instance, ...(entities ? [entities, may_control, domain] : [])])
}
const silent = placeOf({ entity_id: '', state: '', attributes: {} })

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
