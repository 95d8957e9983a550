import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { ExpectedStep, Run } from '../../ports/facts.ts'
import type { Inventory, Upgradable, Upgrade } from '../../ports/vcf-words.ts'
import { clusterStep, clustersBehind, expectedSteps, missingProof } from '../inventory.ts'
import { learned, type Outcome, type Stop, stopped, unproven } from '../outcome.ts'
import { componentNames, sentenceList } from '../words.ts'
import { foreignUpgrade } from './foreign.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { buildRequest } from './request.ts'

interface Candidate {
  readonly offer: Upgradable
  readonly step: ExpectedStep
}

/** Reads what VCF offers now and opens the next step. Asked anew after each component: VCF shows one step at a time. */
export function planNextStep(dependencies: EffectDependencies): Effect {
  const { vcf, now } = dependencies
  return async ({ domain, run }) => {
    const upgrades = await vcf.upgrades()
    const foreign = foreignUpgrade(run, upgrades)
    if (foreign) return stopped({ ...foreign, of: 'plan' }, now())
    const offers = await vcf.upgradables(domain, run.target)
    const unknown = offers.find(({ available, component }) => available && component === undefined)
    if (unknown) return stopped(unknownComponent(unknown), now())
    const inventory = await vcf.inventory(domain.id)
    const next = candidates(offers, inventory, run, domain)[0]
    if (!next) return nothingToDo(offers, inventory, run, now())
    return open(dependencies, domain, run, next, upgrades)
  }
}

async function open(
  dependencies: EffectDependencies,
  domain: DomainIdentity,
  run: Run,
  { offer, step }: Candidate,
  upgrades: readonly Upgrade[],
): Promise<Outcome> {
  const { vcf } = dependencies
  const { bundleId } = offer
  if ((await vcf.bundle(bundleId)).state !== 'downloaded') {
    const others = run.bundles.filter(({ id }) => id !== bundleId)
    const text = `${componentNames[step.component]} needs a bundle that is not downloaded yet`
    return learned((known) => ({ ...known, bundles: [...others, { id: bundleId }] }), [{ level: 'info', text }])
  }
  const request = await buildRequest(dependencies, domain, step, bundleId)
  if ('missingImage' in request) {
    const { missingImage } = request
    const told = run.waitsForImage?.text === missingImage.text
    return {
      learn: (known) => ({ ...known, waitsForImage: missingImage }),
      log: told ? [] : [{ level: 'warning', text: missingImage.text, details: [missingImage.remediation] }],
      again: false,
    }
  }
  const attempt = 1 + run.steps.filter(({ component, resourceId }) => component === step.component && resourceId === step.resourceId).length
  const before = upgrades.filter((upgrade) => upgrade.bundleId === bundleId).map(({ id }) => id)
  return learned(({ waitsForImage: _, ...known }) => ({ ...known, steps: [...known.steps, { ...step, request, before, attempt }] }))
}

/** SDDC Manager first, then in VCF's order. What this run has done already is never asked for again, though VCF may still list it. */
function candidates(offers: readonly Upgradable[], inventory: Inventory, run: Run, domain: DomainIdentity): readonly Candidate[] {
  const available = offers.filter(({ available }) => available)
  const ordered = [
    ...available.filter(({ component }) => component === 'SDDC_MANAGER'),
    ...available.filter(({ component }) => component !== 'SDDC_MANAGER'),
  ]
  return ordered
    .flatMap((offer) => stepsOf(offer, inventory, run, domain).map((step) => ({ offer, step })))
    .filter(
      ({ offer, step }) =>
        !run.steps.some(
          (done) => done.outcome === 'done' && done.request.bundleId === offer.bundleId && done.resourceId === step.resourceId,
        ),
    )
}

function stepsOf(offer: Upgradable, inventory: Inventory, run: Run, domain: DomainIdentity): readonly ExpectedStep[] {
  const component = offer.component!
  const to = run.bom[component]
  if (component === 'ESX_HOST') {
    if (to === undefined) return []
    const clusters = clustersBehind(inventory, to).map((cluster) => clusterStep(cluster, to))
    return offer.resourceType === 'CLUSTER' ? clusters.filter(({ resourceId }) => resourceId === offer.resourceId) : clusters
  }
  const expected = expectedSteps(inventory, run.bom, domain.id).find((step) => step.component === component)
  return expected ? [expected] : [alreadyThere(offer, inventory, run, domain)]
}

/** Offered although it is at its target: SDDC Manager's configuration drift bundle comes this way. */
function alreadyThere(offer: Upgradable, inventory: Inventory, run: Run, domain: DomainIdentity): ExpectedStep {
  const component = offer.component!
  const instances = component === 'SDDC_MANAGER' ? inventory.sddcManagers : component === 'VCENTER' ? inventory.vcenters : inventory.nsx
  const version = run.bom[component] ?? instances[0]?.version ?? ''
  const resource = sentenceList(instances.map(({ name }) => name)) || domain.name
  return { component, resource, resourceId: domain.id, from: instances[0]?.version ?? version, to: version }
}

/** Nothing can be requested: the end when all is proven, else VCF owes us an offer. */
function nothingToDo(offers: readonly Upgradable[], inventory: Inventory, run: Run, at: number): Outcome {
  const missing = missingProof(inventory, run.bom)
  if (missing.length === 0)
    return learned((known) => ({ ...known, noStepLeftAt: at }), [{ level: 'ok', text: 'All components are at their target versions' }])
  const seen = offers.map(({ component, names, word }) => `${component ? componentNames[component] : names.join(' ')} ${word}`)
  return unproven(
    `SDDC Manager offers nothing${seen.length > 0 ? ` that can be started (${seen.join(', ')})` : ''}, but not at target: ${missing.join('; ')}`,
  )
}

function unknownComponent({ names, bundleId, word }: Upgradable): Stop {
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'unknown component',
    text: `SDDC Manager offers an upgrade of a kind that this server does not know: ${names.join(', ') || 'no name'} (bundle ${bundleId}, ${word}).`,
    remediation: 'Do that upgrade in SDDC Manager, then press Retry: the run goes on with what is left.',
  }
}
