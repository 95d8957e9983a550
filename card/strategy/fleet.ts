import type { States } from '../hub/hass.ts'

/** Ids of what every SDDC Manager has once, such as `binary_sensor.vcf_connection`; second and later ones have their name after `vcf`. */
export const fleetEntities = (states: States, domain: string, end: string): string[] =>
  Object.keys(states)
    .filter((id) => new RegExp(`^${domain}\\.vcf(_.+)?_${end}$`).test(id))
    .sort()
