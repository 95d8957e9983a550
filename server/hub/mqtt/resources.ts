/** Capacity on the domain's device, every cluster and host on a device of its own; what is not there any more is taken away. */
import { asState, resourceObjectIds, withoutValue } from '../../../shared/encode-resources.ts'
import type { ResourcesView } from '../../../shared/resources-view.ts'
import { type DatedEntity, resourceEntities } from '../resource-entities.ts'
import type { Announcement, Device, KeyedState } from './announcement.ts'
import type { Showing } from './showing.ts'
import { type DeviceNames, kindOf } from './topics.ts'

const models = { domain: 'VCF domain', cluster: 'VCF cluster', host: 'ESX host' } as const

/** One device at a step; each throws a `HubFailure` when broker or Home Assistant cannot be used any more. */
export function createResourceShow(
  { announcer, registered, prefixes, names, called, isOfOthers, devices, version, memory }: Showing,
  bring: (announcement: Announcement) => Promise<boolean>,
  keep: (device: string, state: KeyedState) => Promise<void>,
): (view: ResourcesView) => AsyncGenerator<void> {
  /** Of those that are not told of any more while nobody knows whether they are there. */
  const last = new Map<string, readonly { readonly state: KeyedState; readonly readAt: number }[]>()

  return async function* show(view) {
    const all = resourceEntities(view, { prefixes, names, called, isTaken: (id) => registered.isTaken(id) || isOfOthers(id) })
    const byDevice = Map.groupBy(all, ({ of }) => devices.of(of.kind, of.id))
    for (const [id, entities] of byDevice) {
      const states = entities.map((entity) => ({ ...asState(entity), key: keyOf(entity) }))
      const { kind } = entities[0]!.of
      const isThere =
        kind === 'domain'
          ? id in memory.devices()
          : await bring({ device: deviceFor(id, entities[0]!, devices), states, controls: [], version })
      if (isThere) for (const state of states) await keep(id, state)
      last.set(
        id,
        states.map((state, index) => ({ state, readAt: entities[index]!.readAt })),
      )
      yield
    }
    for (const id of new Set([...Object.keys(memory.devices()), ...last.keys()])) {
      const kind = kindOf(id)
      if (byDevice.has(id)) continue
      if (kind !== undefined && view.known.includes(kind)) {
        last.delete(id)
        if (id in memory.devices()) await announcer.takeAway(id)
      } else if (id in memory.devices())
        for (const { state, readAt } of last.get(id) ?? []) await keep(id, { ...withoutValue(state, readAt), key: state.key })
      yield
    }
  }
}

/** The end of the entity id, whatever the resource is called. */
function keyOf({ of, objectId }: DatedEntity): string {
  return resourceObjectIds(of.kind, '')
    .map((end) => end.slice(1))
    .find((end) => objectId.endsWith(`_${end}`))!
}

function deviceFor(id: string, { of, name }: DatedEntity, devices: DeviceNames): Device {
  return {
    id,
    name: name.replace(/ (CPU Usage|Memory Usage|Storage Usage|Hosts)$/, ''),
    model: models[of.kind],
    via: of.kind === 'domain' ? devices.server : devices.of('domain', of.domainId),
  }
}
