import type { ExpectedStep, Run } from '../../ports/facts.ts'
import type { Inventory } from '../../ports/vcf-words.ts'
import type { LogEntry } from '../facts.ts'
import { behind, expectedSteps, inWantedOrder } from '../inventory.ts'
import { unknownNames } from '../named-in-settings.ts'
import { notUpgradedHere } from '../other-products.ts'
import { learned, stopped } from '../outcome.ts'
import { networkSetting, vcenterInputs } from '../vcenter.ts'
import { foreignUpgrade } from './foreign.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** Looks at the domain before anything is changed: what runs there, what is to be done and what is not, and that nobody else is upgrading. */
export function survey({ vcf, now, settingsOf }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const foreign = foreignUpgrade(run, await vcf.upgrades())
    if (foreign) return stopped({ ...foreign, of: 'survey' }, now())
    const inventory = await vcf.inventory(domain.id)
    const settings = settingsOf(domain.name)
    const expected = inOrderOfEsx(expectedSteps(inventory, run.bom, domain.id), settings.esx.order)
    const personalities = Object.keys(settings.esx.images).length > 0 ? await vcf.personalities() : []
    const release = (await vcf.futureReleases(domain.id)).find(({ version }) => version === run.target)
    const needsNetwork = vcenterInputs(vcentersBehind(inventory, run), run.bom.VCENTER ?? '', settings.vcenterNetwork) === undefined
    return learned(
      (known) => ({ ...known, expected }),
      [
        ...lines('info', release ? notUpgradedHere(release.otherProducts, release.managedElsewhere) : []),
        ...lines('warning', unknownNames(domain.name, settings, inventory, personalities)),
        ...lines(
          'warning',
          needsNetwork ? [`vCenter will need a network of its own when its turn comes. ${networkSetting(domain.name)}`] : [],
        ),
      ],
    )
  }
}

function inOrderOfEsx(steps: readonly ExpectedStep[], order: readonly string[]): readonly ExpectedStep[] {
  const isEsx = ({ component }: ExpectedStep) => component === 'ESX_HOST'
  return [...steps.filter((step) => !isEsx(step)), ...inWantedOrder(steps.filter(isEsx), ({ resource }) => resource, order)]
}

function vcentersBehind({ vcenters }: Inventory, { bom }: Run): Inventory['vcenters'] {
  return bom.VCENTER === undefined ? [] : behind(vcenters, bom.VCENTER, 'VCENTER')
}

function lines(level: 'info' | 'warning', texts: readonly string[]): LogEntry[] {
  return texts.map((text) => ({ level, text }))
}
