/** The state that the beat is written to, and where that of a server is found that shows by the other way. */
import type { EntityState } from '../../shared/encoded.ts'
import { firstSddcManager, fleetEntityIds, type SddcManagerName } from '../../shared/entity-ids.ts'
import type { FoundState, StatesByRest } from './rest.ts'
import { signatureIn } from './signature.ts'

export interface FoundBeat extends FoundState {
  /** Of a server that shows by the other way: it does not hear a claim here. */
  readonly isBeside?: true
}

export interface LeasePlace {
  readonly id: string
  /** The newest beat here, or that of a server which shows by the other way. @throws HubFailure */
  read(): Promise<FoundBeat | undefined>
  /** Answers when it was taken, by Home Assistant's clock. @throws HubFailure */
  write(beat: EntityState): Promise<number>
  /** Whether Home Assistant holds nothing of us. @throws HubFailure */
  isForgotten(): Promise<boolean>
}

/**
 * Ids of the two. By MQTT `sensor.vcf_server` is an entity that a person may rename, disable or delete, and that is gone while the broker is: the lease
 * hangs on none of that and has a state of its own beside it, which the entity names in its attribute `lease`.
 */
export function leasePlaces(called: SddcManagerName = firstSddcManager): Readonly<Record<'direct' | 'mqtt', string>> {
  const { server } = fleetEntityIds(called)
  return { direct: server, mqtt: `${server}_in_charge` }
}

export function openLeasePlace(rest: Pick<StatesByRest, 'read' | 'write'>, by: 'direct' | 'mqtt', called: SddcManagerName): LeasePlace {
  const places = leasePlaces(called)
  const id = places[by]
  const elsewhere = places[by === 'direct' ? 'mqtt' : 'direct']

  return {
    id,
    async read() {
      const own = await rest.read(id)
      const beside = await rest.read(elsewhere)
      const signed = beside && !('lease' in beside.attributes) ? signatureIn(beside.attributes) : undefined
      const isNewer = beside && signed && !signed.stopped && beside.lastUpdated > (own?.lastUpdated ?? 0)
      return isNewer ? { ...beside, isBeside: true } : own
    },
    write: (beat) => rest.write(by === 'direct' ? beat : besideTheEntity(beat, id)),
    // By MQTT the entities are there again by themselves.
    isForgotten: async () => (await rest.read(by === 'direct' ? fleetEntityIds(called).overall : id)) === undefined,
  }
}

function besideTheEntity({ state, attributes }: EntityState, entity_id: string): EntityState {
  return { entity_id, state, attributes: { ...attributes, friendly_name: `${attributes.friendly_name} In Charge` } }
}
