import type { HostState } from '../world/estate.ts'
import { loadNow } from '../world/loads.ts'
import type { Time } from '../world/time.ts'

/** Every host of the simulated data centre has the same build. */
const build = { coreMHz: 2600, cores: 32, memoryMB: 524_288, diskMB: 1_907_729, disks: 4 }

export function hostCapacity(host: HostState, time: Time) {
  const load = loadNow(host, time)
  const [cpu, storage] = [build.coreMHz * build.cores, build.diskMB * build.disks]
  return {
    cpu: { frequencyMHz: cpu, usedFrequencyMHz: Math.round(cpu * load.cpu), cores: build.cores },
    memory: { totalCapacityMB: build.memoryMB, usedCapacityMB: Math.round(build.memoryMB * load.memory) },
    storage: {
      totalCapacityMB: storage,
      usedCapacityMB: Math.round(storage * load.storage),
      disks: Array.from({ length: build.disks }, () => ({ capacityMB: build.diskMB, diskType: 'FLASH', manufacturer: 'NVMe' })),
    },
  }
}

/** Sums of hosts, in the larger units that domains and clusters are reported in. */
export function capacityOf(hosts: readonly HostState[], time: Time) {
  const each = hosts.map((host) => hostCapacity(host, time))
  const sum = (figure: (capacity: ReturnType<typeof hostCapacity>) => number) =>
    each.reduce((total, capacity) => total + figure(capacity), 0)
  const round = (value: number) => Math.round(value * 100) / 100
  const metric = (value: number, divisor: number, unit: string) => ({ value: round(value / divisor), unit })
  return {
    cpu: {
      used: metric(
        sum(({ cpu }) => cpu.usedFrequencyMHz),
        1000,
        'GHz',
      ),
      total: metric(
        sum(({ cpu }) => cpu.frequencyMHz),
        1000,
        'GHz',
      ),
      numberOfCores: sum(({ cpu }) => cpu.cores),
      numberOfCPUPackages: hosts.length * 2,
    },
    memory: {
      used: metric(
        sum(({ memory }) => memory.usedCapacityMB),
        1024,
        'GB',
      ),
      total: metric(
        sum(({ memory }) => memory.totalCapacityMB),
        1024,
        'GB',
      ),
    },
    storage: {
      used: metric(
        sum(({ storage }) => storage.usedCapacityMB),
        1024 * 1024,
        'TB',
      ),
      total: metric(
        sum(({ storage }) => storage.totalCapacityMB),
        1024 * 1024,
        'TB',
      ),
    },
  }
}
