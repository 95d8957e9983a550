/** What VCF may offer or list beside the four components that are upgraded here. */
import type { Dialect, Upgradable } from '../ports/vcf-words.ts'
import type { Stop } from './outcome.ts'
import { sentenceList } from './words.ts'

interface Product {
  readonly name: string
  /** Where it is upgraded, as the end of a sentence; on 9.x where that is elsewhere. */
  readonly where: string
  readonly where9?: string
}

const inAria = 'Aria Suite Lifecycle upgrades it, after Aria Suite Lifecycle itself'
const inFleet = 'VCF Operations upgrades it, in its fleet management'

/** By the words that VCF uses in its names (`api-facts.md` §1). */
const products: readonly (readonly [words: RegExp, product: Product])[] = [
  [
    /VRSLCM|ARIA_?LIFECYCLE/,
    {
      name: 'Aria Suite Lifecycle',
      where: "SDDC Manager upgrades it from its own user interface, on the management domain's page of updates",
      where9: inFleet,
    },
  ],
  [/VRA(_|$)|ARIA_?AUTOMATION/, { name: 'Aria Automation', where: inAria, where9: inFleet }],
  [/VRLI|ARIA_?OPERATIONS_?(FOR_?)?LOGS/, { name: 'Aria Operations for Logs', where: inAria, where9: inFleet }],
  [/VROPS|ARIA_?OPERATIONS/, { name: 'Aria Operations', where: inAria, where9: inFleet }],
  [
    /NSX_?ALB|AVI(_|$)/,
    {
      name: 'Avi Load Balancer (NSX Advanced Load Balancer)',
      where: 'its own controller upgrades it; it must be at a version that goes with the new NSX before NSX is upgraded',
    },
  ],
  [/(^|_)PSC(_|$)/, { name: 'Platform Services Controller', where: 'it is upgraded together with vCenter in SDDC Manager' }],
]

/** `Aria Operations` for `VCF_VROPS_UPGRADE`; a name that is not known as it is. */
export function productName(name: string): string {
  return find(name)?.name ?? name
}

/** Whether it is a product that is known and not upgraded here. */
export function isOtherProduct(name: string): boolean {
  return find(name) !== undefined
}

function find(name: string): Product | undefined {
  const word = name
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_')
  return products.find(([words]) => words.test(word))?.[1]
}

/** An offer of something that is not upgraded here: what it is and where a person upgrades it. */
export function unknownOffer({ names, bundleId, word }: Upgradable, dialect: Dialect | undefined): Stop {
  const product = names.map(find).find((known) => known !== undefined)
  const vcfNames = `${names.join(', ') || 'no name'}, bundle ${bundleId}, ${word}`
  const where = (dialect === '9.x' && product?.where9) || product?.where
  return {
    kind: 'operator',
    of: 'plan',
    reason: product ? 'not upgraded here' : 'unknown component',
    text: product
      ? `SDDC Manager offers an upgrade of ${product.name} (${vcfNames}), which this server does not do.`
      : `SDDC Manager offers an upgrade of a kind that this server does not know (${vcfNames}).`,
    remediation: where
      ? `${where[0]!.toUpperCase()}${where.slice(1)}. Do it there, then press Retry: the run goes on with what is left.`
      : 'Do that upgrade in SDDC Manager, then press Retry: the run goes on with what is left.',
  }
}

/** What the release has beside the four components, as log lines: whose work each is. */
export function notUpgradedHere(otherProducts: readonly string[], managedElsewhere: readonly string[]): readonly string[] {
  const fleet = managedElsewhere.map(productName)
  const rest = otherProducts.filter((name) => !managedElsewhere.includes(name)).map(productName)
  const line = (where: string, names: readonly string[]) =>
    names.length > 0 ? [`${where}, not in this run: ${sentenceList([...new Set(names)])}.`] : []
  return [...line('Upgraded by fleet management in VCF Operations', fleet), ...line('Upgraded in SDDC Manager or by its own means', rest)]
}
