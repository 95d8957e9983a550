import type { OtherProduct, ReleaseEntry } from './catalogue.ts'
import { release521 } from './releases-five.ts'

/** VCF Operations' fleet management upgrades these, and SDDC Manager only names them. */
function fleet(version: string, build: number): OtherProduct[] {
  const product = (name: string, publicName: string, offset: number): OtherProduct => ({
    name,
    publicName,
    version: `${version}.${build + offset}`,
    lifecycleManagedBy: 'VCF_OPS_LCM',
    installed: true,
  })
  return [
    product('VROPS', 'VMware Cloud Foundation Operations', 0),
    product('VCF_OPS_LCM', 'VMware Cloud Foundation Operations fleet management', 14),
    product('VCF_OPS_CLOUD_PROXY', 'VMware Cloud Foundation Operations collector', 3),
    product('VRA', 'VMware Cloud Foundation Automation', 27),
  ]
}

export const release900: ReleaseEntry = {
  version: '9.0.0.0',
  oldestStart: '5.2.0.0',
  releaseDate: '2025-06-17T00:00:00.000Z',
  description: '<ul><li>VCF Operations becomes the console of the whole fleet</li><li>Baselines are gone, images only</li></ul>',
  bom: {
    SDDC_MANAGER: '9.0.0.0.24703748',
    NSX_T_MANAGER: '9.0.0.0.24733065',
    VCENTER: '9.0.0.0.24755230',
    ESX_HOST: '9.0.0.0.24755229',
  },
  otherProducts: fleet('9.0.0.0', 24_695_812),
  imagesOnly: true,
}

export const release901: ReleaseEntry = {
  version: '9.0.1.0',
  oldestStart: '5.2.0.0',
  releaseDate: '2025-09-29T00:00:00.000Z',
  description: '<ul><li>Fixes for upgrades of domains with several clusters</li><li>Security updates</li></ul>',
  bom: {
    SDDC_MANAGER: '9.0.1.0.24962180',
    NSX_T_MANAGER: '9.0.1.0.24952111',
    VCENTER: '9.0.1.0.24957454',
    ESX_HOST: '9.0.1.0.24957456',
  },
  otherProducts: fleet('9.0.1.0', 24_960_351),
  imagesOnly: true,
}

export const release902: ReleaseEntry = {
  version: '9.0.2.0',
  oldestStart: '5.2.0.0',
  releaseDate: '2026-01-20T00:00:00.000Z',
  description: '<ul><li>Fixes for image compliance of clusters</li><li>Security updates</li></ul>',
  bom: {
    SDDC_MANAGER: '9.0.2.0.25151285',
    NSX_T_MANAGER: '9.0.2.0.25150414',
    VCENTER: '9.0.2.0.25148086',
    ESX_HOST: '9.0.2.0.25148076',
  },
  otherProducts: fleet('9.0.2.0', 25_137_838),
  imagesOnly: true,
}

export const release910OutOfReach: ReleaseEntry = {
  version: '9.1.0.0',
  oldestStart: '5.2.0.0',
  releaseDate: '2026-06-16T00:00:00.000Z',
  description: '<ul><li>Upgrades of the whole fleet in one plan</li></ul>',
  bom: {
    SDDC_MANAGER: '9.1.0.0.25370933',
    NSX_T_MANAGER: '9.1.0.0.25363021',
    VCENTER: '9.1.0.0.25370931',
    ESX_HOST: '9.1.0.0.25370927',
  },
  otherProducts: fleet('9.1.0.0', 25_360_117),
  outOfReach: [
    {
      key: 'NOT_INTEROPERABLE',
      message:
        'not interoperable: VMware Cloud Foundation Operations of the release that is installed and SDDC Manager 9.1.0.0.25370933; VCF Operations has to be upgraded before.',
    },
  ],
  imagesOnly: true,
}

/** SDDC Manager has been upgraded to 9.x on its own; the domains are a major release back. */
export const release521BeforeNine: ReleaseEntry = {
  ...release521,
  bom: { ...release521.bom, SDDC_MANAGER: release902.bom.SDDC_MANAGER },
}
