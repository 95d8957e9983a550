/** Which release is taken, and why others are not: pure, from what VCF lists and what is wanted. */
import { cut } from '../../shared/findings.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Release } from '../ports/vcf-words.ts'
import { productName } from './other-products.ts'
import { compareVersions, isKnownRelease } from './versions.ts'
import { sentenceList } from './words.ts'

export interface Wanted {
  /** Version that the domain runs. */
  readonly current: string
  readonly target: DomainSettings['target']
  /** Who chose that target in Home Assistant; absent: the settings name it. */
  readonly chosenBy?: string
  /** For a workload domain: how far its management domain is, or will be when its run has ended. */
  readonly management?: { readonly name: string; readonly version: string }
}

export interface Choice {
  readonly next?: Release
  /** Versions that could be taken, lowest first. */
  readonly choosable: readonly string[]
  /** Sentences: what is wrong with the settings first, then VCF's own reasons. */
  readonly whyNot: readonly string[]
  /** The settings name a release that there is not: somebody has to correct them. */
  readonly misnamed?: true
  /** What would be taken is above the management domain, which comes first. */
  readonly waitsForManagement?: true
  /** A person chose the target and it is not to be had any more: why, in a sentence. One that waits for the management domain is. */
  readonly lapsed?: string
}

/** The lowest applicable release above the current one, or exactly the one that the settings name; never above the management domain's. */
export function choose(releases: readonly Release[], wanted: Wanted): Choice {
  const newer = releases
    .filter(({ version }) => (compareVersions(version, wanted.current) ?? 1) > 0)
    .sort((a, b) => compareVersions(a.version, b.version) ?? 0)
  const applicable = newer.filter(
    ({ applicable, version }) => applicable && compareVersions(version, wanted.current) !== undefined && isKnownRelease(version),
  )
  const tooHigh = applicable.filter(({ version }) => isAbove(version, wanted.management))
  const open = applicable.filter((release) => !tooHigh.includes(release))
  const next = wanted.target === 'next' ? open[0] : open.find(({ version }) => compareVersions(version, wanted.target) === 0)
  const named = next ? undefined : withoutNext(wanted, newer, tooHigh)
  const whyNot = [
    ...(named ? [named.text] : []),
    ...newer.filter((release) => !applicable.includes(release)).map(notApplicable),
    ...tooHigh.map(({ version }) => `${version}: ${comesFirst(wanted.management!)}`),
    ...open.filter((release) => release !== next).map(({ version }) => `${version}: ${notChosen(wanted, next)}`),
    ...(next ? managedElsewhere(next) : []),
  ]
  const waits = !next && tooHigh.some(({ version }) => wanted.target === 'next' || compareVersions(version, wanted.target) === 0)
  return {
    whyNot,
    choosable: open.map(({ version }) => version),
    ...(next && { next }),
    ...(named?.misnamed && { misnamed: true }),
    ...(waits && { waitsForManagement: true }),
    ...(named && wanted.chosenBy !== undefined && !waits && { lapsed: named.text }),
  }
}

function isAbove(version: string, management: Wanted['management']): boolean {
  return management !== undefined && (compareVersions(version, management.version) ?? 1) > 0
}

export function comesFirst({ name, version }: NonNullable<Wanted['management']>): string {
  return `the management domain ${name} runs ${version} and comes first.`
}

/** Of all reasons together, in characters: nobody reads on, and they may name thousands of things. */
const longestReasons = 4_000

/** VCF's own words. */
export function notApplicable({ version, applicable, reasons }: Release): string {
  if (applicable && compareVersions(version, version) === undefined) return `${version}: this server does not understand the version.`
  if (applicable) return `${version}: this server upgrades up to VCF 9.0 and does not know how to go on from there.`
  return cut(
    `${version}: ${reasons.length > 0 ? reasons.join(' ') : 'SDDC Manager calls it not applicable and gives no reason.'}`,
    longestReasons,
  )
}

function notChosen({ target, chosenBy }: Wanted, next: Release | undefined): string {
  if (chosenBy !== undefined) return `not chosen: ${chosenBy} chose ${target === 'next' ? `the next release, ${next?.version}` : target}.`
  if (target !== 'next') return `not chosen: the settings name ${target}.`
  return `not chosen: the next release is ${next?.version}; the setting "target" of the domain can name another.`
}

function managedElsewhere({ version, managedElsewhere: products }: Release): readonly string[] {
  if (products.length === 0) return []
  const [are, them] = products.length === 1 ? ['is', 'it'] : ['are', 'them']
  return [
    `${version}: ${sentenceList(products.map(productName))} ${are} not upgraded here: VCF Operations fleet management upgrades ${them}.`,
  ]
}

/** The release that the settings name cannot be had: why. */
function withoutNext(
  { current, target, chosenBy, management }: Wanted,
  newer: readonly Release[],
  tooHigh: readonly Release[],
): { readonly text: string; readonly misnamed?: true } | undefined {
  if (target === 'next') return undefined
  const named = `${chosenBy === undefined ? 'The settings name' : `${chosenBy} chose`} ${target} as the target`
  const isIt = ({ version }: Release) => compareVersions(version, target) === 0
  const difference = compareVersions(target, current)
  if (difference === 0) return { text: `${named}, and the domain runs it already.` }
  if (difference !== undefined && difference < 0)
    return { text: `${named}, which is older than ${current}, the release that runs.`, misnamed: true }
  if (tooHigh.some(isIt)) return { text: `${named}; it is offered when the management domain ${management!.name} runs it.` }
  const blocked = newer.find(isIt)
  if (blocked && chosenBy !== undefined) return { text: `${named}, and it cannot be had any more. ${notApplicable(blocked)}` }
  if (blocked) return { text: `${named}, and it cannot be had: see its own reason.` }
  const known = newer.map(({ version }) => version)
  const knows = known.length > 0 ? `; it knows ${sentenceList(known)}` : ''
  const remedy = chosenBy === undefined ? ' Correct the settings.' : ''
  return { text: `${named}, and SDDC Manager knows no such release for this domain${knows}.${remedy}`, misnamed: true }
}
