import type { ClusterRoom, VcfHealth } from '../ports/vcf-health.ts'
import { withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import type { OwnRecord } from './system.ts'
import { page } from './wire.ts'
import { type WireMetric, wireClusterRoom, wireHostRoom } from './wire-health.ts'

/** What one of each unit is in MHz and in MB (`FrequencyMetric.unit`, `DataMetric.unit`); multiples of data are binary, as vCenter counts. */
const inMhz: Readonly<Record<string, number>> = { HZ: 1e-6, KHZ: 1e-3, MHZ: 1, GHZ: 1e3, THZ: 1e6 }
const inMB: Readonly<Record<string, number>> = { B: 1 / 1024 ** 2, KB: 1 / 1024, MB: 1, GB: 1024, TB: 1024 ** 2, PB: 1024 ** 3 }

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
        .flatMap((cluster): ClusterRoom[] => {
          const usedCpuMhz = converted(cluster.capacity?.cpu?.used, inMhz)
          const usedMemoryMB = converted(cluster.capacity?.memory?.used, inMB)
          const members = new Set(cluster.hosts.map(({ id }) => id))
          const own = hosts.filter((host) => (host.cluster ? host.cluster.id === cluster.id : members.has(host.id)))
          const sizes = own.flatMap(({ id, fqdn, cpu, memory }) => {
            const [cpuMhz, memoryMB] = [cpu?.frequencyMHz, memory?.totalCapacityMB]
            return cpuMhz === undefined || memoryMB === undefined ? [] : [{ name: fqdn ?? id, cpuMhz, memoryMB }]
          })
          // With one host's size missing the rest would look too small.
          if (usedCpuMhz === undefined || usedMemoryMB === undefined || own.length === 0 || sizes.length < own.length) return []
          return [{ cluster: cluster.name ?? cluster.id, hosts: sizes, usedCpuMhz, usedMemoryMB }]
        })
    },
  }
}

function converted(metric: WireMetric, units: Readonly<Record<string, number>>): number | undefined {
  const factor = units[metric?.unit?.toUpperCase() ?? '']
  return metric?.value === undefined || factor === undefined ? undefined : metric.value * factor
}
