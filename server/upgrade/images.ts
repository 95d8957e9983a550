import type { ExpectedStep, Run } from '../ports/facts.ts'
import type { Instance, Personality } from '../ports/vcf-words.ts'
import { compareVersions, esxParts, hasReached } from './versions.ts'
import { sentenceList } from './words.ts'

export type ImageChoice = { readonly image: Personality } | { readonly missing: NonNullable<Run['waitsForImage']> }

export interface ImageNeed {
  readonly step: ExpectedStep
  readonly domainName: string
  readonly vcenters: readonly Instance[]
  /** Name of the image that the settings name for this cluster. */
  readonly named?: string
  /** Vendor of the add-on in the cluster's present image, where SDDC Manager tells it. */
  readonly vendor?: string
}

/**
 * The image for an image-based cluster: the one that the settings name, else the only one whose base image is the target and whose add-on is of the
 * same vendor as the cluster's. None or several: a person decides, we never pick silently (`api-facts.md` §8.6).
 */
export function chooseImage(need: ImageNeed, personalities: readonly Personality[]): ImageChoice {
  const { step, named, vendor } = need
  const ofTarget = personalities.filter(({ baseVersion }) => compareVersions(baseVersion, step.to, esxParts) === 0)
  if (named !== undefined) {
    const image = ofTarget.find(({ name }) => name === named)
    if (image) return { image }
    const known = personalities.some(({ name }) => name === named)
    return missing(
      need,
      `The image "${named}" that the settings name for cluster ${step.resource} ${known ? `is not for ESX ${step.to}` : 'is not in SDDC Manager'}.`,
      `In ${importedIn(step)}, or correct ${settingOf(need)} and restart the server.`,
    )
  }
  const fitting = ofTarget.filter(({ addOnVendor }) => vendor === undefined || isSame(addOnVendor, vendor))
  if (fitting.length === 1) return { image: fitting[0]! }
  if (fitting.length > 1) {
    return missing(
      need,
      `Several images fit cluster ${step.resource} and ESX ${step.to}: ${fitting.map(({ name }) => name).join(', ')}.`,
      `Name one in the settings (${settingOf(need)}) and restart the server, or remove the others in SDDC Manager.`,
    )
  }
  const others = ofTarget.length > 0 ? ` Those of other vendors do not fit: ${ofTarget.map(nameAndVendor).join(', ')}.` : ''
  const withAddOn = vendor === undefined ? '' : ` with an add-on of ${vendor}`
  return missing(
    need,
    `Cluster ${step.resource} is managed by an image, and SDDC Manager has none for ESX ${step.to}${withAddOn}.${others}`,
    howToMake(need),
  )
}

/** What a person does, and where: SDDC Manager cannot make an image itself. */
function howToMake({ step, vcenters, vendor }: ImageNeed): string {
  const where = sentenceList(vcenters.map(({ name }) => name)) || 'vCenter'
  const addOn = vendor === undefined ? "the add-on of the hosts' vendor" : `an add-on of ${vendor}`
  return `1. In ${where}, make an empty cluster that is managed by a single image: ESX ${step.to}, ${addOn}. 2. In ${importedIn(step)}, by extracting it from that cluster. 3. Delete the empty cluster. The hosts of ${step.resource} stay untouched by this.`
}

/** SDDC Manager's own pages for it are those of 5.x. */
function importedIn({ to }: ExpectedStep): string {
  return hasReached(to, '9.0')
    ? 'VCF Operations or SDDC Manager, import it among the images of this VCF instance'
    : 'SDDC Manager, import it under Lifecycle Management, Image Management'
}

function missing({ step }: ImageNeed, text: string, remediation: string): ImageChoice {
  return { missing: { cluster: step.resource, text, remediation: `${remediation} The run goes on by itself.` } }
}

function settingOf({ domainName, step }: ImageNeed): string {
  return `domains.${domainName}.esx.images.${step.resource}`
}

function nameAndVendor({ name, addOnVendor }: Personality): string {
  return `${name} (${addOnVendor ?? 'no add-on'})`
}

function isSame(a: string | undefined, b: string): boolean {
  return a?.trim().toUpperCase() === b.trim().toUpperCase()
}
