/** What the server tells about a domain and about the fleet. All times are milliseconds since the epoch; `encode` writes them as ISO 8601. */
import type { Command, Ending } from './commands.ts'
import type {
  Component,
  DomainIdentity,
  DomainStatus,
  Finding,
  HaltView,
  LogLine,
  OverallStatus,
  Phase,
  RunOutcome,
  StepState,
} from './upgrade.ts'

/** One row of the components list: a component of one resource (ESX: of one cluster). */
export interface StepView {
  readonly component: Component
  /** Name of what is upgraded: an FQDN, a cluster's name. */
  readonly resource: string
  readonly from: string
  readonly to: string
  readonly state: StepState
  readonly percent?: number
  /** Hosts (ESX) or units (NSX) finished, and how many there are. */
  readonly done?: number
  readonly total?: number
  readonly startedAt?: number
  readonly finishedAt?: number
  /** What VCF is doing now, or why it failed; at most 120 characters once encoded. */
  readonly detail?: string
  /** While it runs: how long this took in past runs, in milliseconds, from shortest to longest. */
  readonly usual?: { readonly low: number; readonly high: number; readonly runs: number }
}

/** A finished run of the domain. */
export interface PastRunView {
  readonly id: string
  readonly startedAt: number
  readonly startedBy: string
  readonly from: string
  readonly to: string
  readonly only?: 'download'
  readonly finishedAt?: number
  readonly outcome?: string
  /** Who cancelled. */
  readonly endedBy?: string
  readonly gate?: { readonly errors: number; readonly warnings: number; readonly gaps: number }
  readonly acknowledged?: { readonly by: string; readonly how: string }
  readonly halts: number
  readonly retries: number
  /** `took` in milliseconds. */
  readonly steps: readonly { readonly component: Component; readonly outcome: string; readonly took?: number }[]
  /** Of the entry of its end in the history. */
  readonly hash?: string
}

export interface PrecheckView {
  readonly percent?: number
  readonly errors?: number
  readonly warnings?: number
  /** Critical gaps: they block like errors. */
  readonly gaps?: number
  /** The page of this precheck run in SDDC Manager's own user interface. */
  readonly link?: string
  /** Identifies the findings that a person was shown. */
  readonly digest?: string
  /** A first press on findings with errors: who may press again, until when (Home Assistant's clock). */
  readonly override?: { readonly by: string; readonly until: number }
}

export interface RunView {
  readonly id: string
  readonly startedAt: number
  readonly startedBy: string
  readonly finishedAt?: number
  readonly outcome?: RunOutcome
  /** It ends when every bundle is there; absent: the whole upgrade. */
  readonly only?: 'download'
}

/** All that is shown of one domain. */
export interface DomainView {
  readonly domain: DomainIdentity
  /** VCF's own status word of the domain, e.g. ACTIVE. */
  readonly domainStatus?: string
  readonly status: DomainStatus
  readonly currentVersion?: string
  /** Of its SDDC Manager. */
  readonly sddcManagerVersion?: string
  readonly nextVersion?: string
  /** Why no (newer) release is offered, in plain sentences. */
  readonly whyNot: readonly string[]
  /** To which release the next upgrade goes, and to which it can: `next` is the lowest. `by`: who chose it; absent: the settings. */
  readonly targetRelease?: { readonly chosen: string; readonly options: readonly string[]; readonly by?: string }
  /** Title, date and text of the release on offer, for `update.<p>`. */
  readonly releaseNotes?: string
  /** Absent while nobody knows what an upgrade would bring. */
  readonly componentsToUpdate?: readonly { readonly component: Component; readonly from: string; readonly to: string }[]
  readonly phase: Phase
  readonly since: number
  readonly from?: string
  readonly target?: string
  readonly run?: RunView
  readonly percent?: number
  readonly steps: readonly StepView[]
  readonly downloads?: {
    readonly done: number
    readonly total: number
    readonly failed: number
    /** Arrived and in all, where VCF gives sizes. */
    readonly bytes?: { readonly done: number; readonly total: number }
  }
  /** Waits for its turn: 1 is next. `behind`: names of the domains ahead, the one under way first; `phase`: that one's. */
  readonly queue?: { readonly place: number; readonly behind: readonly string[]; readonly phase?: Phase }
  readonly precheck?: PrecheckView
  readonly findings: readonly (Finding & { readonly new?: boolean })[]
  /** What is awaited from VCF, since when, and until when at the latest; `stalledSince`: it has told nothing new for long, and `remediation` what to do. */
  readonly awaits?: {
    readonly text: string
    readonly since: number
    readonly until: number
    readonly stalledSince?: number
    readonly remediation?: string
  }
  readonly halt?: HaltView
  readonly ending?: { readonly what: Ending; readonly by: string; readonly at: number }
  readonly unreachableSince?: number
  readonly overdueSince?: number
  readonly expectedOutage?: { readonly since: number; readonly usualMinutes: number }
  /** Before the start: how long the components took in past runs, in milliseconds. */
  readonly usual?: { readonly took: number; readonly runs: number }
  /** Finished runs: how many, and the last ones, newest first. Absent when there are none. */
  readonly history?: { readonly count: number; readonly runs: readonly PastRunView[] }
  readonly accepts: readonly Command[]
  /** The account of this server may only read in SDDC Manager: nothing can be started here. */
  readonly onlyReads?: true
  readonly log: readonly LogLine[]
  /** Why a person is waited for, in one sentence; absent while nobody is. */
  readonly attention?: string
}

export interface FleetView {
  readonly overall: OverallStatus
  /** Domains whose status in VCF is ACTIVE; absent before VCF said anything of them. */
  readonly activeDomains?: number
  /** Of SDDC Manager itself, as it said last. */
  readonly version?: string
  /** Whether SDDC Manager answers; `reason` says why not, in one line with the remedy. */
  readonly connected: boolean
  readonly reason?: string
}
