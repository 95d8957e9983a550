/** Servers of other installations that show to the same Home Assistant: beside one of them nothing may be taken out, it would take that for a person's work. */
import { beatSeconds, beatsUntilSilent } from '../../shared/attributes.ts'
import type { SddcManagerName } from '../../shared/entity-ids.ts'
import { type ErrandNeeds, runErrand } from './errand.ts'
import { leasePlaces } from './lease-place.ts'
import { nameOf } from './lease-words.ts'
import type { FoundState } from './rest.ts'
import { type Signature, signatureIn } from './signature.ts'
import { states } from './wire.ts'

export interface OthersNeeds extends ErrandNeeds {
  /** Installations that do not count: those whose state folders the caller holds. */
  readonly own: readonly string[]
  /** Only the servers of this SDDC Manager. Default those of all that are shown there. */
  readonly called?: SddcManagerName
}

/** Minutes after which a server that was killed does not count any more. */
export const minutesUntilSilent = (beatSeconds * beatsUntilSilent) / 60

/** Names them, by beats that are not older than `minutesUntilSilent`; one that stopped in order has said so. @throws HubFailure */
export async function othersAtWork(needs: OthersNeeds): Promise<readonly string[]> {
  const { own, called } = needs
  return runErrand(needs, async (session, rest) => {
    const shown = await session.ask({ type: 'get_states' }, states)
    const meant = called && Object.values(leasePlaces(called))
    const places = shown.filter(({ entity_id }) => meant?.includes(entity_id) ?? beatPlace.test(entity_id))
    const beats = await Promise.all(places.map(({ entity_id }) => rest.read(entity_id)))
    const alive = beats.flatMap((beat) => (beat && isFresh(beat) ? (atWork(beat) ?? []) : []))
    return [...new Set(alive.filter(({ instance }) => !own.includes(instance)).map(nameOf))]
  })
}

/** `sensor.vcf_server`, that of a further SDDC Manager, and their places by MQTT. */
const beatPlace = /^sensor\.vcf(_.+)?_server(_in_charge)?$/

function isFresh({ now, lastUpdated }: FoundState): boolean {
  return now - lastUpdated < minutesUntilSilent * 60_000
}

/** The entity by MQTT, which names the place of the lease, is none: it may still show a server that has stopped. */
function atWork({ attributes }: FoundState): Signature | undefined {
  const signed = 'lease' in attributes ? undefined : signatureIn(attributes)
  return signed?.stopped ? undefined : signed
}
