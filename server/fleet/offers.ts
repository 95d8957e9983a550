import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Vcf } from '../ports/vcf.ts'
import { type Asked, detect } from '../upgrade/detection.ts'
import { openRun } from '../upgrade/facts.ts'
import type { Domain } from './domain.ts'
import type { FleetLog } from './fleet-log.ts'

export interface OfferDependencies {
  readonly vcf: Vcf
  readonly domains: ReadonlyMap<string, Domain>
  readonly settingsOf: (domainName: string) => DomainSettings
}

/** Reads what SDDC Manager offers for a domain and shows it there. That is of no interest while a run is open; it follows its own target. */
export function offersFor({ vcf, domains, settingsOf }: OfferDependencies): (domain: Domain) => Promise<void> {
  return async (domain) => {
    if (openRun(domain.facts())) return
    const identity = domain.identity()
    const management = identity.type === 'VI' ? managementOf(domains, identity) : undefined
    const { target } = settingsOf(identity.name)
    domain.update({ detection: await detect(vcf, { domain: identity, target, ...(management && { management: asked(management) }) }) })
  }
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
