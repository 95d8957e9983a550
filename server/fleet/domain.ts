import { createActor } from 'xstate'
import type { DomainIdentity } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import type { Clock } from '../ports/clock.ts'
import type { DomainRecord, UpgradeFacts } from '../ports/facts.ts'
import type { Detection } from '../upgrade/detection.ts'
import type { EffectDependencies } from '../upgrade/effects/port.ts'
import type { UpgradeEvent } from '../upgrade/events.ts'
import type { UpgradeContext } from '../upgrade/implementation.ts'
import { createUpgradeMachine, type UpgradeActor } from '../upgrade/machine.ts'
import { afterOwnTrouble, withOwnTrouble } from '../upgrade/own-trouble.ts'
import { viewOf } from '../upgrade/view.ts'
import { brokenView, type LostRecord, ownTrouble, troubleOf } from './broken.ts'

export interface DomainDependencies extends EffectDependencies {
  readonly clock: Clock
  readonly save: (record: DomainRecord) => void
  readonly archive: (record: DomainRecord) => void
  readonly publish: (view: DomainView) => void
  readonly log: { debug(message: string, fields?: object): void; error(message: string, fields?: object): void }
}

/** One domain with its upgrade: the actor, what was last read of VCF about it, and what is shown. */
export interface Domain {
  identity(): DomainIdentity
  facts(): UpgradeFacts
  /** Its record cannot be used: the facts are empty, and what runs there is not known. */
  isLost(): boolean
  view(): DomainView
  detection(): Detection | undefined
  /** What VCF says of the domain now; shows it again when it changed. */
  update(news: { identity?: DomainIdentity; status?: string; detection?: Detection }): void
  /** @param found what VCF offers from this moment on, to be shown together with what comes of the event */
  send(event: UpgradeEvent, found?: Detection): void
  stop(): void
}

/**
 * Starts following a domain from its facts. An error of our own stops the actor, is shown as `failed`, and Retry starts it again from the facts on disk; so does
 * Cancel, which is taken before anything goes on.
 *
 * @param record its facts are empty when they were lost
 * @param lost its record could not be used: nothing is done and nothing written until a person presses Retry, which goes on without it
 */
export function followDomain(record: DomainRecord, dependencies: DomainDependencies, lost?: LostRecord): Domain {
  const { clock, save, archive, publish, log } = dependencies
  let identity = record.domain
  let saved = record.facts
  let context: UpgradeContext = { domain: identity, facts: saved, misses: 0 }
  let status: string | undefined
  let detection: Detection | undefined
  let forgets = lost
  let broken = lost && troubleOf(lost)

  let last: { readonly of: readonly unknown[]; readonly view: DomainView } | undefined
  /** Asked for several times whenever something is shown: the same until something that it tells of is another. */
  const view = (): DomainView => {
    const now = clock.now()
    const setting = dependencies.settingsOf(identity.name).target
    const of = [now, setting, context, identity, status, detection, broken]
    if (last && of.every((one, i) => one === last!.of[i])) return last.view
    const seen = viewOf({
      ...context,
      now,
      domain: identity,
      ...(status !== undefined && { domainStatus: status }),
      ...(detection && { detection }),
      setting,
    })
    last = { of, view: broken === undefined ? seen : brokenView(seen, broken) }
    return last.view
  }
  const machine = createUpgradeMachine({
    ...dependencies,
    save(facts) {
      save({ domain: identity, facts })
      saved = facts
      // Not before it is on disk who forgot it.
      forgets = undefined
    },
    archive(facts) {
      try {
        archive({ domain: identity, facts })
      } catch (error) {
        log.error('The finished run could not be archived; it stays in the record of its domain', { domain: identity.name, error })
      }
    },
    show(shown) {
      context = shown
      detection = afterRun(shown.facts, detection)
      publish(view())
    },
  })
  let actor = lost ? undefined : live(saved)

  /** @param cancel comes before anything goes on */
  function live(facts: UpgradeFacts, cancel?: UpgradeEvent): UpgradeActor {
    const next = createActor(machine, { input: { domain: identity, facts }, clock: xstateClock(clock) })
    next.subscribe({
      error(error) {
        broken = ownTrouble(error)
        const { firstPress: _, ...rest } = context
        context = rest
        log.error('The upgrade of a domain stopped on an error of this server', { domain: identity.name, error })
        publish(view())
      },
    })
    next.start()
    if (cancel) next.send(cancel)
    next.send({ type: 'resume' })
    return next
  }

  return {
    identity: () => identity,
    facts: () => context.facts,
    isLost: () => forgets !== undefined,
    view,
    detection: () => detection,
    update(news) {
      if (news.identity && JSON.stringify(news.identity) !== JSON.stringify(identity)) {
        identity = news.identity
        actor?.send({ type: 'identify', domain: identity })
      }
      status = news.status ?? status
      detection = news.detection ?? detection
      publish(view())
    },
    send(event, found) {
      log.debug('event', { domain: identity.name, event: event.type })
      if (broken === undefined) {
        detection = found ?? detection
        return actor?.send(event)
      }
      if (event.type !== 'retry' && (event.type !== 'cancel' || forgets)) return
      const { text } = broken
      broken = undefined
      if (event.type === 'cancel') actor = live(withOwnTrouble(saved, text, clock.now()), event)
      else actor = live(forgets ? forgets.forgottenBy(event.by) : afterOwnTrouble(saved, text, event.by, clock.now()))
    },
    stop: () => void actor?.stop(),
  }
}

/** A run that ended in proof tells the versions better than what was offered before it. */
function afterRun({ run }: UpgradeFacts, detection: Detection | undefined): Detection | undefined {
  const proven = run?.finished?.outcome === 'successfully_completed' && detection?.next?.version === run.target
  return proven ? { current: run.target, expected: [], choosable: [], whyNot: [] } : detection
}

/** XState's clock type lets callbacks have arguments; ours has none. */
function xstateClock(clock: Clock) {
  return {
    setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  }
}
