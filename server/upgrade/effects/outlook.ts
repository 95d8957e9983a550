import type { DomainIdentity } from '../../../shared/upgrade.ts'
import type { DomainSettings } from '../../ports/domain-settings.ts'
import type { ExpectedStep } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'
import type { Inventory, Release } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { behind, inWantedOrder } from '../inventory.ts'
import { unknownNames } from '../named-in-settings.ts'
import { notUpgradedHere } from '../other-products.ts'
import { networkSetting, vcenterInputs } from '../vcenter.ts'

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
  return [
    ...lines('info', notUpgradedHere(release.otherProducts, release.managedElsewhere)),
    ...lines('warning', unknownNames(domain.name, settings, inventory, personalities)),
    ...lines('warning', needsNetwork ? [network] : []),
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
