import type { Component } from '../../../shared/upgrade.ts'
import { idOf } from './ids.ts'

/** A bundle as the depot knows it. `component` is missing for kinds that no upgrade guide knows. */
export interface BundleEntry {
  readonly id: string
  readonly component?: Component
  readonly type: 'SDDC_MANAGER' | 'VMWARE_SOFTWARE'
  /** Types of what is in it, in the depot's order: the first one says little. */
  readonly contents: readonly string[]
  readonly description: string
  readonly sizeMB: number
  readonly fromVersion: string
  readonly toVersion: string
  readonly releasedDate: string
}

export type BillOfMaterials = Readonly<Record<Component, string>>

export interface ReleaseEntry {
  readonly version: string
  readonly oldestStart: string
  readonly releaseDate: string
  /** HTML, as VCF has it. */
  readonly description: string
  readonly bom: BillOfMaterials
  /** Not upgraded here, and left out where the domain does not have it. */
  readonly ariaLifecycle: string
}

/** What a component is called in a bill of materials and what its users call it. */
export const bomNames: Readonly<Record<Component, { readonly name: string; readonly publicName: string }>> = {
  SDDC_MANAGER: { name: 'SDDC_MANAGER', publicName: 'SDDC Manager' },
  NSX_T_MANAGER: { name: 'NSX_T_MANAGER', publicName: 'VMware NSX' },
  VCENTER: { name: 'VCENTER', publicName: 'VMware vCenter Server' },
  ESX_HOST: { name: 'HOST', publicName: 'VMware ESXi' },
}

export const installed: ReleaseEntry = {
  version: '5.2.0.0',
  oldestStart: '4.5.0.0',
  releaseDate: '2024-07-23T00:00:00.000Z',
  description: '<ul><li>Import of existing vSphere environments</li><li>Independent upgrade of SDDC Manager</li></ul>',
  bom: {
    SDDC_MANAGER: '5.2.0.0-24108943',
    NSX_T_MANAGER: '4.2.0.0.0-24105817',
    VCENTER: '8.0.3.00100-24091160',
    ESX_HOST: '8.0.3-24022510',
  },
  ariaLifecycle: '8.18.0-24029603',
}

/** What the rehearsal upgrades to. */
export const targetRelease: ReleaseEntry = {
  version: '5.2.1.0',
  oldestStart: '5.0.0.0',
  releaseDate: '2024-10-09T00:00:00.000Z',
  description:
    '<ul><li>Reduced downtime upgrade of vCenter</li><li>Baseline and image clusters in one domain</li><li>NSX in-place upgrade</li></ul>',
  bom: {
    SDDC_MANAGER: '5.2.1.0-24307856',
    NSX_T_MANAGER: '4.2.1.0.0-24304122',
    VCENTER: '8.0.3.00300-24305161',
    ESX_HOST: '8.0.3-24280767',
  },
  ariaLifecycle: '8.18.0-24029603',
}

/** Known to VCF, but out of reach for these domains: it says why. */
export const outOfReach: ReleaseEntry = {
  version: '9.0.0.0',
  oldestStart: '5.2.0.0',
  releaseDate: '2025-06-17T00:00:00.000Z',
  description: '<ul><li>VCF Operations becomes the console of the whole fleet</li><li>Baselines are gone, images only</li></ul>',
  bom: {
    SDDC_MANAGER: '9.0.0.0-24703748',
    NSX_T_MANAGER: '9.0.0.0-24733065',
    VCENTER: '9.0.0.0-24755230',
    ESX_HOST: '9.0.0-24755229',
  },
  ariaLifecycle: '9.0.0.0-24695816',
}

function bundle(component: Component, contents: readonly string[], description: string, sizeMB: number): BundleEntry {
  return {
    id: idOf('bundle', targetRelease.version, component),
    component,
    type: component === 'SDDC_MANAGER' ? 'SDDC_MANAGER' : 'VMWARE_SOFTWARE',
    contents,
    description,
    sizeMB,
    fromVersion: installed.bom[component],
    toVersion: targetRelease.bom[component],
    releasedDate: targetRelease.releaseDate,
  }
}

export const targetBundles: readonly BundleEntry[] = [
  bundle(
    'SDDC_MANAGER',
    ['COMMON_SERVICES', 'DOMAIN_MANAGER', 'LCM', 'OPERATIONS_MANAGER', 'SDDC_MANAGER_UI', 'SDDC_MANAGER_VCF'],
    'VMware Cloud Foundation SDDC Manager 5.2.1',
    2145.3,
  ),
  bundle('NSX_T_MANAGER', ['NSX_T_MANAGER'], 'VMware NSX Update Bundle', 8612.8),
  bundle('VCENTER', ['VCENTER'], 'VMware vCenter Server Update Bundle', 11874.5),
  bundle('ESX_HOST', ['HOST'], 'VMware ESXi Server Update Bundle', 648.2),
]

/** A bundle of a kind that is not upgraded in the usual order. */
export function unknownBundle(type: string): BundleEntry {
  return {
    id: idOf('bundle', targetRelease.version, type),
    type: 'VMWARE_SOFTWARE',
    contents: [type],
    description: `${type} Update Bundle`,
    sizeMB: 512,
    fromVersion: '1.0.0.0-24000001',
    toVersion: '1.1.0.0-24300001',
    releasedDate: targetRelease.releaseDate,
  }
}
