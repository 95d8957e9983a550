import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { BundleFact, Run } from '../../ports/facts.ts'
import type { Inventory, Release } from '../../ports/vcf-words.ts'
import { expectedSteps } from '../inventory.ts'
import { learned, type Stop, stopped } from '../outcome.ts'
import { census } from '../proof.ts'
import { comesFirst, notApplicable } from '../releases.ts'
import { compareVersions, hasReached } from '../versions.ts'
import { cumulativeBundles } from './cumulative.ts'
import { nextToFollow } from './follow.ts'
import { foreignStop, foreignUpgrade, worksOf } from './foreign.ts'
import { inOrderOfEsx, lines, outlook } from './outlook.ts'
import type { Effect, EffectDependencies } from './port.ts'

/**
 * Looks at the domain before anything is changed: that nobody else is upgrading, that the release is still on offer (a run may have waited
 * long for its turn), what runs there, what is to be done and what is not, and with which bundles.
 */
export function survey({ vcf, now, settingsOf }: EffectDependencies): Effect {
  return async (subject) => {
    const { domain, run, forgotten } = subject
    const upgrades = await vcf.upgrades()
    const followed = await nextToFollow(vcf, subject, upgrades, () => vcf.inventory(domain.id), now())
    const foreign = followed ? undefined : foreignUpgrade(run, upgrades)
    if (foreign)
      return stopped(
        foreignStop(foreign, await worksOf(vcf, foreign, domain, await vcf.inventory(domain.id), run.bom), 'survey', forgotten),
        now(),
      )
    const tooEarly = await behindManagement(domain, run.target)
    if (tooEarly) return stopped(tooEarly, now())
    const known = await vcf.futureReleases(domain.id)
    const release = known.find(({ version }) => compareVersions(version, run.target) === 0)
    if (!release?.applicable) return stopped(notOffered(run.target, release), now())
    const inventory = await vcf.inventory(domain.id)
    const { fallbacks, log } = await cumulativeBundles(vcf, domain, release)
    return learned(
      (open): Run => ({
        ...open,
        bom: release.bom,
        census: census(inventory),
        expected: expectedOf(inventory, release, domain),
        bundles: [...release.bundleIds.map((id): BundleFact => ({ id })), ...fallbacks],
        ...(followed && { steps: [...open.steps, followed.step] }),
      }),
      [
        ...lines(
          'warning',
          release.reasons.map((reason) => `SDDC Manager warns about ${release.version}: ${reason}`),
        ),
        ...log,
        ...(followed?.log ?? []),
        ...(await outlook(vcf, domain, release, inventory, settingsOf(domain.name))),
      ],
    )
  }

  function expectedOf(inventory: Inventory, release: Release, domain: DomainIdentity): NonNullable<Run['expected']> {
    return inOrderOfEsx(expectedSteps(inventory, release.bom, domain.id), settingsOf(domain.name).esx.order)
  }

  /** A workload domain never gets ahead of its management domain (`api-facts.md` §13), whose own run may have been cancelled meanwhile. */
  async function behindManagement(domain: DomainIdentity, target: string): Promise<Stop | undefined> {
    if (domain.type === 'MANAGEMENT') return undefined
    const first = (await vcf.domains()).find(({ type, sddcManager }) => type === 'MANAGEMENT' && sddcManager === domain.sddcManager)
    const version = first && (await vcf.currentRelease(first.id))
    if (first === undefined || version === undefined || hasReached(version, target)) return undefined
    return {
      kind: 'failed',
      of: 'survey',
      reason: 'management domain comes first',
      text: `${domain.name} cannot go to ${target}: ${comesFirst({ name: first.name, version })}`,
      remediation: `Upgrade ${first.name}, then press Retry. Cancel ends this run.`,
    }
  }
}

function notOffered(target: string, release: Release | undefined): Stop {
  const why = release ? notApplicable(release) : `SDDC Manager does not list ${target} for it.`
  return {
    kind: 'failed',
    of: 'survey',
    reason: 'release not offered',
    text: `The release ${target} cannot be installed on this domain any more. ${why}`,
    remediation: 'Press Cancel, then start again with what is offered. Retry looks whether it is offered again.',
  }
}
