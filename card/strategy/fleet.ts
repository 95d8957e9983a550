import type { States } from '../hub/hass.ts'
import type { DomainPlace } from './domains.ts'

export interface Shared {
  readonly id: string
  /** Name of its SDDC Manager, where there are several. */
  readonly instance?: string | undefined
}

/** What every SDDC Manager has once, as its domains name it. @param others ids of those of which no domain may speak, such as `fleetEntities` */
export function sharedBy(
  domains: readonly DomainPlace[],
  which: keyof DomainPlace['shared'],
  others: readonly string[],
  states: States,
): Shared[] {
  const found = new Map<string | undefined, Shared>(others.map((id) => [id, { id }]))
  for (const { shared, instance } of domains) if (shared[which]) found.set(shared[which], { id: shared[which], instance })
  return [...found.values()].filter(({ id }) => states[id]).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Ids by their names, such as `binary_sensor.vcf_connection`; second and later ones have their name after `vcf`. */
export const fleetEntities = (states: States, domain: string, end: string): string[] =>
  Object.keys(states)
    .filter((id) => new RegExp(`^${domain}\\.vcf(_.+)?_${end}$`).test(id))
    .sort()
