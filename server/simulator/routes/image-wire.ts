import type { Image } from '../world/images.ts'

export function softwareWire({ baseVersion, displayVersion, addOn }: Image) {
  return {
    baseImage: { version: baseVersion, details: { displayName: 'ESXi', displayVersion, quickPatchCompatibleVersions: [] } },
    addOn: {
      name: addOn.name,
      version: addOn.version,
      vendor: addOn.vendor,
      displayName: 'Dell Add-On for ESXi',
      displayVersion: addOn.version,
    },
    components: {},
  }
}
