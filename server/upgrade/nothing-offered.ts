/** Why the run cannot go on although something is behind, in words that a person can act on. */
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { Run } from '../ports/facts.ts'
import type { Upgradable } from '../ports/vcf-words.ts'
import type { Found } from './inventory.ts'
import { offeredAgain } from './offers.ts'
import { productName } from './other-products.ts'
import { type Outcome, unproven } from './outcome.ts'
import { type MissingProof, missingProof } from './proof.ts'
import { componentNames, named, sentenceList } from './words.ts'

/** SDDC Manager owes an offer: waited for as long as proof is, then a person reads what is behind and why it may not be offered. */
export function nothingOffered(offers: readonly Upgradable[], inventory: Found, run: Run, domain: Pick<DomainIdentity, 'type'>): Outcome {
  const missing = missingProof(inventory, run, domain)
  const again = offeredAgain(offers, run)
  const seen = offers.filter((offer) => !again.includes(offer)).map(offerWords)
  const waitsFor = [
    `SDDC Manager offers nothing${seen.length > 0 ? ` that can be started (${named(seen)})` : ''}, but not at target: ${named(
      missing.map(({ text }) => text),
      '; ',
    )}`,
    ...again.map((offer) => `${offerName(offer)} is offered again after its success; it is not requested again`),
  ].join('. ')
  return unproven(waitsFor, undefined, remedy(missing))
}

/** `ESX PENDING: a host is disconnected`. */
export function offerWords(offer: Upgradable): string {
  return `${offerName(offer)} ${offer.word}${offer.errors.length > 0 ? `: ${offer.errors.join('; ')}` : ''}`
}

/** As a person says it, also of products that are not upgraded here. */
function offerName({ component, names }: Upgradable): string {
  if (component) return componentNames[component]
  return names.map(productName).find((name, at) => name !== names[at]) ?? names.join(' ')
}

function remedy(late: readonly MissingProof[]): string {
  const [first] = late
  if (first?.listed === false)
    return 'Look in SDDC Manager why its inventory does not list them. What is not listed is not proven, and the run does not end without proof.'
  if (first?.component === 'ESX_HOST') {
    return 'SDDC Manager offers no ESX bundle for hosts whose build it does not know, such as one from a vendor’s ISO: compare the builds named here with those of the release, and bring odd hosts to a build that it knows.'
  }
  return `Look in SDDC Manager, on the domain’s page of updates, why nothing is offered for ${sentenceList(late.map(({ component }) => componentNames[component]))}.`
}
