import type { EntityState, Hass } from './hass.ts'

/** Whether this is the status of a VCF domain: by what it carries, not by its name. */
export function isUpgradeStatus(entity: EntityState | undefined): boolean {
  const { domain, controls, entities } = Object(entity?.attributes) as Record<string, unknown>
  return [domain, controls, entities].every((one) => typeof one === 'object' && one !== null)
}

/** The first entity that fits, preferring those that are not on the dashboard yet. */
export function fittingEntity(hass: Hass | undefined, ...groups: readonly (readonly string[] | undefined)[]): string {
  const states = hass?.states ?? {}
  return [...groups.flatMap((group) => group ?? []), ...Object.keys(states)].find((id) => isUpgradeStatus(states[id])) ?? ''
}
