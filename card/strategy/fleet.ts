import type { States } from '../hub/hass.ts'
import type { DomainPlace } from './domains.ts'

type Shared = keyof DomainPlace['shared']

/** Ids of what every SDDC Manager has once, as its domains name it. @param others ids of those of which no domain speaks, such as `fleetEntities` */
export const sharedBy = (domains: readonly DomainPlace[], which: Shared, states: States, others: readonly string[] = []): string[] =>
  [...new Set([...domains.flatMap(({ shared }) => shared[which] ?? []), ...others])].filter((id) => states[id]).sort()

/** The same by their names, such as `binary_sensor.vcf_connection`; second and later ones have their name after `vcf`. */
export const fleetEntities = (states: States, domain: string, end: string): string[] =>
  Object.keys(states)
    .filter((id) => new RegExp(`^${domain}\\.vcf(_.+)?_${end}$`).test(id))
    .sort()
