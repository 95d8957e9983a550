import type { ExpectedStep, Run } from '../ports/facts.ts'
import type { Personality } from '../ports/vcf-words.ts'
import { compareVersions, esxParts } from './versions.ts'

export type ImageChoice = { readonly image: Personality } | { readonly missing: NonNullable<Run['waitsForImage']> }

/**
 * The image for an image-based cluster: the one that the settings name, else the only one whose base image is the target.
 * None or several: a person decides, we never pick silently (`api-facts.md` §8.6).
 */
export function chooseImage(step: ExpectedStep, personalities: readonly Personality[], named: string | undefined): ImageChoice {
  const fitting = personalities.filter(({ baseVersion }) => compareVersions(baseVersion, step.to, esxParts) === 0)
  const setting = `domains.<domain>.esx.images.${step.resource}`
  if (named !== undefined) {
    const image = fitting.find(({ name }) => name === named)
    if (image) return { image }
    const known = personalities.some(({ name }) => name === named)
    return missing(
      step,
      `The image "${named}" that the settings name for cluster ${step.resource} ${known ? `is not for ESX ${step.to}` : 'is not in SDDC Manager'}.`,
      `Import it in SDDC Manager (Lifecycle Management, Image Management), or correct ${setting}. The run goes on by itself.`,
    )
  }
  if (fitting.length === 1) return { image: fitting[0]! }
  if (fitting.length === 0) {
    return missing(
      step,
      `Cluster ${step.resource} is managed by an image, and SDDC Manager has none for ESX ${step.to}.`,
      `In vCenter, create a cluster image with ESX ${step.to}; in SDDC Manager, import it under Lifecycle Management, Image Management. The run goes on by itself.`,
    )
  }
  const names = fitting.map(({ name }) => name).join(', ')
  return missing(
    step,
    `Several images fit cluster ${step.resource} and ESX ${step.to}: ${names}.`,
    `Name one in the settings (${setting}) and restart the server, or remove the others in SDDC Manager. The run goes on by itself.`,
  )
}

function missing(step: ExpectedStep, text: string, remediation: string): ImageChoice {
  return { missing: { cluster: step.resource, text, remediation } }
}
