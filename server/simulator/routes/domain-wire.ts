import type { DomainState } from '../world/estate.ts'
import { idOf } from '../world/ids.ts'
import { componentsOf, domainsOnNsxOf, hostsOf, isBehind } from '../world/progress.ts'
import type { World } from '../world/world.ts'
import { capacityOf } from './capacity.ts'

export function domainReference({ id, name, type }: DomainState) {
  return { id, name, type }
}

export function domainWire(world: World, domain: DomainState) {
  const { id, name, type, vcenters, clusters, nsx } = domain
  const modes = new Set(clusters.map(({ imageBased }) => (imageBased ? 'IMAGES' : 'BASELINES')))
  const last = world.upgrades.all().findLast((upgrade) => upgrade.domain === domain)?.task.work.state
  return {
    id,
    name,
    orgName: 'rehearsal',
    status: world.health.statusOf(id) ?? (last === 'running' ? 'UPGRADING' : 'ACTIVE'),
    upgradeState: last === 'failed' ? 'FAILED' : 'AVAILABLE',
    upgradeStatus: upgradeStatus(world, domain, last === 'running'),
    type,
    vcenters: vcenters.map((vcenter) => ({ id: vcenter.id, fqdn: vcenter.fqdn })),
    ssoId: idOf('single sign-on', 'vsphere.local'),
    ssoName: 'vsphere.local',
    isManagementSsoDomain: true,
    clusters: clusters.map((cluster) => ({ id: cluster.id, name: cluster.name })),
    nsxtCluster: { id: nsx.id, vipFqdn: nsx.fqdn, vip: nsx.ip },
    capacity: capacityOf(hostsOf(domain), world.time),
    elmStatus: world.scenario.elm,
    lifecycleManagementMode: modes.size > 1 ? 'BASELINES_AND_IMAGES' : [...modes][0],
    isNetworkSeparationEnabled: false,
    isSecurityEnabled: false,
    isPrimaryDomainForNsx: domainsOnNsxOf(world.estate, domain)[0] === domain,
    tags: [],
  }
}

function upgradeStatus(world: World, domain: DomainState, running: boolean) {
  const components = componentsOf(domain)
  const { bom } = world.catalogue.named(domain.target) ?? world.catalogue.next
  const behind = components.filter((component) => isBehind(world.estate, domain, component, bom)).length
  const status = running
    ? 'IN_PROGRESS'
    : world.targets.future(domain).some(({ reasons }) => reasons.length === 0)
      ? 'AVAILABLE'
      : 'UP_TO_DATE'
  return { status, completedResources: components.length - behind, totalResources: components.length }
}
