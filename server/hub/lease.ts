/** `sensor.vcf_server`: the beat that says that the server lives, and the lease that keeps a second one from acting. */
import { beatsUntilSilent } from '../../shared/attributes.ts'
import { encodeServer } from '../../shared/encode-fleet.ts'
import { firstSddcManager, fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import { HubFailure } from './failure.ts'
import type { Log } from './log.ts'
import { pause } from './pause.ts'
import type { StatesByRest } from './rest.ts'
import { nameOf, type Rival, watchRival } from './rival.ts'
import type { Session } from './session.ts'
import { beatEvent } from './wire.ts'

export interface Taken {
  /** When a server was last here, by Home Assistant's clock, as far as that is known. */
  readonly lastBeat: number | undefined
  /** Home Assistant holds nothing of us: it restarted, or no server was ever here. */
  readonly forgotten: boolean
}

export interface Lease {
  /** Waits until no other server is in charge, then takes charge; from then on the session ends as soon as another one does. @throws HubFailure */
  take(session: Session): Promise<Taken>
  /** Beats until the session ends. @throws HubFailure */
  keep(session: Session): Promise<void>
  /** One more beat, now: what was obeyed is older than the last beat. Never throws. */
  touch(): Promise<void>
  /** Throws a `HubFailure` unless nobody can have taken charge since Home Assistant took our last beat. */
  check(): void
  /** Home Assistant's clock now, as the last beat tells it; undefined before the first one. */
  hubTime(): number | undefined
  /** The other server that is in charge. */
  other(): string | undefined
}

export interface LeaseNeeds {
  readonly rest: StatesByRest
  readonly clock: Clock
  readonly log: Log
  readonly instance: string
  /** Name of this machine, so that a person finds the server. */
  readonly host?: string | undefined
  readonly version: string
  /** The SDDC Manager that is followed: each has a lease of its own. Default the first. */
  readonly called?: SddcManagerName
  readonly beatMs: number
  /** How long a claim has to stand before it counts: two servers that start in the same moment both find the place free. */
  readonly claimMs: number
}

export function createLease(needs: LeaseNeeds): Lease {
  const { rest, clock, log, instance, host, version, called = firstSddcManager, beatMs, claimMs } = needs
  const ids = fleetEntityIds(called)
  const silentAfter = beatsUntilSilent * beatMs
  const rival = watchRival(clock, instance, silentAfter, beatMs)
  let told: string | undefined
  let again = false
  let touching: Promise<void> | undefined
  /** By Home Assistant's clock, which forgets beats when it restarts. */
  let lastOwnBeat: number | undefined
  /** In milliseconds: how far Home Assistant's clock is ahead of ours. */
  let ahead: number | undefined
  /** Our clock before the last beat that was taken; undefined while we are not in charge. */
  let heldSince: number | undefined

  async function beat(): Promise<void> {
    const at = clock.now()
    lastOwnBeat = await rest.write(encodeServer({ at, version, instance, ...(host !== undefined && { host }) }, called))
    heldSince = at
    ahead = lastOwnBeat - clock.now()
  }

  /** One more after the one under way, however often that is asked for; none where it would take charge from another. */
  async function touchOn(): Promise<void> {
    while (again && heldSince !== undefined) {
      again = false
      await beat().catch((error) => log('debug', 'A beat was not taken.', { error: String(error) }))
    }
  }

  async function look(): Promise<{ readonly other?: Rival; readonly lastBeat?: number; readonly ours?: boolean }> {
    const found = await rest.read(ids.server)
    const other = rival.look(found)
    if (other) {
      tell(other)
      return { other }
    }
    return found ? { lastBeat: found.lastUpdated, ours: found.attributes.instance === instance } : {}
  }

  function tell(other: Rival): void {
    if (told === other.instance) return
    told = other.instance
    log(
      'warn',
      `Another server (${nameOf(other)}) is in charge of Home Assistant. This one only watches: it shows nothing there and obeys no press; ` +
        `an upgrade that it has begun goes on unseen. Stop one of the two: this one takes charge when the other has been silent for ${inWords(silentAfter)}.`,
    )
  }

  /** Not told by the beat: one that was still on its way may arrive after the restart. */
  async function isForgotten(): Promise<boolean> {
    return (await rest.read(ids.overall)) === undefined
  }

  async function claimStands(session: Session): Promise<boolean> {
    await pause(clock, claimMs, session.signal)
    return (await look()).other === undefined
  }

  /** From now on, at once: waiting for the next beat both would obey meanwhile. */
  async function yieldToOthers(session: Session): Promise<void> {
    session.signal.addEventListener('abort', () => {
      heldSince = undefined
    })
    await session.subscribe({ type: 'subscribe_entities', ...{ entity_ids: [ids.server] } }, beatEvent, ({ a = {}, c = {} }) => {
      const changed = [...Object.values(a), ...Object.values(c).map((change) => change['+'])]
      const others = changed.some((state) => state?.a?.instance !== undefined && state.a.instance !== instance)
      if (others) session.end(superseded())
    })
  }

  return {
    async take(session) {
      for (;;) {
        session.signal.throwIfAborted()
        const { other, lastBeat, ours } = await look()
        if (other === undefined) {
          const before = rival.current()
          if (before) log(told === undefined ? 'info' : 'warn', `The other server (${nameOf(before)}) is silent. This one takes charge.`)
          rival.forget()
          told = undefined
          const taken = { lastBeat: lastBeat ?? lastOwnBeat, forgotten: await isForgotten() }
          await beat()
          if (!ours && !(await claimStands(session))) {
            heldSince = undefined
            continue
          }
          await yieldToOthers(session)
          return taken
        }
        await pause(clock, Math.min(beatMs, rival.silentIn()), session.signal)
      }
    },
    async keep(session) {
      for (;;) {
        await pause(clock, beatMs, session.signal)
        if (session.signal.aborted) return
        if ((await look()).other !== undefined) throw superseded()
        await beat()
      }
    },
    touch() {
      again = true
      touching ??= touchOn().finally(() => {
        touching = undefined
      })
      return touching
    },
    check() {
      // A machine that slept finds its connections as it left them, and what was pressed long ago in them.
      if (heldSince === undefined || clock.now() - heldSince >= silentAfter - beatMs) throw stoodStill()
    },
    hubTime: () => (ahead === undefined ? undefined : clock.now() + ahead),
    other: () => rival.current() && nameOf(rival.current()!),
  }
}

function superseded(): HubFailure {
  return new HubFailure('superseded', 'Another server has taken charge of Home Assistant.')
}

function stoodStill(): HubFailure {
  return new HubFailure('unreachable', 'This server stood still for minutes, or its clock was set: it looks anew who is in charge.')
}

function inWords(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 60_000)} minutes` : `${ms / 1000} s`
}
