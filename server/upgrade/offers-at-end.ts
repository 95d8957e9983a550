/** What SDDC Manager still offers when every step of a run is done. */
import type { Run } from '../ports/facts.ts'
import type { Upgradable } from '../ports/vcf-words.ts'
import { offerWords } from './nothing-offered.ts'
import { offeredAgain } from './offers.ts'
import { isOtherProduct } from './other-products.ts'

export interface OffersAtEnd {
  /** Sentences of what stands against the end. */
  readonly blocking: readonly string[]
  /** Sentences of what does not. */
  readonly others: readonly string[]
  /** Where Retry can do something about it. */
  readonly remedy?: string
}

/**
 * What is left to do of the four components, or is of a kind that nobody knows, stands against the end; what is over does not, and neither do products
 * that are not upgraded here (`api-facts.md` §9).
 */
export function offersAtEnd(offers: readonly Upgradable[], run: Run): OffersAtEnd {
  const open = offers.filter(({ over }) => !over)
  const isOther = ({ component, names }: Upgradable) => component === undefined && names.some(isOtherProduct)
  const against = open.filter((offer) => !isOther(offer))
  const again = offeredAgain(against, run)
  const isNew = against.some((offer) => offer.available && !again.includes(offer))
  return {
    blocking: against.map((offer) => `still offered${again.includes(offer) ? ' and not requested again' : ''}: ${offerWords(offer)}`),
    others: open.filter(isOther).map((offer) => `Also offered, and not upgraded here: ${offerWords(offer)}`),
    ...(isNew && { remedy: 'Something is offered that this run has not done: Retry goes on with it.' }),
  }
}
