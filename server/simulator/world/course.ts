import type { Dialect } from '../dialect.ts'
import type { Durations } from '../scenario.ts'
import type { Accepted } from './acceptance.ts'
import type { DomainState, Estate, HostState } from './estate.ts'
import { domainsOnNsxOf, hostsOf } from './progress.ts'
import type { Sessions } from './sessions.ts'
import type { TaskStep } from './tasks.ts'
import type { Time } from './time.ts'
import type { NsxInput } from './upgrade-spec.ts'
import { isOlder } from './versions.ts'
import { outageMilestones, type Sky, seedCache, signInMilestones } from './weather.ts'
import type { Milestone } from './work.ts'

/** How an upgrade goes. */
export interface UpgradeCourse {
  readonly duration: number
  readonly steps: readonly TaskStep[]
  /** What happens to how well SDDC Manager can be reached. */
  readonly weather: readonly Milestone[]
  /** Versions that change on the way. */
  readonly changes: readonly Milestone[]
  /** Versions that change at the end; `regardless` of what was left behind on the way. */
  readonly conclude: (regardless?: boolean) => void
}

export interface CourseNeeds {
  readonly estate: Estate
  readonly durations: Durations
  readonly sky: Sky
  readonly sessions: Sessions
  readonly time: Time
  readonly dialect: Dialect
}

export function courseOf(needs: CourseNeeds, accepted: Accepted): UpgradeCourse {
  if (accepted.bundle.kind === 'config drift') return configDrift(needs)
  if (accepted.component === 'SDDC_MANAGER') return sddcManager(needs, accepted)
  if (accepted.component === 'NSX_T_MANAGER') return nsx(needs, accepted)
  return accepted.component === 'VCENTER' ? vcenter(needs, accepted) : esx(needs, accepted)
}

/** SDDC Manager takes its own API away for most of it. */
function sddcManager(needs: CourseNeeds, { bundle }: Accepted): UpgradeCourse {
  const { estate, durations, sky, sessions, time, dialect } = needs
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
    weather: [
      { at: from, act: sessions.forgetAll },
      ...outageMilestones(sky, from, to),
      { at: to, act: sessions.forgetAll },
      ...(dialect.nine ? [{ at: to, act: () => seedCache(sky, time, durations.cacheSeeding) }] : []),
    ],
    changes: [],
    conclude: set(estate.sddcManager, 'version', bundle.toVersion),
  }
}

/** SDDC Manager stays as it is, only the configuration of what it manages changes. */
function configDrift({ durations }: CourseNeeds): UpgradeCourse {
  return {
    duration: durations.configDrift,
    steps: [
      step('Compare configurations', 1),
      { ...step('Apply configuration', 3), stages: stages('Single sign-on', 'Password policies') },
    ],
    weather: [],
    changes: [],
    conclude: () => {},
  }
}

/** Edges first, then hosts, then the managers, and those only when nothing of the domains on this NSX stays behind. */
function nsx({ durations, estate }: CourseNeeds, { bundle, domain, spec }: Accepted): UpgradeCourse {
  const to = bundle.toVersion
  const domains = domainsOnNsxOf(estate, domain)
  const { clusters, edges } = chosen(domains, spec.nsxtUpgradeUserInputSpecs?.[0])
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
    conclude(regardless = false) {
      const behind = domains.flatMap((one) => [
        ...hostsOf(one).map(({ nsxVersion }) => nsxVersion),
        ...one.edgeClusters.map(({ version }) => version),
      ])
      if (regardless || !behind.some((version) => isOlder(version, to))) domain.nsx.version = to
    },
  }
}

/** Without any input everything is chosen; with it the host clusters that it names, and of the edge clusters all unless it names some. */
function chosen(domains: readonly DomainState[], input: NsxInput | undefined) {
  const clusters = domains.flatMap((domain) => domain.clusters)
  const edgeClusters = domains.flatMap((domain) => domain.edgeClusters)
  const named = input?.nsxtHostClusterUpgradeSpecs?.map(({ hostClusterId }) => hostClusterId) ?? []
  const namedEdges = input?.nsxtEdgeClusterUpgradeSpecs?.map(({ edgeClusterId }) => edgeClusterId) ?? []
  const edgeOnly = input?.nsxtUpgradeOptions?.isEdgeOnlyUpgrade ?? false
  return {
    clusters: clusters.filter(({ id }) => !edgeOnly && (!input || named.includes(id))),
    edges: edgeClusters.filter(({ id }) => namedEdges.length === 0 || namedEdges.includes(id)),
  }
}

/** SDDC Manager stays up, but who is signed in over the management vCenter is thrown out while that restarts. */
function vcenter({ durations, sky, sessions }: CourseNeeds, { bundle, domain, spec }: Accepted): UpgradeCourse {
  const migrates = spec.vcenterUpgradeUserInputSpecs?.some(({ temporaryNetwork }) => temporaryNetwork)
  const [from, to] = migrates ? [0.65, 0.75] : [0.45, 0.75]
  return {
    duration: durations.vcenter,
    steps: [
      step('Check vCenter', 10),
      { ...step('Deploy the new vCenter', migrates ? 60 : 0), ...(!migrates && { skipped: true }) },
      { ...step('Install vCenter', 35), stages: stages('Stage packages', 'Install packages') },
      { ...step('Restart vCenter', 30), stages: stages('Stop services', 'Start services') },
      step('Verify vCenter', 25),
    ],
    weather: domain.type === 'MANAGEMENT' ? [{ at: from, act: sessions.forgetAll }, ...signInMilestones(sky, from, to)] : [],
    changes: [],
    conclude() {
      for (const one of domain.vcenters) one.version = bundle.toVersion
    },
  }
}

/** Host by host; clusters one after the other unless the request says parallel. */
function esx({ durations }: CourseNeeds, { bundle, clusters, spec }: Accepted): UpgradeCourse {
  const to = bundle.toVersion
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
