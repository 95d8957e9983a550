/** Upgrades in SDDC Manager that this run did not start. VCF takes one at a time, so a person decides: to follow it here, or to wait for its end. */
import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { ExpectedStep, Forgotten, Run } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory, Upgrade } from '../../ports/vcf-words.ts'
import { wasRequested } from '../forgotten.ts'
import { clusterStep, instancesOf, instancesStep } from '../inventory.ts'
import type { Stop } from '../outcome.ts'
import { sentenceList, stepName } from '../words.ts'
import { attempt } from './attempt.ts'

/** One that has not ended, that this run neither started nor follows, and that nobody said to pass by. One that runs comes before one that is planned. */
export function foreignUpgrade(run: Pick<Run, 'steps' | 'confirmed'>, upgrades: readonly Upgrade[]): Upgrade | undefined {
  const ours = new Set(run.steps.flatMap(({ upgradeId, taskId }) => [upgradeId, taskId]))
  const open = upgrades.filter(
    ({ id, taskId, state, endedAt }) =>
      state === 'running' && endedAt === undefined && !ours.has(id) && !ours.has(taskId) && !run.confirmed?.includes(confirmsToPass(id)),
  )
  return open.find((upgrade) => standingOf(upgrade) === 'runs') ?? open[0]
}

type Standing = 'runs' | 'a draft' | 'scheduled' | 'unknown'

/** `Upgrade.status` has no list of words in the documents (`api-facts.md` §8.3); a draft or a schedule may stand for ever. */
function standingOf({ word }: Upgrade): Standing {
  const letters = word.toUpperCase().replace(/[^A-Z]/g, '')
  if (letters === 'DRAFT') return 'a draft'
  if (letters === 'SCHEDULED') return 'scheduled'
  return /INPROGRESS|^(PENDING|RUNNING|VALIDATING|STARTED)$/.test(letters) ? 'runs' : 'unknown'
}

/**
 * What of this domain an upgrade is for, judged by the version that its bundle brings. Empty: it is of another domain, of a component that is
 * not known here, or its bundle cannot be read.
 */
export async function worksOf(
  vcf: Vcf,
  { bundleId, resourceIds }: Upgrade,
  domain: DomainIdentity,
  inventory: Inventory,
  bom: Run['bom'],
): Promise<readonly ExpectedStep[]> {
  const bundle = await attempt(() => vcf.bundle(bundleId))
  const component = bundle?.component
  const to = component && (bundle.version ?? bom[component])
  if (component === undefined || to === undefined) return []
  const isFor = (ids: readonly { readonly id: string }[]) => ids.some(({ id }) => resourceIds.includes(id))
  if (component === 'ESX_HOST') {
    const all = resourceIds.includes(domain.id)
    return inventory.clusters.filter((cluster) => all || isFor([cluster, ...cluster.hosts])).map((cluster) => clusterStep(cluster, to))
  }
  const instances = instancesOf(inventory, component)
  return instances.length > 0 && isFor([domain, ...instances]) ? [instancesStep(inventory, component, instances, to, domain.id)] : []
}

/** What Retry confirms: that this run follows the upgrade. */
export function confirmsToFollow(id: string): string {
  return `to follow the upgrade ${id}`
}

/** What Retry confirms: that this run goes on beside the upgrade, which does not run. */
function confirmsToPass(id: string): string {
  return `to pass by the upgrade ${id}`
}

/** @param works of this domain; empty: it cannot be followed here */
export function foreignStop(upgrade: Upgrade, works: readonly ExpectedStep[], of: 'plan' | 'survey', forgotten?: Forgotten): Stop {
  const { bundleId, word, id } = upgrade
  const standing = standingOf(upgrade)
  const stop = { kind: 'operator', of, reason: 'foreign upgrade' } as const
  const untouched = 'Cancel ends this run; it does not touch that upgrade.'
  const what = works.length > 0 ? sentenceList(works.map(stepName)) : `bundle ${bundleId}, not of this domain`
  if (standing === 'a draft') {
    return {
      ...stop,
      text: `SDDC Manager keeps the draft of an upgrade that was not made here (${what}).`,
      remediation: `Remove the draft in SDDC Manager if nobody needs it. Retry goes on and leaves the draft alone; nobody should start it while this run lasts. ${untouched}`,
      confirms: confirmsToPass(id),
    }
  }
  if (standing === 'scheduled') {
    return {
      ...stop,
      text: `SDDC Manager has an upgrade in its schedule that was not started here (${what}); it would begin in the middle of this run.`,
      remediation: `Cancel its schedule in SDDC Manager, or wait until it has run; then press Retry. ${untouched}`,
    }
  }
  if (works.length === 0 && standing === 'unknown') {
    return {
      ...stop,
      text: `SDDC Manager lists an upgrade that was not started here and is not of this domain (bundle ${bundleId}), with the status ${word}, which this server does not know: whether it runs cannot be told.`,
      remediation: `Look in SDDC Manager whether it runs. When it has ended, press Retry: that confirms it, and the run goes on. ${untouched}`,
      confirms: confirmsToPass(id),
    }
  }
  if (works.length === 0) {
    return {
      ...stop,
      text: `SDDC Manager is running an upgrade that was not started here and is not of this domain (bundle ${bundleId}, status ${word}).`,
      remediation: `Wait in SDDC Manager until it has ended, then press Retry. ${untouched}`,
    }
  }
  return {
    ...stop,
    text: `SDDC Manager is upgrading ${sentenceList(works.map(stepName))}, which ${wasRequested(forgotten, works) ? 'the forgotten run had requested' : 'was not started here'} (status ${word}).`,
    remediation: `Press Retry to follow it to its end: it is not requested again, and its versions have to be proven like all others. ${untouched}`,
    confirms: confirmsToFollow(id),
  }
}
