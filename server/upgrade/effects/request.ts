import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../../ports/facts.ts'
import type { UpgradeRequest } from '../../ports/upgrade-request.ts'
import { withLastStep } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { chooseImage } from '../images.ts'
import { learned, type Outcome, stopped } from '../outcome.ts'
import { stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

export type MissingImage = { readonly missingImage: NonNullable<Run['waitsForImage']> }

/** All that `POST /v1/upgrades` needs for this step (`api-facts.md` §8.5), read before anything is recorded or sent. */
export async function buildRequest(
  { vcf, settingsOf }: EffectDependencies,
  domain: DomainIdentity,
  step: ExpectedStep,
  bundleId: string,
): Promise<UpgradeRequest | MissingImage> {
  const { component } = step
  const request = { component, bundleId, resource: { type: 'DOMAIN', id: domain.id } } as const
  if (component === 'SDDC_MANAGER') return request
  if (component === 'NSX_T_MANAGER') {
    const { managerId, hostClusters, edgeClusters } = await vcf.nsxPlan(domain.id, bundleId)
    const nsx = { managerId, hostClusterIds: hostClusters.map(({ id }) => id), edgeClusterIds: edgeClusters.map(({ id }) => id) }
    return { ...request, nsx }
  }
  const inventory = await vcf.inventory(domain.id)
  if (component === 'VCENTER') return { ...request, vcenters: inventory.vcenters.map(({ id }) => ({ id, mechanism: 'InPlace' as const })) }
  const cluster = { component, bundleId, resource: { type: 'CLUSTER', id: step.resourceId } } as const
  if (!inventory.clusters.find(({ id }) => id === step.resourceId)?.imageBased) return cluster
  const choice = chooseImage(step, await vcf.personalities(), settingsOf(domain.name).esx.images[step.resource])
  return 'missing' in choice ? { missingImage: choice.missing } : { ...cluster, personalityId: choice.image.id }
}

/**
 * Sends the one request that cannot be repeated. It was recorded before. Accepted: the id is learnt. Refused: the attempt has failed.
 * No answer: thrown on, and the chart looks for it.
 */
export function startUpgrade({ vcf, now }: EffectDependencies): Effect {
  return async ({ run }) => {
    const step = run.steps.at(-1)!
    try {
      const upgradeId = await vcf.startUpgrade(step.request)
      const learn = (known: Run) => withLastStep(known, (open) => ({ ...open, upgradeId, startedAt: now() }))
      return learned(learn, [{ level: 'info', text: `${stepName(step)}: upgrade from ${step.from} to ${step.to} requested and accepted` }])
    } catch (error) {
      if (isVcfFailure(error) && error.nothingSent) return notSent(error)
      if (isVcfFailure(error) && (error.kind === 'refused' || error.kind === 'missing')) return refused(error)
      throw error
    }

    /** The read before it failed: the record of the request is taken back, for nothing left. */
    function notSent(error: Error): Outcome {
      return {
        learn: (known) => withLastStep(known, ({ requestedAt: _, ...open }) => open),
        log: [{ level: 'warning', text: `${stepName(step)}: not requested yet, SDDC Manager could not be read: ${error.message}` }],
        again: true,
        waitsFor: 'SDDC Manager to answer before the upgrade is requested',
      }
    }

    function refused(error: Error & { readonly remediation?: string; readonly reference?: string }): Outcome {
      const failure = {
        text: error.message,
        ...(error.remediation && { remediation: error.remediation }),
        ...(error.reference && { reference: error.reference }),
      }
      return stopped(
        {
          kind: 'failed',
          of: 'step',
          reason: 'refused by VCF',
          ...failure,
          text: `${stepName(step)}: SDDC Manager refused the upgrade: ${error.message}`,
        },
        now(),
        (known) => withLastStep(known, (open) => ({ ...open, outcome: 'failed', finishedAt: now(), failure })),
      )
    }
  }
}
