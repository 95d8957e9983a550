import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import { createPast } from '../history/past.ts'
import type { Clock } from '../ports/clock.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { DomainRecord } from '../ports/facts.ts'
import type { Hub } from '../ports/hub.ts'
import type { Store } from '../ports/store.ts'
import type { Vcf } from '../ports/vcf.ts'
import { noFacts } from '../upgrade/facts.ts'
import type { Limits } from '../upgrade/limits.ts'
import type { LostRecord } from './broken.ts'
import { connectionTeller, watchConnection } from './connection.ts'
import { type Domain, followDomain } from './domain.ts'
import type { FleetLog } from './fleet-log.ts'
import { gatherRefusals } from './gathered-refusals.ts'
import { onlyInCharge } from './held.ts'
import { createLostRecords } from './lost-records.ts'
import { tellNotices } from './notices.ts'
import { offersFor, offersForEach } from './offers.ts'
import { fleetView } from './overall.ts'
import type { ControlPolicy } from './permission.ts'
import { placeDiffers, withPlace, withStarts } from './place.ts'
import { createPressDesk, type PressDesk } from './presses.ts'
import { createQueue } from './queue.ts'
import { createSigningIn } from './signing-in.ts'

export type { FleetLog } from './fleet-log.ts'

export interface FleetDependencies {
  readonly vcf: Vcf
  readonly hub: Hub
  readonly store: Store
  readonly clock: Clock
  readonly log: FleetLog
  readonly limits: Limits
  /** Milliseconds between two looks for updates. */
  readonly detectEvery: number
  /** Milliseconds between two tries to sign in while that is refused for what is being upgraded. */
  readonly signInAgainEvery: number
  readonly policy: ControlPolicy
  /** What the settings say of a domain, by its name. */
  readonly settingsOf: (domainName: string) => DomainSettings
  /** Whether Home Assistant has a control for the target release: by MQTT alone. */
  readonly isTargetChosen: boolean
  /** Sentences about settings that are for none of these domains. */
  readonly strangersAmong: (domainNames: readonly string[]) => readonly string[]
  readonly digest: (text: string) => string
  readonly newId: () => string
}

export interface Fleet {
  readonly desk: PressDesk
  /** The same SDDC Manager for others who ask it: whether it answers is told by every call. */
  readonly vcf: Vcf
  /** Follows what the store knows at once, then looks for domains and updates, now and every `detectEvery`. */
  start(): void
  /** Reads domains and offers anew; resolves when done with what went wrong first (undefined: nothing), never rejects. */
  detectAll(): Promise<unknown>
  views(): readonly DomainView[]
  /** Stops at once; every fact was saved when it was learnt. */
  stop(): void
}

/** All domains of one SDDC Manager: one upgrade actor each, what VCF offers, and what is shown. */
export function createFleet(given: FleetDependencies): Fleet {
  const dependencies = { ...given, hub: gatherRefusals(given.hub, given.clock) }
  const { hub, store, clock, log, limits, detectEvery, strangersAmong } = dependencies
  const { vcf: watched, connection } = watchConnection(dependencies.vcf, showFleet)
  const vcf = onlyInCharge(watched, hub)
  const domains = new Map<string, Domain>()
  const shown = new Map<string, DomainView>()
  const lost = createLostRecords(dependencies)
  const { detectOne, tryTarget } = offersFor({ ...dependencies, vcf, domains })
  const withPast = createPast(() => store.history())
  let timer: unknown
  let failures = 0
  let stopped = false
  /** SDDC Manager has told its domains. */
  let named = false
  /** Every record is followed: before that nobody knows whose turn it is. */
  let complete = false

  const views = () => [...domains.values()].map((domain) => withPlace(domain.view(), domains))
  const signing = createSigningIn({ vcf, hub, clock, domains, connection, every: dependencies.signInAgainEvery })
  const tellConnection = connectionTeller(log)

  function showFleet(): void {
    tellConnection(signing.told())
    hub.publishFleet(fleetView(views(), signing.told()))
    signing.settle()
  }

  function publish(seen: DomainView): void {
    const view = withPast(withStarts(withPlace(seen, domains), domains))
    const before = shown.get(view.domain.id)
    shown.set(view.domain.id, view)
    hub.publish(view)
    tellNotices(hub, before, view)
    if (before && before.phase !== view.phase) log.info('phase', { domain: view.domain.name, phase: view.phase })
    if (domains.has(view.domain.id)) showFleet()
    // What the management domain does decides what the others are offered.
    if (before && before.status !== view.status && [before.status, view.status].includes('update_process_started')) void detectAll()
    if (complete) settleQueue()
  }

  /** What one domain does changes where others stand, and whose turn it is. */
  function settleQueue(): void {
    for (const view of views()) if (placeDiffers(withStarts(view, domains), shown.get(view.domain.id))) publish(view)
    void queue.advance()
  }

  function follow(record: DomainRecord, lostRecord?: LostRecord): Domain {
    const domain = followDomain(
      record,
      {
        ...{ ...dependencies, vcf },
        now: () => clock.now(),
        otherInCharge: () => hub.otherInCharge(),
        save: (facts) => store.save(facts),
        archive: (facts) => store.archive(facts),
        publish,
      },
      lostRecord,
    )
    domains.set(record.domain.id, domain)
    return domain
  }

  async function detectAll(): Promise<unknown> {
    let trouble: unknown
    try {
      const all = await vcf.domains()
      judgeSettings(all)
      for (const { status, ...identity } of all) {
        const domain = domains.get(identity.id) ?? follow({ domain: identity, facts: noFacts(clock.now()) }, lost.of(identity))
        domain.update({ identity, status })
      }
      trouble = await offersForEach(domains.values(), detectOne, log)
    } catch (error) {
      trouble = error
      log.debug('SDDC Manager could not be asked for its domains', { error })
    }
    failures = trouble === undefined ? 0 : failures + 1
    showFleet()
    return trouble
  }

  /** Once: a domain that is added later is no reason to repeat what was said of a name. */
  function judgeSettings(all: readonly DomainIdentity[]): void {
    if (named) return
    named = true
    for (const warning of strangersAmong(all.map(({ name }) => name))) log.warn(warning)
  }

  function schedule(): void {
    // After a failure sooner, ever less so: a data centre that is away for a night is not asked every half minute.
    const pause = failures === 0 ? detectEvery : Math.min(detectEvery, limits.pollEvery * 2 ** Math.min(failures, 10))
    timer = clock.setTimeout(() => void look(), pause)
  }

  async function look(): Promise<void> {
    await detectAll()
    if (!stopped) schedule()
  }

  const isWhole = () => named || !lost.isAny()
  const queue = createQueue({ ...dependencies, domains, detectOne, views, isWhole, pollEvery: limits.pollEvery })
  const desk = createPressDesk({ ...dependencies, vcf, domains, detectOne, tryTarget, detectAll, views })

  return {
    ...{ desk, vcf },
    detectAll,
    views,
    start() {
      const { records, broken } = store.load()
      lost.found(broken)
      for (const record of records) follow(record)
      complete = true
      settleQueue()
      void look()
    },
    stop() {
      stopped = true
      clock.clearTimeout(timer)
      queue.stop()
      desk.stop()
      signing.stop()
      for (const domain of domains.values()) domain.stop()
    },
  }
}
