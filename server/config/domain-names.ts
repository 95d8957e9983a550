/** Which domain a name in the settings means. Capitals are not told apart: SDDC Manager's own spelling is easily missed. */
import { closestMatch } from 'leven'
import { type DomainSettings, defaultDomainSettings } from '../ports/domain-settings.ts'

type DomainsSettings = Readonly<Record<string, DomainSettings>>

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** What the settings say of the domain. */
export function settingsOfDomain(settings: DomainsSettings, name: string): DomainSettings {
  const named = Object.keys(settings).find((one) => sameName(one, name))
  return named === undefined ? defaultDomainSettings : settings[named]!
}

/** One sentence for each name in the settings that no domain has. */
export function unknownDomains(settings: DomainsSettings, domainNames: readonly string[]): readonly string[] {
  return Object.keys(settings)
    .filter((named) => !domainNames.some((name) => sameName(name, named)))
    .map((named) => {
      const nearest = closestMatch(named, domainNames)
      return `domains.${named} in the settings has no effect: SDDC Manager knows no domain of this name${nearest ? `; the nearest is ${nearest}` : ''}.`
    })
}
