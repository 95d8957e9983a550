/** What the adapter needs and what it gives. */
import type { SddcManagerName } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Hub, PressListener, ReleaseListener, SwitchListener } from '../ports/hub.ts'
import type { Store } from '../ports/store.ts'
import type { HubAddress } from './address.ts'
import type { Log } from './log.ts'
import type { BrokerAddress } from './mqtt/address.ts'
import type { Phones } from './phones.ts'

export interface HomeAssistantOptions extends HubAddress {
  readonly clock: Clock
  readonly log: Log
  readonly store: Omit<Store, 'load' | 'save' | 'archive' | 'history' | 'trace' | 'outbox' | 'saveOutbox' | 'close'>
  /** With a broker entities come by MQTT, else directly. `sddcManager`: address of its page. */
  readonly mqtt?: (BrokerAddress & { readonly sddcManager: string }) | undefined
  /** The SDDC Manager that is shown. Default the first. */
  readonly called?: SddcManagerName
  /** Whether the entity id belongs to another SDDC Manager of this server. */
  readonly isOfOthers?: (entityId: string) => boolean
  /** `MAY_CONTROL`: people by login name. Only told to cards; presses are judged elsewhere. */
  readonly mayControl: 'admins' | 'everyone' | readonly string[]
  /** Told of Home Assistant's version when it can be used. */
  readonly connected?: (version: string) => void
  /** The server's own. */
  readonly version: string
  /** Of this start alone. */
  readonly life: string
  /** Name of this machine: by it a person finds the server that is in charge. */
  readonly host?: string | undefined
  /** Views of one phase without material change are at least this far apart. Default 10 s. */
  readonly publishEveryMs?: number
  /** Between two writes of `sensor.vcf_server`. Default 60 s. */
  readonly beatMs?: number
  /** How long a new claim to be the one server has to stand. Default 1 s. */
  readonly claimMs?: number
  /** A quiet connection is tried this often. Default 30 s. */
  readonly heartbeatMs?: number
  /** Longest wait for any answer over the websocket. Default 15 s. */
  readonly answerMs?: number
  /** After a change of a state that we wrote: whether somebody else made it. Default 5 s. */
  readonly lookAfterMs?: number
  /** Until the next try after a refused token, missing rights or an untrusted certificate. Default 15 min. */
  readonly refusedRetryMs?: number
}

export interface HomeAssistant extends Hub {
  onPress(listener: PressListener): void
  onRelease(listener: ReleaseListener): void
  onSwitchFound(listener: SwitchListener): void
  readonly phones: Phones
  /** Whether the entity id belongs to what is shown here. */
  owns(entityId: string): boolean
  /** Begins to connect, and goes on trying for ever. */
  start(): void
  /** Why Home Assistant cannot be used now, in one sentence; undefined while it can. */
  problem(): string | undefined
  /** Writes what is due, as far as that takes no more than two seconds, and disconnects. Nothing is deleted. */
  close(): Promise<void>
}
