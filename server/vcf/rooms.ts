import type { ClusterRoom, VcfHealth } from '../ports/vcf-health.ts'
import { withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import type { OwnRecord } from './system.ts'
import { megabytesOf, mhzOf } from './units.ts'
import { page } from './wire.ts'
import { wireClusterRoom, wireHostRoom } from './wire-health.ts'

/** Use of each cluster and size of its hosts (`/v1/clusters`, `/v1/hosts`; api-facts §4). */
export function roomsOf({ read, readAll }: Requests, record: OwnRecord): Pick<VcfHealth, 'rooms'> {
  return {
    async rooms(domainId) {
      const [clusters, hosts] = await Promise.all([
        read(withQuery('/v1/clusters', { domainId }), page(wireClusterRoom)),
        readAll('/v1/hosts', { next: record.pagesOfNine, query: { domainId } }, wireHostRoom),
      ])
      return clusters
        .filter(({ domain }) => (domain?.id ?? domainId) === domainId)
        .map((cluster): ClusterRoom => {
          const usedCpuMhz = mhzOf(cluster.capacity?.cpu?.used)
          const usedMemoryMB = megabytesOf(cluster.capacity?.memory?.used)
          const members = new Set(cluster.hosts.map(({ id }) => id))
          const own = hosts.filter((host) => (host.cluster ? host.cluster.id === cluster.id : members.has(host.id)))
          const sizes = own.flatMap(({ id, fqdn, cpu, memory }) => {
            const [cpuMhz, memoryMB] = [cpu?.frequencyMHz, memory?.totalCapacityMB]
            return cpuMhz === undefined || memoryMB === undefined ? [] : [{ name: fqdn ?? id, cpuMhz, memoryMB }]
          })
          // With one host's size missing the rest would look too small.
          if (usedCpuMhz === undefined || usedMemoryMB === undefined || own.length === 0 || sizes.length < own.length)
            return { cluster: cluster.name ?? cluster.id, unknown: true, hosts: [], usedCpuMhz: 0, usedMemoryMB: 0 }
          return { cluster: cluster.name ?? cluster.id, hosts: sizes, usedCpuMhz, usedMemoryMB }
        })
    },
  }
}
