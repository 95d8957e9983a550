/** A whole upgrade in virtual time over real HTTPS: simulated SDDC Manager, the real client, the real fleet, a recording hub. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createFleet, type Fleet, type FleetLog } from '../../server/fleet/fleet.ts'
import { createMonitoring, type Monitoring } from '../../server/monitoring/monitoring.ts'
import { type DomainSettings, defaultDomainSettings } from '../../server/ports/domain-settings.ts'
import type { Hub, Presser } from '../../server/ports/hub.ts'
import type { Store } from '../../server/ports/store.ts'
import type { Vcf } from '../../server/ports/vcf.ts'
import { makeCertificate } from '../../server/simulator/certificate.ts'
import type { VcfVersion } from '../../server/simulator/dialect.ts'
import type { ScenarioInput } from '../../server/simulator/scenario.ts'
import { type Simulator, startSimulator } from '../../server/simulator/server.ts'
import type { Role } from '../../server/simulator/world/sessions.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { Limits } from '../../server/upgrade/limits.ts'
import { createVcfClient, type VcfClient } from '../../server/vcf/client.ts'
import type { Control } from '../../shared/commands.ts'
import type { Phase } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import { createRecordingHub, type RecordingHub } from './recording-hub.ts'
import { quietWhen, StepClock } from './step-clock.ts'

export const minute = 60_000
export const hour = 60 * minute
export { nora, olga, otto } from './people.ts'

export interface RehearsalOptions {
  /** Which VCF is simulated. Default 5.2.1. */
  readonly vcf?: VcfVersion
  readonly limits?: Partial<Limits>
  /** What the settings file says of every domain. */
  readonly settings?: Partial<DomainSettings>
  readonly automationsMayControl?: boolean
  /** Whether the hub has a control for the target release. Default true. */
  readonly isTargetChosen?: boolean
  /** In place of the right one; as a function what the settings say at that moment. */
  readonly password?: string | (() => string)
  /** How long the client leaves refused credentials alone. Default a minute. */
  readonly credentialsPauseMs?: number
  readonly store?: Store
  /** Keeps requests and tasks of runs as the server does. */
  readonly traced?: true
  /** Of the account in SDDC Manager. Default ADMIN. */
  readonly role?: Role
  /** The right one, in place of the simulator's own. */
  readonly simulatedPassword?: string
  /** Milliseconds between two looks for updates; default four hours, for most of what is asked in a long run would be these. */
  readonly detectEvery?: number
  /** A hub beside the recording one that is told the same. */
  readonly also?: Hub
  /** Milliseconds between two readings of capacity, clusters and hosts; without it there are none. */
  readonly resourcesEvery?: number
  /** The log of the server; nothing is kept without one. */
  readonly log?: FleetLog
  /** Stands between the client and the simulator: the client speaks to it alone. */
  readonly between?: (simulator: Simulator) => Promise<Between>
  /** Sentences about settings that are for none of the domains. */
  readonly strangersAmong?: (domainNames: readonly string[]) => readonly string[]
}

export interface Between {
  readonly url: string
  readonly ca: string
  /** Requests that it has not answered. */
  readonly inFlight: number
  close(): Promise<void>
}

export interface Rehearsal {
  readonly simulator: Simulator
  readonly hub: RecordingHub
  readonly store: Store
  readonly clock: StepClock
  readonly fleet: Fleet
  /** The management domain's newest view, or that of the one named. */
  view(domain?: string): DomainView
  phases(domain?: string): readonly Phase[]
  /** Names of what is in the log, newest last. */
  log(domain?: string): readonly string[]
  press(
    control: Control,
    by: Presser | undefined,
    options?: { domain?: string; on?: boolean; missed?: boolean; late?: boolean; shown?: string },
  ): Promise<void>
  /** Chooses the target release of the management domain, or of the one named. */
  choose(release: string, by: Presser | undefined, domain?: string): Promise<void>
  advance(ms: number): Promise<void>
  /** Lets time pass until the domain shows the phase; fails after `within` (default 30 h). */
  until(phase: Phase, options?: { domain?: string; within?: number }): Promise<DomainView>
  /** `POST /v1/upgrades` that reached SDDC Manager or were lost on the way, by component in order. */
  posts(): readonly string[]
  /** The process dies and starts again: a new fleet and client on the same store. */
  restart(): Promise<void>
  /** As `restart`, with time passing in between: SDDC Manager works on, and nobody looks. */
  away(ms: number): Promise<void>
  close(): Promise<void>
}

const defaults: Limits = {
  ...{ pollEvery: 10 * minute, settle: 5 * minute, precheckLimit: 40 * minute, downloadLimit: 6 * hour, stepLimit: 3 * hour },
  ...{ proofLimit: 30 * minute, precheckFresh: 24 * hour, resultShown: 15 * minute, targetPause: minute },
}

/** One for all rehearsals of a process. */
let certificate: ReturnType<typeof makeCertificate> | undefined

export async function rehearse(scenario: string | ScenarioInput, options: RehearsalOptions = {}): Promise<Rehearsal> {
  const clock = new StepClock()
  certificate ??= makeCertificate()
  const simulator = await startSimulator({
    clock: clock.elsewhere,
    certificate: await certificate,
    scenario,
    ...(options.vcf && { vcf: options.vcf }),
    password: options.simulatedPassword,
    role: options.role,
  })
  const hub = createRecordingHub()
  const store = options.store ?? createMemoryStore('11111111-1111-4111-8111-111111111111')
  const between = await options.between?.(simulator)
  const { url, ca } = between ?? simulator
  const { also, log = { debug() {}, info() {}, warn() {}, error() {} } } = options
  let calls = 0
  let ids = 0
  let client!: VcfClient
  let fleet!: Fleet
  let monitoring: Monitoring | undefined
  const settle = quietWhen(() => calls > 0 || simulator.inFlight > 0 || (between?.inFlight ?? 0) > 0)

  function boot(): void {
    client = createVcfClient({
      ...(options.traced && { trace: store.trace }),
      ...{
        url,
        username: simulator.username,
        password: options.password ?? simulator.password,
        trust: { ca },
        clock,
      },
      ...{ requestTimeoutMs: 10_000, retries: { times: 0, firstPauseMs: 1 }, credentialsPauseMs: options.credentialsPauseMs ?? minute },
    })
    const shown = also ? both(hub, also) : hub
    fleet = createFleet({
      ...{
        vcf: counted(client),
        hub: shown,
        store,
        clock,
        detectEvery: options.detectEvery ?? 4 * hour,
        signInAgainEvery: 2 * minute,
      },
      log,
      limits: { ...defaults, ...options.limits },
      policy: { mayControl: 'admins', automationsMayControl: options.automationsMayControl ?? false },
      isTargetChosen: options.isTargetChosen ?? true,
      strangersAmong: options.strangersAmong ?? (() => []),
      settingsOf: () => ({ ...defaultDomainSettings, ...options.settings }),
      digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
      newId: () => `run-${++ids}`,
    })
    monitoring =
      options.resourcesEvery === undefined
        ? undefined
        : createMonitoring({
            ...{ vcf: fleet.vcf, hub: shown, clock, log, every: options.resourcesEvery },
            phases: () => fleet.views().map(({ phase }) => phase),
          })
    fleet.start()
    monitoring?.start()
  }

  function end(): Promise<void> {
    fleet.stop()
    monitoring?.stop()
    return client.close()
  }

  function counted(vcf: Vcf): Vcf {
    return new Proxy(vcf, {
      get(target, name) {
        const member = Reflect.get(target, name) as (...parameters: unknown[]) => unknown
        if (name === 'precheckLink') return member
        return async (...parameters: unknown[]) => {
          calls++
          try {
            return await Reflect.apply(member, target, parameters)
          } finally {
            calls--
          }
        }
      },
    })
  }

  async function away(ms: number): Promise<void> {
    await end()
    if (ms > 0) await clock.advance(ms, settle)
    boot()
    await settle()
  }

  const view = (domain = 'vcf-m01') => hub.views(domain).at(-1)!
  boot()
  await settle()
  return {
    ...{ simulator, hub, store, clock, view },
    get fleet() {
      return fleet
    },
    phases: (domain = 'vcf-m01') => hub.phases(domain),
    log: (domain) => view(domain).log.map(({ text }) => text),
    async press(control, by, { domain = 'vcf-m01', on, missed, late, shown = view(domain).precheck?.digest } = {}) {
      const pressed = fleet.desk.press({
        ...{ domainId: view(domain).domain.id, control, at: clock.now() },
        ...(by && { by }),
        ...(on !== undefined && { on }),
        ...(missed && { missed }),
        ...(late && { late }),
        shown,
      })
      await pressed
      await settle()
    },
    async choose(release, by, domain = 'vcf-m01') {
      await fleet.desk.choose({ domainId: view(domain).domain.id, release, by, at: clock.now() })
      await settle()
    },
    advance: (ms) => clock.advance(ms, settle),
    async until(phase, { domain = 'vcf-m01', within = 30 * hour } = {}) {
      const end = clock.now() + within
      while (view(domain).phase !== phase && clock.now() < end) await clock.advance(2 * minute, settle)
      const { halt } = view(domain)
      assert.equal(view(domain).phase, phase, `${hub.phases(domain).join(' ')}: ${halt?.text ?? ''}`)
      return view(domain)
    },
    posts: () => simulator.requests().flatMap(({ upgrade }) => (upgrade ? [upgrade.component ?? 'unknown'] : [])),
    restart: () => away(0),
    away,
    async close() {
      await end()
      await between?.close()
      await simulator.close()
    },
  }
}

/** Tells two hubs the same. */
function both(one: Hub, other: Hub): Hub {
  return {
    otherInCharge: () => one.otherInCharge(),
    publish(view) {
      one.publish(view)
      other.publish(view)
    },
    publishFleet(view) {
      one.publishFleet(view)
      other.publishFleet(view)
    },
    publishResources(view) {
      one.publishResources(view)
      other.publishResources(view)
    },
    notify(notice) {
      one.notify(notice)
      other.notify(notice)
    },
    dismiss(domainId, purpose) {
      one.dismiss(domainId, purpose)
      other.dismiss(domainId, purpose)
    },
    showTargetRelease(domainId, release) {
      one.showTargetRelease(domainId, release)
      other.showTargetRelease(domainId, release)
    },
    showDeleted() {
      one.showDeleted()
      other.showDeleted()
    },
    turnOffIgnoreAlerts(domainId) {
      one.turnOffIgnoreAlerts(domainId)
      other.turnOffIgnoreAlerts(domainId)
    },
  }
}
