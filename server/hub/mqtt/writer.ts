/** Shows views by MQTT: devices announced to Home Assistant, their states kept by the broker. One per connection to the broker and session. */
import type { Control, FleetCommand } from '../../../shared/commands.ts'
import { encodeFleet } from '../../../shared/encode-fleet.ts'
import type { EncodeContext, EntityState } from '../../../shared/encoded.ts'
import { fleetEntityIds } from '../../../shared/entity-ids.ts'
import type { DomainView } from '../../../shared/view.ts'
import { domainControls, fleetControls, releaseChoice, titleOf } from '../control-names.ts'
import { leasePlaces } from '../lease-place.ts'
import type { Writer } from '../publisher.ts'
import { type Announcement, announce, controlKey, type KeyedState } from './announcement.ts'
import { domainAnnouncement, keyedDomain, milestonesKey, statusKey } from './domain-states.ts'
import { milestonesBetween } from './milestones.ts'
import { payloadOf } from './payload.ts'
import { releaseSelect } from './release-select.ts'
import { createResourceShow } from './resources.ts'
import { keyedFleet, serverAnnouncement } from './server-states.ts'
import type { Showing } from './showing.ts'
import { uniqueIdOf } from './topics.ts'

export interface MqttWriter extends Writer {
  /** Announces the server, whose controls are there and listened to from then on. @throws HubFailure */
  begin(): Promise<void>
  /** The server's beat. @throws HubFailure */
  beat(state: EntityState): Promise<void>
}

/** Each method throws a `HubFailure` when broker or Home Assistant cannot be used any more. */
export function createMqttWriter(showing: Showing): MqttWriter {
  const { announcer, topics, devices, called, registered, prefixes, names, log } = showing
  /** Domains of which Home Assistant was given a first view, and whether it was seen there. */
  const first = new Map<string, { readonly phase: string; seen: boolean }>()

  const lastViews = new Map<string, DomainView>()
  /** Of SDDC Manager, once it said so. */
  let sddcManagerVersion: string | undefined

  /** Answers false when it is not to be there. */
  async function bring(announcement: Announcement, isAwaited: boolean): Promise<boolean> {
    const { device, states, controls } = announcement
    const ofStates = states.map(({ key }) => topics.state(device.id, key))
    const ofSwitches = controls
      .filter(({ control }) => control === 'ignore_alerts')
      .map(({ control }) => topics.state(device.id, controlKey(control)))
    const isThere = await announcer.announce(device.id, announce(announcement, topics), [...ofStates, ...ofSwitches])
    if (isThere && isAwaited)
      await showing.taken(
        [...states.map(({ key }) => key), ...controls.map(({ control }) => controlKey(control))].map((key) => uniqueIdOf(device.id, key)),
      )
    return isThere
  }

  async function keep(device: string, { key, ...state }: KeyedState): Promise<void> {
    await announcer.keep(topics.state(device, key), payloadOf(state))
  }

  /** Entity ids by control, as Home Assistant has them. */
  function idsOf<Name extends Control | FleetCommand>(device: string, wanted: Announcement['controls']): Record<Name, string> {
    const ids = wanted.map(({ control, objectId }) => {
      const platform = control === 'ignore_alerts' ? 'switch' : 'button'
      return [control, registered.idOf(uniqueIdOf(device, controlKey(control))) ?? `${platform}.${objectId}`]
    })
    return Object.fromEntries(ids)
  }

  /** The other entities that a status names, by the ids that they have. */
  function renamed(states: readonly KeyedState[], announced: readonly Announcement[]): KeyedState[] {
    const uniqueIds = new Map(
      announced.flatMap(({ device, states }) => states.map((one) => [one.entity_id, uniqueIdOf(device.id, one.key)])),
    )
    const actual = (id: string) => registered.idOf(uniqueIds.get(id) ?? '') ?? id
    return states.map((state) => {
      const { entities } = state.attributes
      if (state.key !== statusKey || typeof entities !== 'object') return state
      const named = Object.entries(entities as Record<string, string>).map(([name, id]) => [name, actual(id)])
      return { ...state, attributes: { ...state.attributes, entities: Object.fromEntries(named) } }
    })
  }

  function contextOf(view: DomainView, device: string, prefix: string): EncodeContext {
    const title = titleOf(view.domain.name, prefix, called)
    const controls = idsOf<Control>(device, domainControls(prefix, title))
    const fleet = { ...fleetEntityIds(called), ...idsOf<FleetCommand>(devices.server, fleetControls(called)) }
    const { instance } = called
    return { prefix, title, controls, fleet, instance, mayControl: showing.mayControl(), timeZone: showing.timeZone }
  }

  function announcementOf(view: DomainView, context: EncodeContext): Announcement {
    return domainAnnouncement(view, context, { devices, version: showing.version, page: showing.sddcManager })
  }

  function announcementOfServer(): Announcement {
    return serverAnnouncement(showing.version, { page: showing.sddcManager, version: sddcManagerVersion }, called)
  }

  async function showServer(): Promise<void> {
    const announcement = announcementOfServer()
    if (!(await bring(announcement, true))) return
    await showing.listen({ device: devices.server, ids: idsOf<FleetCommand>(devices.server, announcement.controls) })
  }

  async function showDomain(view: DomainView): Promise<void> {
    const id = devices.of('domain', view.domain.id)
    const prefix = prefixes.for(
      view.domain,
      (entityId) => registered.isTaken(entityId) || showing.isOfOthers(entityId) || names.isOfHost(entityId),
    )
    showing.named()
    // Until the first view is seen Home Assistant may still be about to listen: of two phases it would show the later one alone.
    const before = first.get(id)
    if (before && !before.seen) {
      await showing.seen(view.domain.id, before.phase)
      before.seen = true
    }
    // Before the options that go with it: Home Assistant calls what is none of them an error.
    if (showing.isThere(id)) await showing.releases.show(id, releaseSelect(view, contextOf(view, id, prefix)))
    const announcement = announcementOf(view, contextOf(view, id, prefix))
    if (!(await bring(announcement, true))) return
    const context = contextOf(view, id, prefix)
    const select = releaseSelect(view, context)
    await showing.listen({
      device: id,
      domainId: view.domain.id,
      ids: { ...context.controls, [releaseChoice]: registered.idOf(uniqueIdOf(id, releaseChoice)) ?? select.entity_id },
      status: registered.idOf(uniqueIdOf(id, statusKey)),
    })
    await showing.releases.show(id, select)
    const all = [announcement, announcementOfServer()]
    for (const state of renamed(keyedDomain(view, context), all)) await keep(id, state)
    if (!before) first.set(id, { phase: view.phase, seen: false })
    // After the states that explain it. What happened while nobody could hear is not told late.
    const last = lastViews.get(id)
    for (const milestone of last ? milestonesBetween(last, view) : [])
      await announcer.pass(topics.state(id, milestonesKey), JSON.stringify(milestone))
    lastViews.set(id, view)
  }

  return {
    begin: showServer,
    async beat(state) {
      if (!showing.isThere(devices.server)) return
      const named = { ...state, attributes: { ...state.attributes, lease: leasePlaces(called).mqtt } }
      for (const one of keyedFleet([named], called)) await keep(devices.server, one)
    },
    async domain(view) {
      try {
        keyedDomain(view, contextOf(view, '', 'vcf'))
      } catch (error) {
        // A view that cannot be told must not cost the connection.
        return log('error', `Domain ${view.domain.name} could not be shown.`, { error: String(error) })
      }
      await showDomain(view)
    },
    async fleet(view) {
      if (!showing.isThere(devices.server)) return
      if (view.version !== undefined && view.version !== sddcManagerVersion) {
        sddcManagerVersion = view.version
        await showServer()
      }
      for (const state of keyedFleet(encodeFleet(view, called), called)) await keep(devices.server, state)
    },
    resources: createResourceShow(showing, (announcement) => bring(announcement, false), keep),
  }
}
