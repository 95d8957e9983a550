import type { Scenario } from '../scenario.ts'
import type { Catalogue, Reason, ReleaseEntry } from './catalogue.ts'
import type { DomainState, Estate } from './estate.ts'
import { isManagementBehind } from './offers.ts'
import { releaseOf } from './progress.ts'
import type { UpgradeRecords } from './records.ts'
import { Refusal } from './refusal.ts'
import type { Time } from './time.ts'

/** A release as a domain sees it. */
export interface FutureRelease {
  readonly release: ReleaseEntry
  /** Empty when it can be chosen. */
  readonly reasons: readonly Reason[]
}

export interface Targets {
  /** All releases VCF knows, oldest first. */
  readonly releases: readonly ReleaseEntry[]
  current(domain: DomainState): ReleaseEntry
  future(domain: DomainState): readonly FutureRelease[]
  /** `PATCH /v1/releases/domains/{id}`. Throws `Refusal`. */
  choose(domain: DomainState, version: string): void
  /** `DELETE /v1/releases/domains/{id}`; 400 while an upgrade of the domain runs. */
  clear(domain: DomainState): void
}

export interface TargetsNeeds {
  readonly scenario: Scenario
  readonly catalogue: Catalogue
  readonly estate: Estate
  readonly records: UpgradeRecords
  readonly time: Time
}

export function createTargets({ scenario, catalogue, estate, records, time }: TargetsNeeds): Targets {
  const changedAt = new Map<DomainState, number>()
  const { releases } = catalogue
  const current = (domain: DomainState) => releaseOf(catalogue, estate, domain)

  function future(domain: DomainState): FutureRelease[] {
    const newer = releases.slice(releases.indexOf(current(domain)) + 1)
    return newer.map((release) => ({ release, reasons: [...reasonsAgainst(release, domain), ...reasonsOfScenario(domain)] }))
  }

  function reasonsOfScenario({ name }: DomainState): Reason[] {
    const meant = scenario.notApplicable.filter(({ domain = name }) => domain === name)
    return meant.map(({ code, message }) => ({ key: code, message }))
  }

  /** A change that comes too soon after another one goes wrong, as it does in real data centres. */
  function checkSettled(domain: DomainState): void {
    const soonest = (changedAt.get(domain) ?? Number.NEGATIVE_INFINITY) + time.span(scenario.durations.targetSettles)
    if (time.now() >= soonest) return
    throw new Refusal(500, { code: 'VCF_RUNTIME_ERROR', message: 'The target release could not be changed: a change is under way.' })
  }

  return {
    releases,
    current,
    future,
    choose(domain, version) {
      if (version === current(domain).version) {
        throw new Refusal(400, { code: 'SAME_SOURCE_AND_TARGET_VCF_VERSION', message: `${domain.name} runs ${version} already.` })
      }
      const wanted = future(domain).find(({ release }) => release.version === version)
      if (!wanted) throw new Refusal(500, { code: 'VCF_RUNTIME_ERROR', message: `There is no release ${version}.` })
      if (wanted.reasons.length > 0) {
        const message = wanted.reasons.map((reason) => reason.message).join(' ')
        throw new Refusal(400, { code: 'TARGET_RELEASE_NOT_APPLICABLE', message })
      }
      if (isManagementBehind(catalogue, estate, domain, wanted.release)) {
        const message = `The management domain runs less than ${version}: it has to be upgraded before ${domain.name}.`
        throw new Refusal(400, { code: 'MANAGEMENT_DOMAIN_NOT_UPGRADED', message })
      }
      checkSettled(domain)
      changedAt.set(domain, time.now())
      domain.target = version
    },
    clear(domain) {
      if (records.running()?.domain === domain) {
        throw new Refusal(400, { code: 'UPGRADE_IN_PROGRESS', message: `An upgrade of ${domain.name} is in progress: its target stays.` })
      }
      checkSettled(domain)
      if (domain.target !== undefined) changedAt.set(domain, time.now())
      delete domain.target
    },
  }
}

function reasonsAgainst({ version, outOfReach, imagesOnly }: ReleaseEntry, { clusters, nsx }: DomainState): Reason[] {
  const baselines = imagesOnly ? clusters.filter(({ imageBased }) => !imageBased) : []
  return [
    ...(outOfReach ?? []).map(({ key, message }) => ({ key, message: message.replaceAll('{NSX_T_MANAGER}', nsx.version) })),
    ...baselines.map(({ name }) => ({
      key: 'BASELINES_NOT_SUPPORTED',
      message: `Cluster ${name} is managed with baselines, which release ${version} does not support.`,
    })),
  ]
}
