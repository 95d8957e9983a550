/** `sensor.vcf_server`: the beat that says that the server lives, and the lease that keeps a second one from acting. */
import { beatsUntilSilent } from '../../shared/attributes.ts'
import { encodeServer } from '../../shared/encode-fleet.ts'
import { fleetEntityIds } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from './log.ts'
import { pause } from './pause.ts'
import type { StatesByRest } from './rest.ts'
import type { Session } from './session.ts'

export interface Taken {
  /** When a server was last here, by Home Assistant's clock, as far as that is known. */
  readonly lastBeat: number | undefined
  /** Home Assistant holds nothing of us: it restarted, or no server was ever here. */
  readonly forgotten: boolean
}

export interface Lease {
  /** Waits until no other server is in charge, then takes charge. @throws HubFailure */
  take(session: Session): Promise<Taken>
  /** Beats; resolves when the session ended or another server took charge. @throws HubFailure */
  keep(session: Session): Promise<void>
  /** One more beat, now: what was obeyed is older than the last beat. Never throws. */
  touch(): Promise<void>
  /** The other server that is in charge. */
  other(): string | undefined
}

export interface LeaseNeeds {
  readonly rest: StatesByRest
  readonly clock: Clock
  readonly log: Log
  readonly instance: string
  readonly version: string
  readonly beatMs: number
  /** How long a claim has to stand before it counts: two servers that start in the same moment both find the place free. */
  readonly claimMs: number
}

export function createLease({ rest, clock, log, instance, version, beatMs, claimMs }: LeaseNeeds): Lease {
  const silentAfter = beatsUntilSilent * beatMs
  let watched: { readonly instance: string; readonly at: number } | undefined

  let again = false
  let touching: Promise<void> | undefined

  /** Home Assistant forgets beats when it restarts. */
  let lastOwnBeat: number | undefined

  async function beat(): Promise<void> {
    lastOwnBeat = await rest.write(encodeServer({ at: clock.now(), version, instance }))
  }

  /** One more after the one under way, however often that is asked for. */
  async function touchOn(): Promise<void> {
    while (again) {
      again = false
      await beat().catch((error) => log('debug', 'A beat was not taken.', { error: String(error) }))
    }
  }

  /** The other server, if it has beaten lately. A restart of Home Assistant wipes its beat out, which does not make it silent. */
  async function look(): Promise<{ readonly other?: string; readonly lastBeat?: number; readonly ours?: true }> {
    const found = await rest.read(fleetEntityIds.server)
    if (!found) return watched && clock.now() - watched.at < silentAfter ? { other: watched.instance } : {}
    const holder = found.attributes.instance
    const isFresh = found.now - found.lastUpdated < silentAfter
    if (holder === instance) return { lastBeat: found.lastUpdated, ours: true }
    if (typeof holder !== 'string' || !isFresh) return { lastBeat: found.lastUpdated }
    if (watched?.instance !== holder) log('warn', `Another server (${holder}) is in charge of Home Assistant. This one only watches.`)
    watched = { instance: holder, at: clock.now() }
    return { other: holder }
  }

  /** Not told by the beat: one that was still on its way may arrive after the restart. */
  async function isForgotten(): Promise<boolean> {
    return (await rest.read(fleetEntityIds.overall)) === undefined
  }

  async function claimStands(session: Session): Promise<boolean> {
    await pause(clock, claimMs, session.signal)
    return (await look()).other === undefined
  }

  return {
    async take(session) {
      for (;;) {
        session.signal.throwIfAborted()
        const { other, lastBeat, ours } = await look()
        if (other === undefined) {
          if (watched) log('warn', `The other server (${watched.instance}) is silent. This one takes charge.`)
          watched = undefined
          const taken = { lastBeat: lastBeat ?? lastOwnBeat, forgotten: await isForgotten() }
          await beat()
          if (ours || (await claimStands(session))) return taken
          continue
        }
        await pause(clock, beatMs, session.signal)
      }
    },
    async keep(session) {
      for (;;) {
        await pause(clock, beatMs, session.signal)
        if (session.signal.aborted || (await look()).other !== undefined) return
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
    other: () => watched?.instance,
  }
}
