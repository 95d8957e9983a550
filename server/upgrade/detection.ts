import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { ExpectedStep, Run } from '../ports/facts.ts'
import type { Person } from '../ports/gate-facts.ts'
import type { Vcf } from '../ports/vcf.ts'
import type { Inventory, Release } from '../ports/vcf-words.ts'
import { attempt } from './effects/attempt.ts'
import { foreignUpgrade, worksOf } from './effects/foreign.ts'
import { expectedSteps } from './inventory.ts'
import { choose, type Wanted } from './releases.ts'
import { hasReached } from './versions.ts'

/** What VCF offers for a domain, as last read. Not a fact: it is read anew. */
export interface Detection {
  readonly current: string
  /** The version of SDDC Manager itself; absent where that was not read. */
  readonly sddcManager?: string
  /** The release on offer; undefined when the domain is up to date or nothing is applicable. */
  readonly next?: Release
  readonly expected: readonly ExpectedStep[]
  /** What of it SDDC Manager upgrades already, outside of any run. */
  readonly underWay?: readonly ExpectedStep[]
  /** Releases that can be the target, by version, lowest first. */
  readonly choosable: readonly string[]
  /** What a person chose is not to be had any more, and this is what the settings name: why, in a sentence. */
  readonly lapsed?: string
  /** Why (other) newer releases are not offered, in plain sentences. */
  readonly whyNot: readonly string[]
  /** The SDDC Manager is none that this server knows, or the settings name a release that there is not: whether the domain is up to date cannot be said. */
  readonly unknown?: true
  /** There is a release for it as soon as its management domain runs it. */
  readonly waitsForManagement?: true
  /** The account of this server may only read: nothing can be started. */
  readonly onlyReads?: true
}

export interface Asked {
  readonly domain: DomainIdentity
  /** What the settings name. */
  readonly target: DomainSettings['target']
  /** What a person chose instead. */
  readonly chosen?: { readonly release: string; readonly by: Person } | undefined
  /** Of a workload domain, where it is known; with the target of its own run, when one is under way. */
  readonly management?: { readonly domain: DomainIdentity; readonly upgradesTo?: string }
}

/** Reads the domain's release and what comes next (`api-facts.md` §5). Of an SDDC Manager that is not known nothing is taken. */
export async function detect(vcf: Vcf, { domain, target, chosen, management }: Asked): Promise<Detection> {
  const system = await vcf.system()
  const current = await vcf.currentRelease(domain.id)
  if (!system.dialect)
    return { current, sddcManager: system.version, expected: [], choosable: [], whyNot: [notKnown(system.version)], unknown: true }
  const ceiling = await ceilingOf(vcf, domain, management)
  const releases = await vcf.futureReleases(domain.id)
  const wanted = { current, target, ...(ceiling && { management: ceiling }) }
  const byPerson = chosen && choose(releases, { ...wanted, target: chosen.release, chosenBy: chosen.by.name })
  const { lapsed } = byPerson ?? {}
  const { next, choosable, whyNot, misnamed, waitsForManagement } = byPerson && lapsed === undefined ? byPerson : choose(releases, wanted)
  const found = {
    ...(lapsed !== undefined && { lapsed }),
    ...{ current, sddcManager: system.version, choosable, whyNot: [...(system.onlyReads ? [onlyWatches] : []), ...whyNot] },
    ...(misnamed && { unknown: true as const }),
    ...(waitsForManagement && { waitsForManagement }),
    ...(system.onlyReads && { onlyReads: true as const }),
  }
  if (!next) return { ...found, expected: [] }
  const inventory = await vcf.inventory(domain.id)
  const underWay = await worksUnderWay(vcf, domain, inventory, next.bom)
  return { ...found, next, expected: expectedSteps(inventory, next.bom, domain.id), ...(underWay.length > 0 && { underWay }) }
}

/** Told in addition: where it cannot be read nothing fails. */
async function worksUnderWay(
  vcf: Vcf,
  domain: DomainIdentity,
  inventory: Inventory,
  bom: Release['bom'],
): Promise<readonly ExpectedStep[]> {
  const upgrade = foreignUpgrade({ steps: [] }, (await attempt(() => vcf.upgrades())) ?? [])
  return upgrade ? worksOf(vcf, upgrade, domain, inventory, bom) : []
}

/** For a person who looks for the button. */
export const onlyWatches =
  'This server only watches: the account of VCF_USERNAME has the role VIEWER in SDDC Manager and may change nothing. With the role ADMIN upgrades can be started here.'

function notKnown(version: string): string {
  return `SDDC Manager ${version || 'of unknown version'} is none that this server knows: it upgrades what SDDC Manager 5.2 to 9.0 manages, and offers nothing here.`
}

/** How far the management domain is; a run of its own that is under way counts with its target, for it ends first. */
async function ceilingOf(vcf: Vcf, domain: DomainIdentity, management: Asked['management']): Promise<Wanted['management'] | undefined> {
  if (domain.type === 'MANAGEMENT') return undefined
  if (!management) return { name: 'of this SDDC Manager', version: 'an unknown release' }
  const runs = await vcf.currentRelease(management.domain.id)
  const { upgradesTo } = management
  return { name: management.domain.name, version: upgradesTo !== undefined && !hasReached(runs, upgradesTo) ? upgradesTo : runs }
}

export interface RunOptions {
  /** Ends when every bundle is downloaded. */
  readonly only?: 'download'
  /** Begins only when it is called: another domain is being upgraded. */
  readonly queued?: boolean
  /** Who chose the target. */
  readonly chosenBy?: Person | undefined
}

/** The record of a run that begins. */
export function newRun(
  id: string,
  by: Person,
  now: number,
  current: string,
  { version, bom, bundleIds }: Release,
  { only, queued, chosenBy }: RunOptions = {},
): Run {
  return {
    id,
    startedAt: now,
    startedBy: by,
    ...(only && { only }),
    ...(queued && { queuedAt: now }),
    from: current,
    target: version,
    ...(chosenBy && { targetChosenBy: chosenBy }),
    bom,
    bundles: bundleIds.map((bundleId) => ({ id: bundleId })),
    steps: [],
    percent: 0,
  }
}
