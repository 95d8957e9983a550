/** What a session with Home Assistant and a connection to the broker give to whoever shows by both. */
import type { SddcManagerName } from '../../../shared/entity-ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ControlChange } from '../control-changes.ts'
import type { Log } from '../log.ts'
import type { PrefixBook } from '../prefixes.ts'
import type { ControlGroup, Listened } from '../presses.ts'
import type { ResourceNames } from '../resource-names.ts'
import type { Session } from '../session.ts'
import type { Announcer } from './announcer.ts'
import type { Memory } from './memory.ts'
import type { Registered } from './registered.ts'
import type { ReleaseChoices } from './release-choices.ts'
import { type ShownStatus, watchStatus } from './shown-status.ts'
import type { DeviceNames, Topics } from './topics.ts'

/** Of the session, whichever connection there is to the broker. */
export interface Surroundings {
  readonly session: Session
  readonly clock: Clock
  readonly log: Log
  readonly topics: Topics
  readonly devices: DeviceNames
  /** The SDDC Manager whose domains are shown. */
  readonly called: SddcManagerName
  /** Whether the entity id belongs to another SDDC Manager of this server. */
  readonly isOfOthers: (entityId: string) => boolean
  readonly memory: Memory
  readonly registered: Registered
  readonly prefixes: PrefixBook
  readonly names: ResourceNames
  readonly timeZone: string
  readonly version: string
  /** Address of SDDC Manager's page. */
  readonly sddcManager: string
  readonly mayControl: () => 'admins' | 'everyone' | readonly string[]
  /** Listens to controls; answers what ends that. */
  readonly watch: (group: ControlGroup) => Promise<() => void>
  /** A domain has its names now. */
  readonly named: () => void
  /** The domain's findings stand in Home Assistant since `at`, by its clock. */
  readonly shown: (domainId: string, digest: string | undefined, at: number) => void
  /** Sees every change of a device's controls first. */
  readonly isTold: (device: string, control: Listened, change: ControlChange) => boolean
}

export interface Listening {
  readonly device: string
  readonly domainId?: string
  readonly ids: Readonly<Record<string, string>>
  /** Entity id of the domain's phase. */
  readonly status?: string | undefined
}

export interface Showing extends Surroundings {
  readonly announcer: Announcer
  readonly releases: Pick<ReleaseChoices, 'show'>
  isThere(device: string): boolean
  /** Waits until Home Assistant has taken these entities; says so once when it does not. */
  taken(uniqueIds: readonly string[]): Promise<void>
  /** Listens to the device's controls and to what is shown of the domain, by the ids that these have now. */
  listen(listening: Listening): Promise<void>
  /** Waits until Home Assistant shows the phase of the domain. */
  seen(domainId: string, phase: string): Promise<void>
}

interface Heard {
  readonly key: string
  readonly stop: () => void
  readonly status?: ShownStatus
}

/** Listens over the websocket; of one session, whatever becomes of the broker meanwhile. */
export function createListeners(surroundings: Surroundings) {
  const { session, clock, watch, shown, isTold } = surroundings
  const heard = new Map<string, Heard>()
  const statuses = new Map<string, ShownStatus>()

  return {
    async listen({ device, domainId, ids, status }: Listening): Promise<void> {
      const key = JSON.stringify([ids, status])
      const before = heard.get(device)
      if (before?.key === key) return
      before?.stop()
      before?.status?.stop()
      heard.set(device, { key, stop: () => {} })
      const stop = await watch({
        ...(domainId !== undefined && { domainId }),
        entityIds: ids,
        isTold: (control, change) => isTold(device, control, change),
      })
      const watched =
        domainId !== undefined && status !== undefined
          ? await watchStatus({ session, clock }, status, (digest, at) => shown(domainId, digest, at))
          : undefined
      heard.set(device, { key, stop, ...(watched && { status: watched }) })
      if (domainId !== undefined && watched) statuses.set(domainId, watched)
    },
    seen: async (domainId: string, phase: string): Promise<void> => statuses.get(domainId)?.wait(phase),
  }
}
