import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { BundleFact } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Bundle, Release } from '../../ports/vcf-words.ts'
import { bytesOf, nameOf } from '../downloads/bundle-facts.ts'
import type { LogEntry } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { compareVersions } from '../versions.ts'

/** Cumulative bundles beside those of the release, for the case that VCF wants one; those above the release are of no use. */
export async function cumulativeBundles(
  vcf: Vcf,
  domain: DomainIdentity,
  release: Release,
): Promise<{ readonly fallbacks: readonly BundleFact[]; readonly log: readonly LogEntry[] }> {
  try {
    const bundles = await vcf.cumulativeBundles(domain.id)
    return { fallbacks: bundles.filter((bundle) => isOfUse(bundle, release)).map(toFallback), log: [] }
  } catch (error) {
    if (!isVcfFailure(error) || error.kind === 'unreachable' || error.kind === 'credentials') throw error
    const text = `Cumulative bundles could not be read: ${error.message}. The run goes on with the bundles of the release`
    return { fallbacks: [], log: error.kind === 'missing' ? [] : [{ level: 'info', text }] }
  }
}

function isOfUse({ id, component, version, state }: Bundle, { bundleIds, bom }: Release): boolean {
  if (bundleIds.includes(id) || state === 'recalled') return false
  const wanted = component && bom[component]
  return wanted === undefined || version === undefined || (compareVersions(version, wanted) ?? 0) <= 0
}

function toFallback(bundle: Bundle): BundleFact {
  return { id: bundle.id, name: nameOf(bundle), fallback: true, ...(bundle.sizeMB !== undefined && { sizeBytes: bytesOf(bundle.sizeMB) }) }
}
