import { type Component, components } from '../../../shared/upgrade.ts'
import type { BillOfMaterials, Catalogue, ReleaseEntry } from './catalogue.ts'
import type { ClusterState, DomainState, Estate } from './estate.ts'
import { isOlder } from './versions.ts'

/** Components that a domain has, in the order in which they are upgraded. SDDC Manager belongs to the management domain. */
export function componentsOf(domain: DomainState): readonly Component[] {
  return domain.type === 'MANAGEMENT' ? components : components.filter((component) => component !== 'SDDC_MANAGER')
}

/** The lowest version of a component in a domain. */
export function versionOf(estate: Estate, domain: DomainState, component: Component): string {
  return versionsOf(estate, domain, component).reduce((lowest, version) => (isOlder(version, lowest) ? version : lowest))
}

export function isBehind(estate: Estate, domain: DomainState, component: Component, bom: BillOfMaterials): boolean {
  return isOlder(versionOf(estate, domain, component), bom[component])
}

/** Whether a host of it runs less than this version of ESX. */
export function isClusterBehind(cluster: ClusterState, version: string): boolean {
  return cluster.hosts.some((host) => isOlder(host.esxiVersion, version))
}

/** The release that a domain runs: the newest whose bill of materials is met by all of it. */
export function releaseOf({ ahead, installed }: Pick<Catalogue, 'ahead' | 'installed'>, estate: Estate, domain: DomainState): ReleaseEntry {
  const met = ({ bom }: ReleaseEntry) => !componentsOf(domain).some((component) => isBehind(estate, domain, component, bom))
  return ahead.findLast(met) ?? installed
}

/** Sets the version of one component, or of all that the domain has, as if it had been upgraded. */
export function bringTo(
  bom: BillOfMaterials,
  estate: Estate,
  domain: DomainState,
  which: readonly Component[] = componentsOf(domain),
): void {
  for (const component of which) setVersion(estate, domain, component, bom[component])
}

/** Sets the version of a component everywhere in the domain; of an NSX in all domains that share it. */
export function setVersion(estate: Estate, domain: DomainState, component: Component, version: string): void {
  if (component === 'SDDC_MANAGER') estate.sddcManager.version = version
  if (component === 'NSX_T_MANAGER') {
    domain.nsx.version = version
    for (const one of domainsOnNsxOf(estate, domain)) {
      for (const edge of one.edgeClusters) edge.version = version
      for (const host of hostsOf(one)) host.nsxVersion = version
    }
  }
  if (component === 'VCENTER') for (const vcenter of domain.vcenters) vcenter.version = version
  if (component === 'ESX_HOST') for (const host of hostsOf(domain)) host.esxiVersion = version
}

export function hostsOf(domain: DomainState) {
  return domain.clusters.flatMap((cluster) => cluster.hosts)
}

/** Several where they share one NSX. */
export function domainsOnNsxOf(estate: Estate, { nsx }: DomainState): readonly DomainState[] {
  return estate.domains.filter((domain) => domain.nsx === nsx)
}

function versionsOf(estate: Estate, domain: DomainState, component: Component): string[] {
  if (component === 'SDDC_MANAGER') return [estate.sddcManager.version]
  if (component === 'VCENTER') return domain.vcenters.map(({ version }) => version)
  if (component === 'ESX_HOST') return hostsOf(domain).map(({ esxiVersion }) => esxiVersion)
  return [domain.nsx.version, ...domain.edgeClusters.map(({ version }) => version), ...hostsOf(domain).map(({ nsxVersion }) => nsxVersion)]
}
