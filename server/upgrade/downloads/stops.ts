/** Why a run stops at its bundles, in words for a person. */
import type { BundleFact } from '../../ports/facts.ts'
import type { Depot, FailureText } from '../../ports/vcf-words.ts'
import type { Stop } from '../outcome.ts'
import { count } from '../words.ts'
import { orderLineOf, titleOf } from './bundle-facts.ts'
import { depotTrouble } from './depot.ts'

export function recalled(bundle: BundleFact): Stop {
  return {
    kind: 'failed',
    of: 'downloads',
    reason: 'bundle recalled',
    text: `${titleOf(bundle)} was recalled by its vendor and cannot be used.`,
    remediation:
      'Press Cancel, then start anew when SDDC Manager offers another release; the setting "target" of the domain can name it. Retry looks whether the bundle is back.',
  }
}

/** @param failure VCF's words, of the download's task or of its refusal */
export function failed(bundle: BundleFact, failure: FailureText | undefined, depot: Depot | undefined): Stop {
  const cause = depot && depotTrouble(depot)
  const why = failure ? `: ${failure.text}` : ` (status ${bundle.word ?? 'unknown'})`
  // VCF says what to get, the depot's own trouble where to enter it; that ends with Retry.
  const remedies = [failure?.remediation, cause?.remediation ?? (failure?.remediation && 'Then press Retry.')].filter(Boolean)
  return {
    kind: 'failed',
    of: 'downloads',
    reason: 'download failed',
    text: [`The download of ${titleOf(bundle)} failed${why}`, cause?.text].filter((part) => part !== undefined).join(' '),
    remediation: remedies.join(' ') || 'Check the depot settings and the disk space of SDDC Manager, then press Retry.',
    ...(failure?.reference && { reference: failure.reference }),
  }
}

/** Everything that has to be fetched by other means, at once: nobody wants to walk to the depot four times. */
export function toBeFetched(bundles: readonly BundleFact[], depot: Depot | undefined): Stop {
  const where = places[depot?.kind ?? 'online']
  const list = bundles.map(orderLineOf).join('; ')
  return {
    kind: 'failed',
    of: 'downloads',
    reason: 'bundles missing',
    text: `${where.text(`${count(bundles.length, 'bundle')} of this release`)}: ${list}`,
    remediation: where.remediation,
  }
}

const places: Readonly<Record<Depot['kind'], { readonly text: (bundles: string) => string; readonly remediation: string }>> = {
  offline: {
    text: (bundles) => `The offline depot does not give ${bundles}`,
    remediation: "Fetch them with the vendor's download tool where there is a way out, put them into the offline depot, then press Retry.",
  },
  none: {
    text: (bundles) => `SDDC Manager has no depot, and misses ${bundles}`,
    remediation:
      "Enter a depot in SDDC Manager under Administration, Depot Settings, or fetch them with the vendor's download tool and upload them to SDDC Manager; then press Retry.",
  },
  online: {
    text: (bundles) => `SDDC Manager does not know ${bundles}`,
    remediation: 'Let SDDC Manager synchronise with its depot, or upload them to it; then press Retry.',
  },
}
