/** Another server on the same Home Assistant, as its beats in `sensor.vcf_server` tell of it. */
import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import type { FoundState } from './rest.ts'

export interface Rival {
  /** Its own name for itself, from its state folder. */
  readonly instance: string
  /** Name of the machine that it runs on. */
  readonly host?: string
}

export interface RivalWatch {
  /** The rival in charge after this look at the beat; undefined when there is none, or it is silent. A beat that a restart of Home Assistant wiped out does not make it silent. */
  look(found: FoundState | undefined): Rival | undefined
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

const signature = z.object({ instance: z.string(), host: z.string().optional().catch(undefined) })

/**
 * Silent is who sent no beat for `silentAfter` milliseconds by our own clock: Home Assistant's may jump, the rival's may be wrong, and a server that
 * takes charge beside a living one acts twice. What both of these say about the age of the beat shortens the wait.
 *
 * @param silentAfter milliseconds; @param beatMs between two beats of a living one
 */
export function watchRival(clock: Clock, instance: string, silentAfter: number, beatMs: number): RivalWatch {
  let seen: Seen | undefined

  function remember(found: FoundState, rival: Rival): Seen {
    if (seen?.rival.instance === rival.instance && seen.beat === found.lastUpdated) return seen
    // A beat that came while we watched is not older than our last look.
    const oldest = seen?.rival.instance === rival.instance ? beatMs : silentAfter
    const age = Math.min(found.now - found.lastUpdated, clock.now() - Date.parse(found.state), oldest)
    return { rival, beat: found.lastUpdated, silentAt: clock.now() + silentAfter - (age > 0 ? age : 0) }
  }

  return {
    look(found) {
      if (found) {
        const other = signature.safeParse(found.attributes)
        seen = other.success && other.data.instance !== instance ? remember(found, other.data) : undefined
      }
      return seen && clock.now() < seen.silentAt ? seen.rival : undefined
    },
    current: () => seen?.rival,
    silentIn: () => Math.max(0, (seen?.silentAt ?? 0) - clock.now()),
    forget() {
      seen = undefined
    },
  }
}

/** The rival in words for a person. */
export function nameOf({ instance, host }: Rival): string {
  return host === undefined ? instance : `${instance} on ${host}`
}
