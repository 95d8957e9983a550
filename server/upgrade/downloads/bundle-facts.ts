/** What is known of the bundles of a run: pure questions and words about `BundleFact`. */
import type { BundleFact } from '../../ports/facts.ts'
import type { Bundle } from '../../ports/vcf-words.ts'
import { componentNames } from '../words.ts'

/** Nothing more is to be done for it now: it is there, or it failed. */
export function isSettled({ readyAt, failed }: BundleFact): boolean {
  return readyAt !== undefined || failed === true
}

/** The run cannot go on without it: what is cumulative may fail. */
export function isMissing({ readyAt, failed, fallback }: BundleFact): boolean {
  return readyAt === undefined && !(fallback && failed)
}

/** Megabytes are VCF's unit, of 1024 × 1024 bytes. */
export function bytesOf(sizeMB: number): number {
  return Math.round(sizeMB * 1024 * 1024)
}

/** `vCenter 8.0.3.00300-24305161`; VCF's description where it names no version, else the id. */
export function nameOf({ id, component, version, description }: Bundle): string {
  if (component && version !== undefined) return `${componentNames[component]} ${version}`
  return description ?? `bundle ${id}`
}

/** `vCenter 8.0.3.00300-24305161 (11.6 GB)`. */
export function titleOf({ id, name, sizeBytes }: BundleFact): string {
  return `${name ?? `bundle ${id}`}${sizeBytes === undefined ? '' : ` (${gigabytes(sizeBytes)})`}`
}

/** With its id, for who has to fetch it elsewhere: `vCenter 8.0.3.00300-24305161, 11.6 GB, bundle 7b1c…`. */
export function orderLineOf({ id, name, sizeBytes }: BundleFact): string {
  return [name, sizeBytes === undefined ? undefined : gigabytes(sizeBytes), `bundle ${id}`].filter((part) => part !== undefined).join(', ')
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`
}

/** As it was before anything was asked of it: what a Retry begins with. */
export function asUnasked({ id, name, fallback, sizeBytes }: BundleFact): BundleFact {
  return { id, ...(name !== undefined && { name }), ...(fallback && { fallback }), ...(sizeBytes !== undefined && { sizeBytes }) }
}
