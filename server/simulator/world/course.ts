import type { Durations } from '../scenario.ts'
import type { Accepted } from './acceptance.ts'
import { targetRelease } from './catalogue.ts'
import type { DomainState, Estate, HostState } from './estate.ts'
import { bringToTarget, hostsOf } from './progress.ts'
import type { Sessions } from './sessions.ts'
import type { TaskStep } from './tasks.ts'
import type { NsxInput } from './upgrade-spec.ts'
import { isOlder } from './versions.ts'
import { outageMilestones, type Sky, signInMilestones } from './weather.ts'
import type { Milestone } from './work.ts'

/** How an upgrade goes. */
export interface UpgradeCourse {
  readonly duration: number
  readonly steps: readonly TaskStep[]
  /** What happens to how well SDDC Manager can be reached. */
  readonly weather: readonly Milestone[]
  /** Versions that change on the way. */
  readonly changes: readonly Milestone[]
  /** Versions that change at the end. */
  readonly conclude: () => void
}

export interface CourseNeeds {
  readonly estate: Estate
  readonly durations: Durations
  readonly sky: Sky
  readonly sessions: Sessions
}

export function courseOf(needs: CourseNeeds, accepted: Accepted): UpgradeCourse {
  if (accepted.component === 'SDDC_MANAGER') return sddcManager(needs, accepted)
  if (accepted.component === 'NSX_T_MANAGER') return nsx(needs, accepted)
  return accepted.component === 'VCENTER' ? vcenter(needs, accepted) : esx(needs, accepted)
}

/** SDDC Manager takes its own API away for most of it. */
function sddcManager({ estate, durations, sky, sessions }: CourseNeeds, { domain }: Accepted): UpgradeCourse {
  const { sddcManagerBeforeOutage: before, sddcManagerOutage: outage, sddcManagerAfterOutage: after } = durations
  const duration = before + outage + after
  const [from, to] = [before / duration, (before + outage) / duration]
  return {
    duration,
    steps: [
      { ...step('Prepare the upgrade', before), stages: stages('Validate inputs', 'Stage the bundle', 'Back up configuration') },
      { ...step('Upgrade SDDC Manager', outage), stages: stages('Stop services', 'Apply packages', 'Reboot', 'Start services') },
      step('Verify SDDC Manager', after),
    ],
    weather: [{ at: from, act: sessions.forgetAll }, ...outageMilestones(sky, from, to), { at: to, act: sessions.forgetAll }],
    changes: [],
    conclude: () => bringToTarget(estate, domain, ['SDDC_MANAGER']),
  }
}

/** Edges first, then hosts, then the managers, and those only when nothing of the domain stays behind. */
function nsx({ durations }: CourseNeeds, { domain, spec }: Accepted): UpgradeCourse {
  const to = targetRelease.bom.NSX_T_MANAGER
  const { clusters, edges } = chosen(domain, spec.nsxtUpgradeUserInputSpecs?.[0])
  const hosts = clusters.flatMap((cluster) => cluster.hosts).filter(({ nsxVersion }) => isOlder(nsxVersion, to))
  const [edgesEnd, hostsEnd] = [0.2, 0.8]
  return {
    duration: durations.nsx + hosts.length * durations.nsxPerHost,
    steps: [
      step('Upgrade coordinator', 5),
      { ...step('Upgrade edge clusters', 15), stages: stages(...edges.map(({ name }) => `Edge cluster ${name}`)) },
      { ...step('Upgrade host clusters', 60), stages: stages(...hosts.map(({ fqdn }) => `Transport node ${fqdn}`)) },
      { ...step('Upgrade NSX Managers', 20), stages: stages(...domain.nsx.nodes.map(({ fqdn }) => `Manager node ${fqdn}`)) },
    ],
    weather: [],
    changes: [
      ...edges.map((edge) => ({ at: edgesEnd, act: set(edge, 'version', to) })),
      ...hosts.map((host, i) => ({
        at: edgesEnd + ((hostsEnd - edgesEnd) * (i + 1)) / hosts.length,
        act: set(host, 'nsxVersion', to),
      })),
    ],
    conclude() {
      const behind = [...hostsOf(domain).map(({ nsxVersion }) => nsxVersion), ...domain.edgeClusters.map(({ version }) => version)]
      if (!behind.some((version) => isOlder(version, to))) domain.nsx.version = to
    },
  }
}

/** Without any input everything is chosen; with it the host clusters that it names, and of the edge clusters all unless it names some. */
function chosen({ clusters, edgeClusters }: DomainState, input: NsxInput | undefined) {
  const named = input?.nsxtHostClusterUpgradeSpecs?.map(({ hostClusterId }) => hostClusterId) ?? []
  const namedEdges = input?.nsxtEdgeClusterUpgradeSpecs?.map(({ edgeClusterId }) => edgeClusterId) ?? []
  const edgeOnly = input?.nsxtUpgradeOptions?.isEdgeOnlyUpgrade ?? false
  return {
    clusters: clusters.filter(({ id }) => !edgeOnly && (!input || named.includes(id))),
    edges: edgeClusters.filter(({ id }) => namedEdges.length === 0 || namedEdges.includes(id)),
  }
}

/** SDDC Manager stays up, but who is signed in over the management vCenter is thrown out while that restarts. */
function vcenter({ estate, durations, sky, sessions }: CourseNeeds, { domain }: Accepted): UpgradeCourse {
  const [from, to] = [0.45, 0.75]
  return {
    duration: durations.vcenter,
    steps: [
      step('Check vCenter', 10),
      { ...step('Install vCenter', 35), stages: stages('Stage packages', 'Install packages') },
      { ...step('Restart vCenter', 30), stages: stages('Stop services', 'Start services') },
      step('Verify vCenter', 25),
    ],
    weather: domain.type === 'MANAGEMENT' ? [{ at: from, act: sessions.forgetAll }, ...signInMilestones(sky, from, to)] : [],
    changes: [],
    conclude: () => bringToTarget(estate, domain, ['VCENTER']),
  }
}

/** Host by host; clusters one after the other unless the request says parallel. */
function esx({ durations }: CourseNeeds, { clusters, spec }: Accepted): UpgradeCourse {
  const to = targetRelease.bom.ESX_HOST
  const lanes: HostState[][] = clusters.map(({ hosts }) => hosts.filter(({ esxiVersion }) => isOlder(esxiVersion, to)))
  const [queue, length] = spec.parallelUpgrade
    ? [lanes, Math.max(...lanes.map((lane) => lane.length))]
    : [[lanes.flat()], lanes.flat().length]
  return {
    duration: length * durations.esxPerHost,
    steps: clusters.map((cluster) => ({
      ...step(`Upgrade cluster ${cluster.name}`, cluster.hosts.length),
      stages: cluster.hosts.flatMap(({ fqdn }) => [
        { name: `Enter maintenance mode ${fqdn}`, share: 1 },
        { name: `Remediate ${fqdn}`, share: 3 },
      ]),
    })),
    weather: [],
    changes: queue.flatMap((lane) => lane.map((host, i) => ({ at: (i + 1) / length, act: set(host, 'esxiVersion', to) }))),
    conclude: () => {},
  }
}

function step(name: string, share: number): TaskStep {
  return { name, description: name, share }
}

function stages(...names: readonly string[]): { name: string; share: number }[] {
  return names.map((name) => ({ name, share: 1 }))
}

function set<Key extends string>(what: Record<Key, string>, key: Key, version: Record<Key, string>[Key]): () => void {
  return () => {
    what[key] = version
  }
}
