/**
 * The record of one domain: what has happened, never where the chart stands. It is the only thing that survives a restart, and all of it is plain JSON.
 * It is only added to: a finished step is never rewritten, a new attempt is appended. Times are milliseconds since the epoch.
 */
import type { Ending } from '../../shared/commands.ts'
import type { Component, DomainIdentity, LogLine, Phase, RunOutcome } from '../../shared/upgrade.ts'
import type { Acknowledgement, Person, PrecheckFact } from './gate-facts.ts'
import type { UpgradeRequest } from './upgrade-request.ts'
import type { FailureText } from './vcf-words.ts'

export interface UpgradeFacts {
  /** The phase last announced. */
  readonly phase: { readonly name: Phase; readonly since: number }
  /** Ignore-alerts as last changed by a permitted person; lasts over runs. */
  readonly ignoreAlerts?: { readonly on: boolean; readonly by: Person; readonly at: number }
  /** The release of the next upgrade as a person chose it (`next`: the lowest); absent: what the settings name. Gone when a run got there. */
  readonly targetChoice?: { readonly release: string; readonly by: Person; readonly at: number }
  /** The run under way, or the last one. */
  readonly run?: Run
  /** When the target in VCF was last set or taken back: two quick changes make SDDC Manager fail (`api-facts.md` §12, 26). */
  readonly targetChangedAt?: number
  /** A run whose record was lost; kept until a later run has proven everything. */
  readonly forgotten?: Forgotten
  /** Of the run; between runs what was told since. */
  readonly log: readonly LogLine[]
}

/** A person went on without the record of a run: nobody knows any more how it stood. */
export interface Forgotten {
  readonly by: Person
  readonly at: number
  /** Its id, as far as the history knows it. */
  readonly run?: string
  /** What it had requested of SDDC Manager, with no end that is known. */
  readonly requested: readonly Component[]
}

export interface Run {
  readonly id: string
  readonly startedAt: number
  readonly startedBy: Person
  /** Ends when every bundle is there (`outcome: downloaded`); absent: the whole upgrade. */
  readonly only?: 'download'
  /** Started while another domain was being upgraded: nothing is sent before `turnAt`. */
  readonly queuedAt?: number
  readonly turnAt?: number
  readonly from: string
  readonly target: string
  /** Who chose the target; absent: the settings did. */
  readonly targetChosenBy?: Person
  /** Bill of materials of the target release: what proves the end. */
  readonly bom: Readonly<Partial<Record<Component, string>>>
  /** What is to be upgraded, as found at the start; for display. Undefined until looked at. */
  readonly expected?: readonly ExpectedStep[]
  /** How many of each component there were at the start; as many have to prove their version at the end. */
  readonly census?: Readonly<Partial<Record<Component, number>>>
  readonly targetSetAt?: number
  /** The target was stored before this run: it is not this run's to take back. */
  readonly targetStoodBefore?: true
  readonly bundles: readonly BundleFact[]
  readonly precheck?: PrecheckFact
  /** Keys (text and resources) of the findings of the run before, when that had the same target. */
  readonly findingsBefore?: readonly string[]
  readonly acknowledgement?: Acknowledgement
  /** When components began (`starting_upgrades` was passed). */
  readonly begunAt?: number
  /** Appended as SDDC Manager offers them; the last one is the open one unless it has an outcome. */
  readonly steps: readonly Step[]
  readonly noStepLeftAt?: number
  readonly validation?: { readonly id?: string; readonly outcome?: 'passed' | 'passed with warnings' | 'already there' }
  readonly provenAt?: number
  /** What a person confirmed to have seen to, such as the vSAN witness of a cluster; not asked again. */
  readonly confirmed?: readonly string[]
  /** Who pressed Retry last. */
  readonly retried?: { readonly by: Person; readonly at: number }
  /** Stopped: a person decides. A restart does not lift it. */
  readonly halt?: Halt
  /** Waits for the image of a cluster; lifted when the one image is there. */
  readonly waitsForImage?: { readonly cluster: string; readonly text: string; readonly remediation: string }
  /** The limit that runs now: of which work, since and until when, what is awaited, what to do when it does not come, and whether a person was told. */
  readonly limit?: {
    readonly of: string
    readonly since?: number
    readonly until: number
    readonly waitsFor?: string
    readonly remedy?: string
    readonly told?: true
  }
  /** The other server because of which nothing was requested when this run wanted to go on last. */
  readonly heldBy?: string
  /** A limit passed while VCF goes on. */
  readonly overdueSince?: number
  readonly unreachableSince?: number
  /** What a person asked to come after the step that is under way: `cancel` ends the run, `pause` makes it wait. */
  /** Who took a pause back that had not begun, last. */
  readonly pauseTakenBack?: { readonly by: Person; readonly at: number }
  readonly ending?: { readonly what: Ending; readonly by: Person; readonly at: number }
  /** `by`: who cancelled. */
  readonly finished?: { readonly at: number; readonly outcome: RunOutcome; readonly by?: Person }
  /** After a cancelled run: what became of the target in VCF. */
  readonly targetTakenBack?: 'yes' | 'no'
  /** Highest percentage shown. */
  readonly percent: number
}

export interface ExpectedStep {
  readonly component: Component
  /** Name and id of what is upgraded: SDDC Manager, NSX, the vCenters of the domain, one ESX cluster. */
  readonly resource: string
  readonly resourceId: string
  readonly from: string
  readonly to: string
  /** ESX: hosts of the cluster. NSX: hosts of the domain, or of all that share it. */
  readonly hosts?: number
  /** SDDC Manager's configuration drift: a bundle of its own after the upgrade, no new version. */
  readonly drift?: true
}

export interface BundleFact {
  readonly id: string
  /** For a person: the component and the version that it brings. */
  readonly name?: string
  /** Not of the release itself but cumulative, for the case that VCF wants it: its failure stops nothing. */
  readonly fallback?: true
  /** VCF's own word for its state, as last read. */
  readonly word?: string
  readonly sizeBytes?: number
  readonly downloadedBytes?: number
  /** When state or bytes changed last. */
  readonly changedAt?: number
  /** When a person was told that nothing has changed for long. */
  readonly stalledAt?: number
  readonly requestedAt?: number
  readonly taskId?: string
  readonly readyAt?: number
  readonly failed?: true
}

/** One request for a component upgrade. `requestedAt` without `upgradeId`: asked, answer unknown. */
export interface Step extends ExpectedStep {
  readonly request: UpgradeRequest
  /** Ids of the upgrades of this bundle that VCF listed before: what it lists beside them is ours. */
  readonly before: readonly string[]
  /** 1 for the first request of this component and resource in the run. */
  readonly attempt: number
  readonly requestedAt?: number
  /** What VCF answered: id of the task, by which the upgrade is found. */
  readonly upgradeId?: string
  readonly taskId?: string
  /** How often it was looked for without being found. */
  readonly lookedFor?: number
  /** A person confirmed that the request never arrived. */
  readonly confirmedLostBy?: Person
  readonly startedAt?: number
  readonly percent?: number
  readonly done?: number
  readonly total?: number
  readonly detail?: string
  /** When what VCF tells of its progress changed last. */
  readonly changedAt?: number
  /** When a person was told that nothing has changed for long. */
  readonly stalledAt?: number
  /** VCF's record says that it succeeded; still to be proven by versions. */
  readonly succeededAt?: number
  /** SDDC Manager: how many times in a row it was found ready. */
  readonly readyChecks?: number
  /** SDDC Manager: its longest silence so far while it upgraded itself, in milliseconds. */
  readonly outage?: number
  /** SDDC Manager: until when it is left alone after it became ready. */
  readonly settledAt?: number
  readonly outcome?: 'done' | 'failed' | 'lost'
  readonly finishedAt?: number
  readonly failure?: FailureText
  /** Started elsewhere: this run follows it and never requested it. */
  readonly foreign?: true
  /** A person asked to try this failed step again: look first. */
  readonly reviewBy?: Person
  /** When VCF was asked to repeat its own failed task. */
  readonly taskRetriedAt?: number
}

/** `failed` shows as the phase `failed`, `operator` as `waiting_for_operator`. */
export interface Halt {
  readonly kind: 'failed' | 'operator'
  /** What stopped: decides what Retry does. `limit`: a time limit passed, the work itself goes on. `ours`: an error of this server. */
  readonly of: 'survey' | 'target' | 'downloads' | 'prechecks' | 'plan' | 'step' | 'request' | 'validation' | 'limit' | 'pause' | 'ours'
  readonly reason: string
  readonly text: string
  readonly remediation?: string
  readonly reference?: string
  /** What Retry confirms: kept in the run's `confirmed`. */
  readonly confirms?: string
  readonly at: number
}

/** What the store keeps per domain. */
export interface DomainRecord {
  readonly domain: DomainIdentity
  readonly facts: UpgradeFacts
}
