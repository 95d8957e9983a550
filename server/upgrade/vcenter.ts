/** How a vCenter is upgraded: decided from its versions. */
import type { TemporaryNetwork, VcenterInput } from '../ports/upgrade-request.ts'
import type { Instance } from '../ports/vcf-words.ts'
import type { Stop } from './outcome.ts'
import { hasReached, isSameMinor } from './versions.ts'
import { sentenceList } from './words.ts'

/** vCenter 8.0 Update 3b, the first target for which SDDC Manager takes a mechanism (`VcenterUpgradeUserInputSpec.upgradeMechanism`). */
const update3b = '8.0.3.00200'

/** `named`: a patch for which the mechanism is named; `plain`: one for which it must not be. */
export type WayOfVcenter = 'named patch' | 'plain patch' | 'migration'

/**
 * A patch stays within one major and minor release. Everything else is a migration to a new appliance, which needs a network and takes no mechanism
 * (`api-facts.md` §8.5).
 */
export function wayOf(from: string, to: string): WayOfVcenter {
  if (!isSameMinor(from, to)) return 'migration'
  return hasReached(to, update3b) ? 'named patch' : 'plain patch'
}

/** Input for every vCenter of the domain; undefined when one of them is migrated and no network is there for its new appliance. */
export function vcenterInputs(
  vcenters: readonly Instance[],
  to: string,
  network: TemporaryNetwork | undefined,
): readonly VcenterInput[] | undefined {
  const ways = vcenters.map(({ id, version }) => ({ id, way: wayOf(version, to) }))
  if (network === undefined && ways.some(({ way }) => way === 'migration')) return undefined
  return ways.map(({ id, way }) => ({
    id,
    ...(way === 'named patch' && { mechanism: 'InPlace' as const }),
    ...(way === 'migration' && network && { temporaryNetwork: network }),
  }))
}

/** Nothing was sent: a person names the network that only they can know. */
export function networkMissing(domainName: string, vcenters: readonly Instance[], to: string): Stop {
  const migrated = vcenters.filter(({ version }) => wayOf(version, to) === 'migration').map(({ name, version }) => `${name} (${version})`)
  return {
    kind: 'operator',
    of: 'plan',
    reason: 'vCenter network missing',
    text: `vCenter ${sentenceList(migrated)} goes to another release of vCenter, ${to}: it is migrated to a new appliance, which needs a network of its own until it takes over. The settings name none. Nothing was requested.`,
    remediation: `${networkSetting(domainName)} Then restart the server and press Retry.`,
  }
}

/** The keys of the settings file, as they are to be written. */
export function networkSetting(domainName: string): string {
  const key = `"domains": {"${domainName}": {"vcenter_network": …}}`
  return `Write into the settings file ${key} with {"mode": "STATIC", "ip_address": "…", "subnet_mask": "…", "gateway": "…"} (a free address in the network of vCenter), or with {"mode": "AUTOMATIC"}.`
}
