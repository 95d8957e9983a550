import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Vcf } from '../ports/vcf.ts'
import { type Asked, type Detection, detect } from '../upgrade/detection.ts'
import { openRun } from '../upgrade/facts.ts'
import { settingHolds } from '../upgrade/target-choice.ts'
import type { Domain } from './domain.ts'
import type { FleetLog } from './fleet-log.ts'

export interface OfferDependencies {
  readonly vcf: Vcf
  readonly domains: ReadonlyMap<string, Domain>
  readonly settingsOf: (domainName: string) => DomainSettings
  /** Target releases are chosen in Home Assistant; where there is nothing to choose them with, none that was chosen before holds. */
  readonly isTargetChosen: boolean
}

export interface Offers {
  /** Reads what SDDC Manager offers for a domain and shows it there. That is of no interest while a run is open; it follows its own target. */
  detectOne(domain: Domain): Promise<void>
  /** Reads what it would offer with this choice and shows nothing. */
  tryTarget(domain: Domain, chosen: Asked['chosen']): Promise<Detection>
}

const hidden = 'The entities come without MQTT now, where no target release can be chosen'

export function offersFor({ vcf, domains, settingsOf, isTargetChosen }: OfferDependencies): Offers {
  const settingOf = (domain: Domain) => settingsOf(domain.identity().name).target

  function tryTarget(domain: Domain, chosen: Asked['chosen']): Promise<Detection> {
    const identity = domain.identity()
    const management = identity.type === 'VI' ? managementOf(domains, identity) : undefined
    return detect(vcf, { domain: identity, target: settingOf(domain), chosen, ...(management && { management: asked(management) }) })
  }

  async function detectOne(domain: Domain): Promise<void> {
    if (openRun(domain.facts())) return
    const { targetChoice } = domain.facts()
    const found = await tryTarget(domain, isTargetChosen ? targetChoice : undefined)
    // Somebody chose another meanwhile.
    if (domain.facts().targetChoice !== targetChoice) return detectOne(domain)
    const gone =
      targetChoice &&
      (isTargetChosen ? found.lapsed : `${hidden}: ${targetChoice.release}, chosen by ${targetChoice.by.name}, holds no more.`)
    if (gone !== undefined) domain.send({ type: 'choice lapses', why: `${gone} So ${settingHolds(settingOf(domain))}` }, found)
    domain.update({ detection: found })
  }

  return { detectOne, tryTarget }
}

/** Reads it for each of them. One that cannot be read hides nothing of the others. Answers what went wrong first; undefined: nothing. */
export async function offersForEach(
  domains: Iterable<Domain>,
  detectOne: (domain: Domain) => Promise<void>,
  log: Pick<FleetLog, 'debug'>,
): Promise<unknown> {
  let trouble: unknown
  for (const domain of domains) {
    try {
      await detectOne(domain)
    } catch (error) {
      trouble ??= error
      log.debug('What SDDC Manager offers for a domain could not be read', { domain: domain.identity().name, error })
    }
  }
  return trouble
}

/** The management domain of the same SDDC Manager, where it has been read. */
export function managementOf(domains: ReadonlyMap<string, Domain>, { sddcManager }: DomainIdentity): Domain | undefined {
  return [...domains.values()].find((one) => one.identity().type === 'MANAGEMENT' && one.identity().sddcManager === sddcManager)
}

/** A download alone upgrades nothing. */
function asked(management: Domain): NonNullable<Asked['management']> {
  const run = openRun(management.facts())
  return { domain: management.identity(), ...(run && run.only !== 'download' && { upgradesTo: run.target }) }
}
