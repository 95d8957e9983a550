import { components, type DomainIdentity } from '../../../shared/upgrade.ts'
import type { DomainSettings } from '../../ports/domain-settings.ts'
import type { ExpectedStep } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory, Release } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { behind, clustersBehind, inWantedOrder } from '../inventory.ts'
import { unknownNames } from '../named-in-settings.ts'
import { notUpgradedHere } from '../other-products.ts'
import { neverListed } from '../proof.ts'
import { networkSetting, vcenterInputs } from '../vcenter.ts'
import { hasReached } from '../versions.ts'
import { componentNames, sentenceList } from '../words.ts'

/** What a person should know at the start of what comes later: products that are left alone, names in the settings that fit nothing, a network that will be needed. */
export async function outlook(
  vcf: Vcf,
  domain: DomainIdentity,
  release: Release,
  inventory: Inventory,
  settings: DomainSettings,
): Promise<readonly LogEntry[]> {
  const personalities = Object.keys(settings.esx.images).length > 0 ? await vcf.personalities() : []
  const needsNetwork = vcenterInputs(vcentersBehind(inventory, release), release.bom.VCENTER ?? '', settings.vcenterNetwork) === undefined
  const network = `vCenter will need a network of its own when its turn comes. ${networkSetting(domain.name)}`
  const bound = { release, inventory, domain }
  return [
    ...lines('info', notUpgradedHere(release.otherProducts, release.managedElsewhere)),
    ...lines('warning', unknownNames(domain.name, settings, inventory, personalities)),
    ...lines('warning', needsNetwork ? [network] : []),
    ...lines('warning', notListed(bound)),
    ...lines('warning', withoutImage(bound)),
  ]
}

export function inOrderOfEsx(steps: readonly ExpectedStep[], order: readonly string[]): readonly ExpectedStep[] {
  const isEsx = ({ component }: ExpectedStep) => component === 'ESX_HOST'
  return [...steps.filter((step) => !isEsx(step)), ...inWantedOrder(steps.filter(isEsx), ({ resource }) => resource, order)]
}

export function lines(level: LogEntry['level'], texts: readonly string[]): LogEntry[] {
  return texts.map((text) => ({ level, text }))
}

function vcentersBehind({ vcenters }: Inventory, { bom }: Release): Inventory['vcenters'] {
  return bom.VCENTER === undefined ? [] : behind(vcenters, bom.VCENTER, 'VCENTER')
}

interface Bound {
  readonly release: Release
  readonly inventory: Inventory
  readonly domain: DomainIdentity
}

/** What the release brings and SDDC Manager does not list: it is neither upgraded nor proven. */
function notListed({ release: { bom }, inventory, domain }: Bound): readonly string[] {
  const gaps = components.flatMap((component) => {
    if (bom[component] === undefined) return []
    if (component === 'NSX_T_MANAGER' && inventory.nsx.length === 0)
      return [
        `SDDC Manager lists no NSX for ${domain.name}. Where it has one all the same, that is neither upgraded nor proven by this run.`,
      ]
    return neverListed(inventory, component, domain).map(
      (gap) => `${componentNames[component]}: ${gap} in SDDC Manager. The run cannot end in success while that is so.`,
    )
  })
  return gaps
}

/** vSphere 9 knows images only (`api-facts.md` §13): better said before anything is upgraded than when the turn of a cluster comes. */
function withoutImage({ release: { bom }, inventory }: Bound): readonly string[] {
  const to = bom.ESX_HOST
  if (to === undefined || !hasReached(to, '9.0')) return []
  const names = clustersBehind(inventory, to)
    .filter(({ imageBased }) => !imageBased)
    .map(({ name }) => name)
  if (names.length === 0) return []
  return [
    `ESX ${to} knows clusters with an image only, and ${sentenceList(names)} ${names.length === 1 ? 'is' : 'are'} managed by baselines. The run will stop before the hosts of it, after SDDC Manager, NSX and vCenter. In vCenter, change it to being managed by a single image before they are upgraded.`,
  ]
}
