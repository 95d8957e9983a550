/** How a vCenter is upgraded: decided from its versions. */
import type { TemporaryNetwork, VcenterInput } from '../ports/upgrade-request.ts'
import type { Instance } from '../ports/vcf-words.ts'
import type { Stop } from './outcome.ts'
import { hasReached, isSameMinor } from './versions.ts'
import { sentenceList } from './words.ts'

/** vCenter 8.0 Update 3b, the first release to which SDDC Manager can patch in place by choice. */
const update3b = '8.0.3.00200'

/**
 * In place: a patch within one major and minor release whose target is 8.0 U3b or newer; SDDC Manager takes a mechanism for nothing else
 * (`VcenterUpgradeUserInputSpec.upgradeMechanism`, `api-facts.md` §8.5). Everything else puts a new appliance beside the old one.
 */
export function mechanismOf(from: string, to: string): VcenterInput['mechanism'] {
  return isSameMinor(from, to) && hasReached(to, update3b) ? 'InPlace' : 'ReducedDowntimeMigration'
}

/** Input for every vCenter of the domain; undefined when one of them is migrated and no network is there for its new appliance. */
export function vcenterInputs(
  vcenters: readonly Instance[],
  to: string,
  network: TemporaryNetwork | undefined,
): readonly VcenterInput[] | undefined {
  const inputs = vcenters.map(({ id, version }) => ({ id, mechanism: mechanismOf(version, to) }))
  if (inputs.every(({ mechanism }) => mechanism === 'InPlace')) return inputs
  return network && inputs.map((input) => (input.mechanism === 'InPlace' ? input : { ...input, temporaryNetwork: network }))
}

/** Nothing was sent: a person names the network that only they can know. */
export function networkMissing(domainName: string, vcenters: readonly Instance[], to: string): Stop {
  const migrated = vcenters.filter(({ version }) => mechanismOf(version, to) !== 'InPlace').map(({ name }) => name)
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'vCenter network missing',
    text: `vCenter ${sentenceList(migrated)} cannot be patched in place to ${to}: SDDC Manager puts a new appliance beside the old one, which needs a network of its own until it takes over. The settings name none. Nothing was requested.`,
    remediation: `${networkSetting(domainName)} Then restart the server and press Retry.`,
  }
}

/** The keys of the settings file, as they are to be written. */
export function networkSetting(domainName: string): string {
  const key = `"domains": {"${domainName}": {"vcenter_network": …}}`
  return `Write into the settings file ${key} with {"mode": "STATIC", "ip_address": "…", "subnet_mask": "…", "gateway": "…"} (a free address in the network of vCenter), or with {"mode": "AUTOMATIC"}.`
}
