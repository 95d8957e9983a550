import type { EntityState } from '../../shared/encoded.ts'
import type { SddcManagerName } from '../../shared/entity-ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from './log.ts'
import type { StatesByRest } from './rest.ts'

export interface LeaseNeeds {
  readonly rest: StatesByRest
  /** By which of the two this server shows. Default directly. */
  readonly by?: 'direct' | 'mqtt'
  /** Told of each beat that was taken. */
  readonly beaten?: (beat: EntityState) => void
  readonly clock: Clock
  readonly log: Log
  readonly instance: string
  /** Of this start alone: a copy of the state folder has the same `instance`. */
  readonly life: string
  /** Name of this machine, so that a person finds the server. */
  readonly host?: string | undefined
  readonly version: string
  /** The SDDC Manager that is followed: each has a lease of its own. Default the first. */
  readonly called?: SddcManagerName
  readonly beatMs: number
  /** How long a claim has to stand before it counts: two servers that start in the same moment both find the place free. */
  readonly claimMs: number
}
