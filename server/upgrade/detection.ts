import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { ExpectedStep, Person, Run } from '../ports/facts.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Release } from '../ports/vcf-words.ts'
import { expectedSteps } from './inventory.ts'
import { compareVersions } from './versions.ts'

/** What VCF offers for a domain, as last read. Not a fact: it is read anew. */
export interface Detection {
  readonly current: string
  /** The release on offer; undefined when the domain is up to date or nothing is applicable. */
  readonly next?: Release
  readonly expected: readonly ExpectedStep[]
  /** Why newer releases are not offered, in VCF's words. */
  readonly whyNot: readonly string[]
}

/** Reads the domain's release and what comes next: the lowest applicable release above it (`api-facts.md` §5, `seeds`: the next one). */
export async function detect(vcf: Vcf, domain: DomainIdentity): Promise<Detection> {
  const current = await vcf.currentRelease(domain.id)
  const releases = (await vcf.futureReleases(domain.id)).filter(({ version }) => (compareVersions(version, current) ?? 0) > 0)
  const applicable = releases.filter((release) => release.applicable).sort((a, b) => compareVersions(a.version, b.version) ?? 0)
  const whyNot = releases
    .filter((release) => !release.applicable)
    .map(
      ({ version, reasons }) =>
        `${version}: ${reasons.length > 0 ? reasons.join(' ') : 'SDDC Manager calls it not applicable and gives no reason.'}`,
    )
  const next = applicable[0]
  const expected = next ? expectedSteps(await vcf.inventory(domain.id), next.bom, domain.id) : []
  return { current, whyNot, expected, ...(next && { next }) }
}

/** The record of a run that begins. */
export function newRun(id: string, by: Person, now: number, current: string, { version, bom, bundleIds }: Release): Run {
  return {
    id,
    startedAt: now,
    startedBy: by,
    from: current,
    target: version,
    bom,
    bundles: bundleIds.map((bundleId) => ({ id: bundleId })),
    steps: [],
    percent: 0,
  }
}
