import type { Component } from '../../shared/upgrade.ts'

/** Exact names of each component on the various paths (api-facts §1), upper case. */
const aliases: Readonly<Record<string, Component>> = {
  SDDC_MANAGER: 'SDDC_MANAGER',
  SDDC_MANAGER_VCF: 'SDDC_MANAGER',
  VCENTER: 'VCENTER',
  HOST: 'ESX_HOST',
  ESX_HOST: 'ESX_HOST',
  ESX: 'ESX_HOST',
  ESXI: 'ESX_HOST',
  CLUSTER: 'ESX_HOST',
}

/** The component that a single name means; undefined for a product that is not upgraded here. */
export function componentOf(name: string): Component | undefined {
  const word = name.trim().toUpperCase()
  if (word.includes('NSX_T') || word.includes('NSXT')) return 'NSX_T_MANAGER'
  return aliases[word]
}

/** SDDC Manager's bundles list its many parts, in no order, and not always itself. */
const partOfSddcManager = /^(SDDC_MANAGER.*|LCM|.*_SERVICES?|(?!.*NSX).*_MANAGER)$/

/**
 * What a bundle upgrades: by its own type, else by all of its components, never by the first alone.
 * Undefined when no component is known or when they disagree: that is for a person.
 */
export function componentOfBundle(bundleType: string | undefined, componentTypes: readonly string[]): Component | undefined {
  const type = bundleType?.trim().toUpperCase()
  if (type === 'SDDC_MANAGER') return 'SDDC_MANAGER'
  const known = new Set(componentTypes.map((name) => componentOf(name) ?? sddcManagerPart(type, name)).filter((name) => name !== undefined))
  return known.size === 1 ? [...known][0] : undefined
}

/** Only a bundle without a type can be SDDC Manager's by its parts alone; a VMWARE_SOFTWARE one is another product's. */
function sddcManagerPart(bundleType: string | undefined, name: string): Component | undefined {
  return !bundleType && partOfSddcManager.test(name.trim().toUpperCase()) ? 'SDDC_MANAGER' : undefined
}
