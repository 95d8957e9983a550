import { installed, targetRelease } from './catalogue.ts'
import { idOf } from './ids.ts'

/** An image of vSphere Lifecycle Manager that VCF knows: a personality. */
export interface Image {
  readonly id: string
  readonly name: string
  /** `8.0.3-0.0.24280767`: the base image's own spelling. */
  readonly baseVersion: string
  /** `8.0 Update 3 - 24280767`. */
  readonly displayVersion: string
  readonly addOn: { readonly name: string; readonly version: string; readonly vendor: string }
  /** Whether it brings a host to the target. */
  readonly forTarget: boolean
}

export interface Images {
  all(): readonly Image[]
  find(id: string): Image | undefined
  /** What image-based clusters run now. */
  readonly current: Image
  /** Somebody imports one more image of the target release. */
  importTarget(): void
}

const names = ['VCF-521-Dell', 'VCF-521-Dell-R2', 'VCF-521-Dell-R3'] as const

export function createImages(targetImages: number): Images {
  const current = image('VCF-520-Dell', installed.bom.ESX_HOST, 'A00', false)
  const images = [current]

  function importTarget(): void {
    const number = images.length - 1
    images.push(image(names[number] ?? `VCF-521-Dell-R${number + 1}`, targetRelease.bom.ESX_HOST, `A0${number + 1}`, true))
  }

  for (let i = 0; i < targetImages; i++) importTarget()
  return { all: () => images, find: (id) => images.find((candidate) => candidate.id === id), current, importTarget }
}

function image(name: string, esxVersion: string, revision: string, forTarget: boolean): Image {
  const [release, build] = esxVersion.split('-') as [string, string]
  return {
    id: idOf('personality', name),
    name,
    baseVersion: `${release}-0.0.${build}`,
    displayVersion: `8.0 Update 3 - ${build}`,
    addOn: { name: 'DEL-ESXi', version: `803.${build}-${revision}`, vendor: 'Dell Technologies' },
    forTarget,
  }
}
