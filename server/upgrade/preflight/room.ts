import type { Finding } from '../../../shared/upgrade.ts'
import type { ClusterRoom } from '../../ports/vcf-health.ts'
import { type Check, finding, findingFor } from './finding.ts'

export const room: Check = {
  of: 'room in clusters',
  role: 'VIEWER',
  look: async (vcf, { domain }) => roomFindings(await vcf.rooms(domain.id)),
}

/** Hosts are upgraded one after the other in maintenance mode: the others have to carry everything meanwhile (`api-facts.md` §12, 10). */
export function roomFindings(rooms: readonly ClusterRoom[]): readonly Finding[] {
  const known = rooms.filter(({ unknown }) => !unknown)
  return [
    ...known.flatMap((one) => {
      const text = shortage(one)
      return text === undefined ? [] : [finding('warning', text, remedy, [one.cluster])]
    }),
    ...findingFor(
      rooms.filter(({ unknown }) => unknown).map(({ cluster }) => cluster),
      'info',
      'Not checked: SDDC Manager does not give all figures of this cluster and its hosts.',
      'Look in vCenter whether the largest host can be missed.',
    ),
  ]
}

const remedy =
  'Make room before hosts are upgraded: switch machines off or move them, or add a host. Reservations and rules can need more than these figures show.'

/** Why the largest host cannot be missed; undefined when it can. */
function shortage({ hosts, usedCpuMhz, usedMemoryMB }: ClusterRoom): string | undefined {
  if (hosts.length < 2) return 'The cluster has one host: nothing can be moved away while that host is upgraded.'
  const without = (size: (host: ClusterRoom['hosts'][number]) => number) => {
    const sizes = hosts.map(size)
    return sizes.reduce((sum, each) => sum + each, 0) - Math.max(...sizes)
  }
  const [cpu, memory] = [without(({ cpuMhz }) => cpuMhz), without(({ memoryMB }) => memoryMB)]
  const lacks = [
    ...(usedCpuMhz > cpu ? [`${ghz(usedCpuMhz)} of CPU are in use and ${ghz(cpu)} would be left`] : []),
    ...(usedMemoryMB > memory ? [`${gb(usedMemoryMB)} of memory are in use and ${gb(memory)} would be left`] : []),
  ]
  return lacks.length === 0 ? undefined : `There is no room to miss the largest of ${hosts.length} hosts: ${lacks.join('; ')}.`
}

/** Coarse on purpose: use wavers, and a repeated look at the same shortage should not read like a new one. */
const ghz = (mhz: number) => `about ${Math.max(1, Math.round(mhz / 5_000) * 5)} GHz`
const gb = (mb: number) => `about ${Math.max(1, Math.round(mb / 1024 / 10) * 10)} GB`
