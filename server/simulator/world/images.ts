import type { Catalogue, ReleaseEntry } from './catalogue.ts'
import { idOf } from './ids.ts'

/** An image of vSphere Lifecycle Manager that VCF knows: a personality. */
export interface Image {
  readonly id: string
  readonly name: string
  /** What it brings a host to, as a bill of materials spells it. */
  readonly esxVersion: string
  /** The base image's own spelling: `8.0.3-0.0.24280767`; since 9.0 that of everybody else. */
  readonly baseVersion: string
  /** `8.0 Update 3 - 24280767`. */
  readonly displayVersion: string
  readonly addOn: { readonly name: string; readonly version: string; readonly vendor: string }
}

export interface Images {
  all(): readonly Image[]
  find(id: string): Image | undefined
  /** What an image-based cluster runs whose hosts have this version. */
  running(esxVersion: string): Image | undefined
  /** Somebody imports one more image of each release ahead. */
  importTarget(): void
}

export function createImages({ installed, next, ahead }: Catalogue, targetImages: number): Images {
  const images = [imageOf(installed, 0)]
  let rounds = 0

  function importTarget(): void {
    rounds++
    for (const release of ahead.length > 0 ? ahead : [next]) images.push(imageOf(release, rounds))
  }

  for (let i = 0; i < targetImages; i++) importTarget()
  return {
    all: () => images,
    find: (id) => images.find((candidate) => candidate.id === id),
    running: (esxVersion) => images.find((image) => image.esxVersion === esxVersion),
    importTarget,
  }
}

/** `revision` 0 is what was there from the beginning, 1 the first image of its release that was imported later. */
function imageOf({ version, bom }: ReleaseEntry, revision: number): Image {
  const name = `VCF-${version.split('.').slice(0, 3).join('')}-Dell${revision > 1 ? `-R${revision}` : ''}`
  const numbers = bom.ESX_HOST.split(/[.-]/)
  const [major, minor, update] = numbers
  const build = numbers.at(-1)!
  const ofNine = Number(major) >= 9
  return {
    id: idOf('personality', name),
    name,
    esxVersion: bom.ESX_HOST,
    baseVersion: ofNine ? bom.ESX_HOST : `${major}.${minor}.${update}-0.0.${build}`,
    displayVersion: ofNine ? `${major}.${minor}.${update}.${numbers[3]} - ${build}` : `${major}.${minor} Update ${update} - ${build}`,
    addOn: { name: 'DEL-ESXi', version: `${major}${minor}${update}.${build}-A0${revision}`, vendor: 'Dell Technologies' },
  }
}
