import type { ClusterState, DomainState, HostState } from '../world/estate.ts'
import { idOf } from '../world/ids.ts'
import type { Time } from '../world/time.ts'
import { hostCapacity } from './capacity.ts'
import { domainReference } from './domain-wire.ts'

/** A host; without a place it is commissioned but belongs to no domain. */
export function hostWire(
  host: HostState,
  time: Time,
  place?: { readonly domain: DomainState; readonly cluster: ClusterState; readonly status: string },
) {
  return {
    id: host.id,
    fqdn: host.fqdn,
    esxiVersion: host.esxiVersion,
    serialNumber: host.id.slice(0, 8).toUpperCase(),
    hardwareVendor: 'Dell Inc.',
    hardwareModel: 'PowerEdge R660',
    ipAddresses: [{ ipAddress: host.ip, type: 'MANAGEMENT' }],
    ...hostCapacity(host, time),
    status: place ? 'ASSIGNED' : 'UNASSIGNED_USEABLE',
    configurationStatus: place?.status ?? 'ACTIVE',
    ...(place && { domain: domainReference(place.domain), cluster: { id: place.cluster.id, name: place.cluster.name } }),
    networkpool: { id: idOf('network pool', 'np01'), name: 'np01' },
    datastoreType: 'VSAN',
    hybrid: false,
    tags: [],
  }
}
