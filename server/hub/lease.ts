/** `sensor.vcf_server`: the beat that says that the server lives, and the lease that keeps a second one from acting. */
import { beatsUntilSilent } from '../../shared/attributes.ts'
import { encodeServer } from '../../shared/encode-fleet.ts'
import { firstSddcManager } from '../../shared/entity-ids.ts'
import { coalesced } from './coalesced.ts'
import type { LeaseNeeds } from './lease-needs.ts'
import { openLeasePlace } from './lease-place.ts'
import { nameOf, onlyWatches, startedBeside, stoodStill, superseded } from './lease-words.ts'
import { pause } from './pause.ts'
import { type Rival, watchRival } from './rival.ts'
import type { Session } from './session.ts'
import { hearOthers, signatureIn } from './signature.ts'

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
  /** The last beat of a server that stops in order: the next one need not wait until it is silent. Never throws. */
  leave(): Promise<void>
  /** Throws a `HubFailure` unless nobody can have taken charge since Home Assistant took our last beat. */
  check(): void
  /** Home Assistant's clock now, as the last beat tells it; undefined before the first one. */
  hubTime(): number | undefined
  /** Whether this one is in charge, as far as it can know. */
  isHeld(): boolean
  /** The other server that is in charge, or was when that could be seen last. */
  other(): string | undefined
}

export function createLease(needs: LeaseNeeds): Lease {
  const { rest, clock, log, instance, life, host, version, called = firstSddcManager, beatMs, claimMs } = needs
  const place = openLeasePlace(rest, needs.by ?? 'direct', called)
  const silentAfter = beatsUntilSilent * beatMs
  const rival = watchRival(clock, { instance, life }, silentAfter, beatMs)
  let told: string | undefined
  /** The life of a copy that was answered last. */
  let answered: string | undefined
  let isClaiming = false
  /** Nobody has answered or taken a claim of this life yet: a beat of our own instance may be that of a life before. */
  let isFirst = true
  /** By Home Assistant's clock, which forgets beats when it restarts. */
  let lastOwnBeat: number | undefined
  /** In milliseconds: how far Home Assistant's clock is ahead of ours. */
  let ahead: number | undefined
  /** Our clock before the last beat that was taken; undefined while we are not in charge. */
  let heldSince: number | undefined

  async function write(how: { readonly claims?: true; readonly stopped?: true } = {}): Promise<number> {
    const at = clock.now()
    const beat = encodeServer({ at, version, instance, life, ...(host !== undefined && { host }), ...how }, called)
    lastOwnBeat = await place.write(beat)
    ahead = lastOwnBeat - clock.now()
    if (!how.claims && !how.stopped) needs.beaten?.(beat)
    return at
  }

  async function beat(): Promise<void> {
    heldSince = await write()
  }

  /** None where it would take charge from another. */
  const touch = coalesced(async () => {
    if (heldSince !== undefined) await beat().catch((error) => log('debug', 'A beat was not taken.', { error: String(error) }))
  })

  async function look(): Promise<{ readonly other?: Rival; readonly lastBeat?: number; readonly ours?: boolean }> {
    const found = await place.read()
    const other = rival.look(found, isFirst && !found?.isBeside)
    if (other) return { other }
    const seen = found && signatureIn(found.attributes)
    return found ? { lastBeat: found.lastUpdated, ours: seen?.life === life && !seen.claims && !seen.stopped } : {}
  }

  function tell(other: Rival): void {
    if (told === other.instance) return
    told = other.instance
    log('warn', onlyWatches(other, instance, silentAfter))
  }

  /** Not told by the beat: one that was still on its way may arrive after the restart. */
  async function isForgotten(): Promise<boolean> {
    return place.isForgotten()
  }

  /** Whoever is in charge hears the claim and says so: then it does not stand, and no more does one that another wrote over. */
  async function claimStands(session: Session): Promise<boolean> {
    await write({ claims: true })
    isFirst = false
    await listen(session)
    await pause(clock, claimMs, session.signal)
    return (await look()).other === undefined
  }

  /** From now on, at once: waiting for the next beat both would obey meanwhile. */
  async function listen(session: Session): Promise<void> {
    session.signal.addEventListener('abort', () => {
      heldSince = undefined
    })
    await hearOthers(session, place.id, { instance, life }, (other) => {
      // While our own claim stands it is the look after it that decides.
      if (isClaiming) return
      if (!other.claims && !other.stopped) {
        rival.note(other)
        session.end(superseded())
      } else if (isHeld()) answer(other)
      else session.end(stoodStill())
    })
  }

  function answer(other: Rival): void {
    if (other.claims && other.instance === instance && answered !== other.life) log('warn', startedBeside(other))
    answered = other.life
    void touch()
  }

  function isHeld(): boolean {
    return heldSince !== undefined && clock.now() - heldSince < silentAfter - beatMs
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
          isClaiming = !ours
          if (!ours && !(await claimStands(session))) continue
          isClaiming = false
          await beat()
          if (ours) await listen(session)
          return taken
        }
        tell(other)
        await pause(clock, Math.min(beatMs, rival.silentIn()), session.signal)
      }
    },
    async keep(session) {
      for (;;) {
        await pause(clock, beatMs, session.signal)
        if (session.signal.aborted) return
        const { other } = await look()
        if (other && !other.claims) throw superseded()
        await beat()
      }
    },
    touch,
    async leave() {
      await touch()
      if (heldSince === undefined) return
      heldSince = undefined
      await write({ stopped: true }).catch((error) => log('debug', 'The last beat was not taken.', { error: String(error) }))
    },
    check() {
      // A machine that slept finds its connections as it left them, and what was pressed long ago in them.
      if (!isHeld()) throw stoodStill()
    },
    hubTime: () => (ahead === undefined ? undefined : clock.now() + ahead),
    isHeld,
    other: () => (heldSince === undefined && rival.current() ? nameOf(rival.current()!) : undefined),
  }
}
