import { ok, type Route } from '../answer.ts'
import type { BundleState } from '../world/bundles.ts'
import type { DomainState } from '../world/estate.ts'
import { Refusal } from '../world/refusal.ts'
import type { World } from '../world/world.ts'
import { domainNamed } from './domain-named.ts'
import { domainReference } from './domain-wire.ts'

/** 9.x tells before an upgrade what stands against it: resource by resource, guardrail by guardrail. */
export function previewRoutes(world: World): readonly Route[] {
  const { bundles, estate, offers, faults } = world

  return [
    {
      ...{ method: 'GET', path: '/v1/upgrades/preview', only: '9.0.2' },
      answer({ query }) {
        const bundleId = query.get('bundleId')
        if (!bundleId) throw new Refusal(400, { code: 'BUNDLE_ID_MISSING', message: 'The query parameter bundleId is missing.' })
        const bundle = bundles.named(bundleId)
        const domain = bundle.component === 'SDDC_MANAGER' ? estate.domains[0]! : domainNamed(estate, query.get('domainId') ?? undefined)
        return ok(previewWire(bundle, domain))
      },
    },
  ]

  function previewWire(bundle: BundleState, domain: DomainState) {
    const struck = bundle.component ? faults.ofPreview(bundle.component, domain.name) : []
    const guardrails = [
      guardrail('BundleDownloaded', 'The bundle is downloaded.', bundle.downloadStatus === 'SUCCESSFUL'),
      guardrail(
        'UpgradeOrder',
        'Nothing has to be upgraded before.',
        offers.of(domain).some((offer) => offer.bundle.id === bundle.id),
      ),
      ...struck.map(({ guardrail: name, message }) => guardrail(name, message, false)),
    ]
    const status = guardrails.every((one) => one.status === 'PASSED') ? 'ELIGIBLE' : 'NOT_ELIGIBLE'
    const clusters = bundle.component === 'ESX_HOST' ? domain.clusters : []
    return {
      bundle: { id: bundle.id },
      domain: domainReference(domain),
      resourceMapper: Object.fromEntries(clusters.map(({ id }) => [id, domain.id])),
      upgradeItems: resourcesOf(bundle, domain).map((resourceId) => ({
        resourceId,
        bundleComponentType: bundle.contents.at(-1),
        upgradeEligibility: { status, details: guardrails },
      })),
    }
  }

  function resourcesOf({ component }: BundleState, { nsx, vcenters, clusters }: DomainState): readonly string[] {
    if (component === 'SDDC_MANAGER') return [estate.sddcManager.id]
    if (component === 'NSX_T_MANAGER') return [nsx.id]
    return (component === 'VCENTER' ? vcenters : clusters).map(({ id }) => id)
  }
}

function guardrail(name: string, description: string, passed: boolean) {
  return {
    name,
    description,
    status: passed ? 'PASSED' : 'FAILED',
    ...(!passed && { reasonCode: `${name}.reason`, remediationCode: `${name}.remedy` }),
  }
}
