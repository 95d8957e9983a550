/** Home Assistant, as the fleet sees it: shows views, tells people, brings presses. The adapter survives Home Assistant's absence; nothing here throws or waits. */
import type { Control, FleetCommand } from '../../shared/commands.ts'
import type { ResourcesView } from '../../shared/resources-view.ts'
import type { DomainView, FleetView } from '../../shared/view.ts'

/** Whoever pressed. `admin`: owner or member of Home Assistant's administrators, and active. */
export interface Presser {
  readonly id: string
  readonly name: string
  /** Login name, lower case, where Home Assistant knows one. */
  readonly login?: string
  readonly admin: boolean
  /** Nobody that Home Assistant knows, or deactivated there: may nothing, whatever the settings say. */
  readonly gone?: true
  /** Home Assistant could not be asked what this person may now: may nothing. */
  readonly unread?: true
}

/** A change of a control's state while we listened, or one that was missed. */
export interface Press {
  /** Absent for the controls of the whole installation. */
  readonly domainId?: string
  readonly control: Control | FleetCommand
  /** The switch's new position. */
  readonly on?: boolean
  /** Undefined: no person behind it (an automation). */
  readonly by?: Presser
  /** Home Assistant's clock, milliseconds since the epoch. */
  readonly at: number
  /** Happened while the server was away: it is told, never obeyed. */
  readonly missed?: boolean
  /** It took so long to arrive that whoever pressed may have given up: it is told, never obeyed. */
  readonly late?: boolean
  /** Digest of the findings that Home Assistant showed when it was pressed; undefined: none, as far as is known. */
  readonly shown?: string
}

/** A person (or an automation) chose to which release the next upgrade of a domain goes. */
export interface ReleaseChoice {
  readonly domainId: string
  /** A version, or `next`: the lowest that there is. As it came: it may be none that was on offer. */
  readonly release: string
  /** Undefined: no person behind it. */
  readonly by?: Presser | undefined
  /** Home Assistant's clock, milliseconds since the epoch. */
  readonly at: number
  /** It took so long to arrive that whoever chose may have given up: it is told, never obeyed. */
  readonly late?: boolean | undefined
}

export type NoticePurpose = 'started' | 'waiting' | 'stalled' | 'refused' | 'failed' | 'finished' | 'nothing_to_update' | 'signed_out'

/** A persistent notification. One id per domain and purpose: a newer one replaces the older. */
export interface Notice {
  readonly domainId: string
  readonly purpose: NoticePurpose
  readonly title: string
  /** Markdown; texts from VCF already escaped. */
  readonly message: string
}

export interface Hub {
  /**
   * Shows the domain. Two different phases are never merged: each becomes its own state change, in order, however short.
   * Views of one phase may be merged (last wins) and are thinned out to one every ten seconds unless something material changed.
   * Re-shown by the adapter after Home Assistant was away: then the newest view only.
   */
  publish(view: DomainView): void
  publishFleet(view: FleetView): void
  /** Shows capacity, clusters and hosts, after what is more urgent, and takes away what is not there any more. */
  publishResources(view: ResourcesView): void
  /** Shows the notice, or keeps it until Home Assistant answers. `waiting`, `failed` and `signed_out` are shown again after Home Assistant restarted. */
  notify(notice: Notice): void
  /** Takes the notice away, if it is there. */
  dismiss(domainId: string, purpose: NoticePurpose): void
  /**
   * The other server that is in charge: while there is one, this one asks for nothing that changes something. Waits until that is known, half a minute at most; a
   * Home Assistant that cannot be reached says nothing against this one.
   */
  otherInCharge(): Promise<string | undefined>
  /** Turns the domain's ignore-alerts switch off; that change is not a press. */
  turnOffIgnoreAlerts(domainId: string): void
  /** A choice was judged: shows the target release that is in force now, be it what was chosen or not. */
  showTargetRelease(domainId: string, release: string): void
  /** Shows again what a person deleted in Home Assistant: somebody who may asked for it. */
  showDeleted(): void
}

/** Where presses go. Called in the order of Home Assistant's events, never before the domain was published once. */
export type PressListener = (press: Press) => void

/** Where choices of the target release go, in the order of Home Assistant's events. Each is answered by `showTargetRelease`. */
export type ReleaseListener = (choice: ReleaseChoice) => void

/** The position of a domain's ignore-alerts switch as found on connecting; not a press. */
export type SwitchListener = (domainId: string, on: boolean) => void
