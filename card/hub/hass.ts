/** The slice of Home Assistant's frontend that the card uses. Every part may be absent: versions differ, and so do hosts. */
import type { Locale } from '../words/words.ts'

export interface EntityState {
  readonly entity_id: string
  readonly state: string
  readonly attributes: Readonly<Record<string, unknown>>
}
export type States = Readonly<Record<string, EntityState | undefined>>

export interface User {
  readonly id: string
  readonly name?: string
  readonly is_admin?: boolean
}

/** The fifth argument: whether Home Assistant shows its own message about a failure. */
export type CallService = (
  domain: string,
  service: string,
  fields: Readonly<Record<string, unknown>>,
  target?: undefined,
  notifyOnError?: boolean,
) => Promise<unknown>

/** Of the registry of devices, as far as it matters here. */
export interface Device {
  readonly name?: string | null
  readonly name_by_user?: string | null
  /** The device that it belongs to. */
  readonly via_device_id?: string | null
}

export interface Hass {
  readonly states?: States
  /** Of the registry: entities by their ids, devices by theirs. */
  readonly entities?: Readonly<Record<string, { readonly device_id?: string | null } | undefined>>
  readonly devices?: Readonly<Record<string, Device | undefined>>
  readonly user?: User
  readonly locale?: Locale
  readonly config?: { readonly time_zone?: string }
  readonly callService?: CallService
  /** A state in the language of who looks. */
  readonly formatEntityState?: (entity: EntityState) => string
}
