/** What has happened in all runs of this installation, one entry after the other. It is only added to; each entry vouches for those before it. */
import type { Component, RunOutcome } from '../../shared/upgrade.ts'
import type { Acknowledgement, Person } from './gate-facts.ts'

/** What an entry can tell of a run. A later version of this server may know more. */
export type RunEvent =
  | 'started'
  | 'turn came'
  | 'prechecks evaluated'
  | 'findings acknowledged'
  | 'ignore alerts changed'
  | 'components began'
  | 'step requested'
  | 'foreign upgrade followed'
  | 'step ended'
  | 'halted'
  | 'waits for image'
  | 'retry pressed'
  | 'ending asked'
  | 'pause taken back'
  | 'ended'
  | 'target taken back'

/** One thing that happened in a run, as its facts tell it. Times in milliseconds since the epoch, `took` and `outage` in milliseconds. */
export interface HistoryEvent {
  readonly event: RunEvent
  readonly at: number
  readonly run: string
  readonly domain: { readonly id: string; readonly name: string }
  /** Place of the step among those of the run, from 0. */
  readonly step?: number
  readonly by?: Person
  readonly from?: string
  readonly to?: string
  readonly only?: 'download'
  /** Who chose the release that it goes to; absent: the settings did. */
  readonly chosenBy?: Person
  /** The run waits for its turn. */
  readonly queued?: boolean
  readonly errors?: number
  readonly warnings?: number
  readonly gaps?: number
  /** Of the findings: what was acknowledged or overridden is told by the same digest. */
  readonly digest?: string
  readonly how?: Acknowledgement['how']
  readonly on?: boolean
  readonly component?: Component
  readonly resource?: string
  readonly hosts?: number
  readonly drift?: boolean
  readonly attempt?: number
  readonly outcome?: RunOutcome | 'forgotten' | 'done' | 'failed' | 'lost' | 'yes' | 'no'
  readonly took?: number
  /** The step took up what an attempt before it had begun: its duration holds the wait between them. */
  readonly followed?: boolean
  /** Longest silence of SDDC Manager while it upgraded itself. */
  readonly outage?: number
  readonly what?: string
  readonly of?: string
  readonly reason?: string
  readonly text?: string
  readonly reference?: string
  /** Taken in from the file that a version before the history had kept of the run. */
  readonly archived?: boolean
}

/** What the history says of itself: where it begins, and damage that a start of the server found. */
export interface HistoryNote {
  readonly event: 'opened' | 'damage found'
  readonly at: number
  /** UUID of the installation that opened it. */
  readonly installation?: string
  readonly text?: string
}

/** SHA-256 of an entry, by which the next one and whoever wrote it down can vouch for it. */
export type HistoryEntry = (HistoryEvent | HistoryNote) & { readonly hash: string }
