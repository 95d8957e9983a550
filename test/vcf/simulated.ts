/** A client beside a simulated data centre whose time the test moves. */
import type { TestContext } from 'node:test'
import type { UpgradeRequest } from '../../server/ports/upgrade-request.ts'
import type { VcfFailure } from '../../server/ports/vcf.ts'
import type { Cluster, Release, Upgradable } from '../../server/ports/vcf-words.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import { startSimulator } from '../../server/simulator/server.ts'
import type { VcfClient } from '../../server/vcf/client.ts'
import type { DomainIdentity } from '../../shared/upgrade.ts'
import { StepClock } from '../support/step-clock.ts'
import { clientOf } from './fixture.ts'

const minute = 60_000
const hour = 60 * minute

/** Starts both; the domains are read already. */
export async function start(context: TestContext, scenario: string, version?: VcfVersion) {
  const clock = new StepClock()
  const simulator = await startSimulator({ clock, scenario, vcf: version })
  context.after(() => simulator.close())
  const { username, password, fingerprint } = simulator
  // Pauses would wait for a clock that only this test moves.
  const retries = { times: 0, firstPauseMs: 1 }
  const vcf = await clientOf(context, simulator, { username, password, trust: { fingerprint }, clock, retries })
  const domains = await vcf.domains()
  const [management, workload] = ['MANAGEMENT', 'VI'].map((type) => domains.find((domain) => domain.type === type)!)

  /** Asks every five minutes until the answer is as wanted; weather is waited for. Answers which kinds of failure were met as well. */
  async function poll<T>(ask: () => Promise<T>, isEnough: (answer: T) => boolean): Promise<{ answer: T; met: Set<string> }> {
    const met = new Set<string>()
    for (const end = clock.now() + 24 * hour; clock.now() < end; await clock.advance(5 * minute)) {
      try {
        const answer = await ask()
        if (isEnough(answer)) return { answer, met }
      } catch (error) {
        met.add((error as VcfFailure).kind)
      }
    }
    throw new Error('it never came')
  }

  /** What the management domain is offered next, once its inventory is in step; undefined at the target. */
  async function nextOffer(target: string): Promise<Upgradable | undefined> {
    const { answer } = await poll(
      async () => ({ offered: await vcf.upgradables(management!, target), current: await vcf.currentRelease(management!.id) }),
      ({ offered, current }) => offered.some(({ available }) => available) || current === target,
    )
    return answer.offered.find(({ available }) => available)
  }

  return { clock, simulator, vcf, management: management!, workload: workload!, poll, nextOffer }
}

/** Bundles downloaded, target set: ready for upgrades. */
export async function prepare(vcf: VcfClient, clock: StepClock, domain: DomainIdentity) {
  const release = (await vcf.futureReleases(domain.id)).find(({ applicable }) => applicable)!
  await vcf.setTarget(domain.id, release.version)
  const tasks = await Promise.all(release.bundleIds.map((id) => vcf.downloadBundle(id)))
  await clock.advance(12 * hour)
  return { release, tasks }
}

/** The request that an offer asks for, all of it, ESX cluster after cluster. */
export async function requestFor(vcf: VcfClient, domain: DomainIdentity, offer: Upgradable, release: Release): Promise<UpgradeRequest> {
  const inventory = await vcf.inventory(domain.id)
  const component = offer.component!
  const common = { component, bundleId: offer.bundleId }
  const whole = { ...common, resource: { type: 'DOMAIN', id: domain.id } } as const
  if (component === 'SDDC_MANAGER') return whole
  if (component === 'VCENTER') return { ...whole, vcenters: inventory.vcenters.map(({ id }) => ({ id, mechanism: 'InPlace' as const })) }
  if (component === 'NSX_T_MANAGER') {
    const { managerId, hostClusters, edgeClusters } = await vcf.nsxPlan(domain.id, offer.bundleId)
    return {
      ...whole,
      nsx: { managerId, hostClusterIds: hostClusters.map(({ id }) => id), edgeClusterIds: edgeClusters.map(({ id }) => id) },
    }
  }
  const isBehind = ({ hosts }: Cluster) => hosts.some(({ version }) => version !== release.bom.ESX_HOST)
  const cluster = inventory.clusters.find(isBehind)!
  const image = (await vcf.personalities()).at(-1)!
  return { ...common, resource: { type: 'CLUSTER', id: cluster.id }, ...(cluster.imageBased && { personalityId: image.id }) }
}
