/** Another server on the same Home Assistant, as its beats in `sensor.vcf_server` tell of it. */
import type { Clock } from '../ports/clock.ts'
import type { FoundState } from './rest.ts'
import { isOwn, type Signature, signatureIn } from './signature.ts'

export type Rival = Signature

export interface RivalWatch {
  /**
   * The rival in charge after this look at the beat; undefined when there is none, or it is silent, or stopped. A beat that a restart of Home Assistant wiped out does not make it silent.
   *
   * @param isFirst a beat of our own instance may be the last one of our life before: it is no rival until it is renewed
   */
  look(found: FoundState | undefined, isFirst?: boolean): Rival | undefined
  /** The rival has just taken charge, as its beat says that was told. */
  note(rival: Rival): void
  /** The rival of the last look. */
  current(): Rival | undefined
  /** Milliseconds until the rival counts as silent if nothing more is heard of it. */
  silentIn(): number
  /** The rival is silent, or none. */
  forget(): void
}

interface Seen {
  readonly rival: Rival
  /** Its last beat, by Home Assistant's clock. */
  readonly beat: number
  /** By our clock. */
  readonly silentAt: number
}

/**
 * Silent is who sent no beat for `silentAfter` milliseconds by our own clock: Home Assistant's may jump, the rival's may be wrong, and a server that
 * takes charge beside a living one acts twice. What both of these say about the age of the beat shortens the wait.
 *
 * @param silentAfter milliseconds; @param beatMs between two beats of a living one
 */
export function watchRival(clock: Clock, own: Pick<Signature, 'instance' | 'life'>, silentAfter: number, beatMs: number): RivalWatch {
  let seen: Seen | undefined

  function remember(found: FoundState, rival: Rival): Seen {
    const isKnown = seen !== undefined && isOwn(seen.rival, rival)
    if (isKnown && seen?.beat === found.lastUpdated) return seen
    // A beat that came while we watched is not older than our last look.
    const oldest = isKnown ? beatMs : silentAfter
    const age = Math.min(found.now - found.lastUpdated, clock.now() - Date.parse(found.state), oldest)
    return { rival, beat: found.lastUpdated, silentAt: clock.now() + silentAfter - (age > 0 ? age : 0) }
  }

  return {
    look(found, isFirst = false) {
      if (found) {
        const other = signatureIn(found.attributes)
        const isRival = other && !other.stopped && !isOwn(other, isFirst ? { ...own, life: other.life } : own)
        seen = isRival ? remember(found, other) : undefined
      }
      return seen && clock.now() < seen.silentAt ? seen.rival : undefined
    },
    note(rival) {
      seen = { rival, beat: Number.NaN, silentAt: clock.now() + silentAfter }
    },
    current: () => seen?.rival,
    silentIn: () => Math.max(0, (seen?.silentAt ?? 0) - clock.now()),
    forget() {
      seen = undefined
    },
  }
}
