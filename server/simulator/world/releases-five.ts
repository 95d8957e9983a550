import type { OtherProduct, ReleaseEntry } from './catalogue.ts'

/** Listed with a release, and not part of these domains. */
const aria = (version: string): OtherProduct => ({ name: 'VRSLCM', publicName: 'VMware Aria Suite Lifecycle', version })

/** SDDC Manager has been upgraded on its own, the rest is a major release back. */
export const release452: ReleaseEntry = {
  version: '4.5.2.0',
  oldestStart: '4.4.0.0',
  releaseDate: '2023-08-17T00:00:00.000Z',
  description: '<ul><li>Security updates of all components</li></ul>',
  bom: {
    SDDC_MANAGER: '5.2.0.0-24108943',
    NSX_T_MANAGER: '3.2.3.1.0-22104592',
    VCENTER: '7.0.3.01500-21784236',
    ESX_HOST: '7.0.3-21930508',
  },
  otherProducts: [aria('8.10.0-20937419')],
}

export const release520: ReleaseEntry = {
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
  otherProducts: [aria('8.18.0-24029603')],
}

export const release521: ReleaseEntry = {
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
  otherProducts: [aria('8.18.0-24029603')],
}

export const release522: ReleaseEntry = {
  version: '5.2.2.0',
  oldestStart: '5.0.0.0',
  releaseDate: '2025-09-11T00:00:00.000Z',
  description: '<ul><li>Security updates of all components</li><li>Licence import from files</li></ul>',
  bom: {
    SDDC_MANAGER: '5.2.2.0-24936865',
    NSX_T_MANAGER: '4.2.3.0.0-24866349',
    VCENTER: '8.0.3.00600-24853646',
    ESX_HOST: '8.0.3-24859861',
  },
  otherProducts: [aria('8.18.0-24029603')],
}

export const release900OutOfReach: ReleaseEntry = {
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
  otherProducts: [aria('9.0.0.0-24695816')],
  outOfReach: [
    {
      key: 'NOT_UPGRADABLE',
      message: 'not upgradable: NSX {NSX_T_MANAGER} -> NSX 9.0.0.0-24733065; Aria Suite Lifecycle has to be upgraded before.',
    },
  ],
  imagesOnly: true,
}
