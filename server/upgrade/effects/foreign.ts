/** Upgrades in SDDC Manager that this run did not start. VCF takes one at a time, so a person decides: to follow it here, or to wait for its end. */
import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory, Upgrade } from '../../ports/vcf-words.ts'
import { clusterStep, instancesOf, instancesStep } from '../inventory.ts'
import type { Stop } from '../outcome.ts'
import { sentenceList, stepName } from '../words.ts'
import { attempt } from './attempt.ts'

/** One that runs and that this run neither started nor follows. */
export function foreignUpgrade(run: Pick<Run, 'steps'>, upgrades: readonly Upgrade[]): Upgrade | undefined {
  const ours = new Set(run.steps.flatMap(({ upgradeId, taskId }) => [upgradeId, taskId]))
  return upgrades.find(({ id, taskId, state }) => state === 'running' && !ours.has(id) && !ours.has(taskId))
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

/** @param works of this domain; empty: it cannot be followed here */
export function foreignStop({ bundleId, word, id }: Upgrade, works: readonly ExpectedStep[], of: 'plan' | 'survey'): Stop {
  const stop = { kind: 'operator', of, reason: 'foreign upgrade' } as const
  const untouched = 'Cancel ends this run; it does not touch that upgrade.'
  if (works.length === 0) {
    return {
      ...stop,
      text: `SDDC Manager is running an upgrade that was not started here and is not of this domain (bundle ${bundleId}, status ${word}).`,
      remediation: `Wait in SDDC Manager until it has ended, then press Retry. ${untouched}`,
    }
  }
  return {
    ...stop,
    text: `SDDC Manager is upgrading ${sentenceList(works.map(stepName))}, which was not started here (status ${word}).`,
    remediation: `Press Retry to follow it to its end: it is not requested again, and its versions have to be proven like all others. ${untouched}`,
    confirms: confirmsToFollow(id),
  }
}
