import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { Inventory, Upgradable, Upgrade } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { isVcfFailure } from '../failure.ts'
import { requestedBefore } from '../forgotten.ts'
import { type Found, isSameWork } from '../inventory.ts'
import { nothingOffered } from '../nothing-offered.ts'
import { type Candidate, candidates } from '../offers.ts'
import { unknownOffer } from '../other-products.ts'
import { learned, type Outcome, type Stop, stopped } from '../outcome.ts'
import { exceptParts, missingProof } from '../proof.ts'
import { componentNames, stepName } from '../words.ts'
import { buildRequest } from './build-request.ts'
import { nextToFollow } from './follow.ts'
import { foreignStop, foreignUpgrade, worksOf } from './foreign.ts'
import type { Effect, EffectDependencies } from './port.ts'
import { wholeInventory } from './whole-inventory.ts'

/** Reads what VCF offers now and opens the next step. Asked anew after each component: VCF shows one step at a time. */
export function planNextStep(dependencies: EffectDependencies): Effect {
  const { vcf, now, settingsOf } = dependencies
  return async (subject) => {
    const { domain, run, forgotten } = subject
    const upgrades = await vcf.upgrades()
    const followed = await nextToFollow(vcf, subject, upgrades, () => vcf.inventory(domain.id), now())
    if (followed) return learned((known) => ({ ...withoutImage(known), steps: [...known.steps, followed.step] }), followed.log)
    const foreign = foreignUpgrade(run, upgrades)
    if (foreign) {
      const works = await worksOf(vcf, foreign, domain, await vcf.inventory(domain.id), run.bom)
      return stopped(foreignStop(foreign, works, 'plan', forgotten), now(), withoutImage)
    }
    const offers = await vcf.upgradables(domain, run.target)
    const unknown = offers.find(({ available, component }) => available && component === undefined)
    if (unknown) return stopped(unknownOffer(unknown, (await vcf.system()).dialect), now(), withoutImage)
    const inventory = await wholeInventory(vcf, domain, run, offers.find(({ component }) => component === 'NSX_T_MANAGER')?.bundleId)
    const next = candidates({ domain, run, offers, inventory, upgrades, order: settingsOf(domain.name).esx.order })[0]
    const asked = next && requestedBefore(forgotten, run, next.step)
    if (asked) return stopped(asked, now(), withoutImage)
    if (next) return open(dependencies, domain, run, next, inventory, upgrades)
    return nothingToDo(offers, inventory, run, domain, now())
  }
}

async function open(
  dependencies: EffectDependencies,
  domain: DomainIdentity,
  run: Run,
  { offer, step }: Candidate,
  inventory: Inventory,
  upgrades: readonly Upgrade[],
): Promise<Outcome> {
  const { vcf, now } = dependencies
  const { bundleId } = offer
  if ((await vcf.bundle(bundleId)).state !== 'downloaded') {
    const others = run.bundles.filter(({ id }) => id !== bundleId)
    const text = `${componentNames[step.component]} needs a bundle that is not downloaded yet`
    return learned((known) => ({ ...withoutImage(known), bundles: [...others, { id: bundleId }] }), [{ level: 'info', text }])
  }
  const built = await buildRequest(dependencies, { domain, run }, step, bundleId, inventory)
  if ('stop' in built) return stopped(built.stop, now(), withoutImage)
  if ('missingImage' in built) return waitForImage(run, built.missingImage)
  const guard = await guardrails(dependencies, domain, bundleId, stepName(step))
  if (guard.stop) return stopped(guard.stop, now(), withoutImage)
  const { request, hosts, log } = built
  const attempt = 1 + run.steps.filter((one) => isSameWork(one, step)).length
  const before = upgrades.filter((upgrade) => upgrade.bundleId === bundleId).map(({ id }) => id)
  const opened = { ...step, ...(hosts !== undefined && { hosts }), request, before, attempt }
  return learned((known) => ({ ...withoutImage(known), steps: [...known.steps, opened] }), [...log, ...guard.log])
}

function waitForImage(run: Run, missingImage: NonNullable<Run['waitsForImage']>): Outcome {
  const told = run.waitsForImage?.text === missingImage.text
  return learned(
    (known) => ({ ...known, waitsForImage: missingImage }),
    told ? [] : [{ level: 'warning', text: missingImage.text, details: [missingImage.remediation] }],
  )
}

const withoutImage = ({ waitsForImage: _, ...run }: Run): Run => run

/** What SDDC Manager itself has against this upgrade, asked before it is requested. Where it cannot be asked, the request will be judged all the same. */
async function guardrails(
  { vcf }: EffectDependencies,
  domain: DomainIdentity,
  bundleId: string,
  what: string,
): Promise<{ stop?: Stop; log: LogEntry[] }> {
  try {
    const failed = await vcf.failedGuardrails(domain.id, bundleId)
    if (!failed || failed.length === 0) return { log: [] }
    return {
      stop: guarded(
        what,
        failed.map(({ name, text }) => (text ? `${name}: ${text}` : name)),
      ),
      log: [],
    }
  } catch (error) {
    if (!isVcfFailure(error) || (error.kind !== 'refused' && error.kind !== 'missing')) throw error
    return { log: [{ level: 'warning', text: `${what}: SDDC Manager gives no preview of the upgrade: ${error.message}` }] }
  }
}

function guarded(what: string, texts: readonly string[]): Stop {
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'guardrails not passed',
    text: `${what}: SDDC Manager calls the upgrade not ready: ${texts.join('; ')}. Nothing was requested.`,
    remediation: 'Mend what it names, then press Retry: it is asked again before anything is requested.',
  }
}

/** Nothing can be requested: the end when all is proven, else VCF owes us an offer. */
function nothingToDo(offers: readonly Upgradable[], inventory: Found, run: Run, domain: DomainIdentity, at: number): Outcome {
  if (missingProof(inventory, run, domain).length > 0) return nothingOffered(offers, inventory, run, domain)
  return learned(
    (known) => ({ ...withoutImage(known), noStepLeftAt: at }),
    [{ level: 'ok', text: `All components are at their target versions${exceptParts(inventory, run)}` }],
  )
}
