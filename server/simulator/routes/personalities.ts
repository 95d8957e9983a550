import { ok, page, type Route } from '../answer.ts'
import type { Dialect } from '../dialect.ts'
import type { Image } from '../world/images.ts'
import { unknown } from '../world/refusal.ts'
import type { World } from '../world/world.ts'
import { softwareWire } from './image-wire.ts'

export function personalityRoutes({ images, dialect }: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/personalities',
      answer({ query }) {
        const fits = ({ baseVersion, name, addOn }: Image) =>
          (query.get('baseOSVersion') ?? baseVersion) === baseVersion &&
          (query.get('personalityName') ?? name) === name &&
          (query.get('addOnName') ?? addOn.name) === addOn.name
        return page(
          images
            .all()
            .filter(fits)
            .map((image) => personalityWire(image, dialect)),
        )
      },
    },
    {
      method: 'GET',
      path: '/v1/personalities/{personalityId}',
      answer({ params }) {
        const image = images.find(params.personalityId!)
        if (!image) throw unknown('personality', params.personalityId!)
        return ok(personalityWire(image, dialect))
      },
    },
  ]
}

function personalityWire(image: Image, { nine }: Dialect) {
  const path = `/nfs/vmware/vcf/nfs-mount/vsphere-depot/${image.id}`
  return {
    personalityId: image.id,
    personalityName: image.name,
    displayName: image.name,
    description: `ESXi ${image.displayVersion} with ${image.addOn.vendor} add-on`,
    version: image.baseVersion,
    imageSize: '642 MB',
    imageChecksum: image.id.replaceAll('-', ''),
    vsphereExportedZipPath: `${path}/depot.zip`,
    vsphereExportedIsoPath: `${path}/image.iso`,
    vsphereExportedJsonPath: `${path}/image.json`,
    tags: [],
    ...(nine && { type: 'SINGLE' }),
    softwareInfo: softwareWire(image),
  }
}
