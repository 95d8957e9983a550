import { type Command, overrideWindow } from '../../shared/commands.ts'
import type { DomainIdentity, DomainStatus, Finding, LogLine, Phase } from '../../shared/upgrade.ts'
import type { DomainView, PrecheckView } from '../../shared/view.ts'
import type { DomainSettings } from '../ports/domain-settings.ts'
import type { Run, UpgradeFacts } from '../ports/facts.ts'
import type { Detection } from './detection.ts'
import { totalsOf } from './downloads/totals.ts'
import { openRun, settlingOf, targetIsToBeTakenBack } from './facts.ts'
import { sddcManagerUpgradesItself } from './failure.ts'
import { type FirstPress, gateCounts } from './gate.ts'
import { isNew } from './known-findings.ts'
import { stallOf } from './long-wait.ts'
import { mayBePaused, pauseIsAsked } from './pause.ts'
import { usualOutageMinutes } from './percent.ts'
import { stepsAhead, stepsOf } from './steps-shown.ts'
import { targetReleaseView } from './target-choice.ts'
import { versionsOf } from './versions-shown.ts'

export interface Viewed {
  readonly domain: DomainIdentity
  readonly facts: UpgradeFacts
  readonly firstPress?: FirstPress
  /** VCF's own status word. */
  readonly domainStatus?: string
  readonly detection?: Detection
  /** What the settings name as the target. */
  readonly setting?: DomainSettings['target']
  readonly now: number
}

/** All that is shown of a domain, as a function of its facts and of what VCF last offered. */
export function viewOf({ domain, facts, firstPress, domainStatus, detection, setting = 'next', now }: Viewed): DomainView {
  const { phase, run } = facts
  const open = openRun(facts)
  const shown = open ?? (phase.name === 'waiting_for_initiation' ? undefined : run)
  const attention = attentionOf(facts)
  return {
    domain,
    ...(domainStatus !== undefined && { domainStatus }),
    status: statusOf(open, detection),
    ...versionsOf(shown, detection),
    ...(detection?.sddcManager && { sddcManagerVersion: detection.sddcManager }),
    ...(detection?.next && { releaseNotes: releaseNotes(detection) }),
    whyNot: detection?.whyNot ?? [],
    targetRelease: targetReleaseView(facts, setting, detection),
    phase: phase.name,
    since: phase.since,
    ...fromAndTarget(shown, detection),
    ...(run && { run: runView(run) }),
    ...(shown && { percent: shown.percent }),
    steps: shown ? stepsOf(shown, facts.forgotten) : stepsAhead(detection, facts.forgotten),
    ...(shown && downloadsOf(shown)),
    ...(shown?.precheck && { precheck: precheckView(shown, firstPress) }),
    findings: shown ? findingsOf(shown) : [],
    ...(open && awaitsOf(open, phase.since, now)),
    ...(open?.halt && { halt: { ...pick(open.halt), retryable: true } }),
    ...(open?.waitsForImage &&
      !open.halt && {
        halt: { reason: 'image missing', text: open.waitsForImage.text, remediation: open.waitsForImage.remediation, retryable: true },
      }),
    ...(open?.ending && { ending: { what: open.ending.what, by: open.ending.by.name, at: open.ending.at } }),
    ...(open?.unreachableSince !== undefined && { unreachableSince: open.unreachableSince }),
    ...(open?.overdueSince !== undefined && { overdueSince: open.overdueSince }),
    ...(open && outageOf(open)),
    accepts: accepts(facts, detection),
    ...(detection?.onlyReads && { onlyReads: true }),
    log: facts.log as readonly LogLine[],
    ...(attention !== undefined && { attention }),
  }
}

/** What a press would do something to, now. */
function accepts(facts: UpgradeFacts, detection: Detection | undefined): readonly Command[] {
  const { phase } = facts
  const open = openRun(facts)
  if (!open) return targetIsToBeTakenBack(facts) || detection?.onlyReads ? [] : ['start', 'download']
  const waits: readonly Phase[] = ['waiting_for_alert_acknowledgement', 'waiting_for_image', 'waiting_for_operator', 'failed']
  return [
    ...(phase.name === 'waiting_for_alert_acknowledgement' ? (['acknowledge'] as const) : []),
    ...(waits.includes(phase.name) ? (['retry'] as const) : []),
    ...(open.ending?.what === 'cancel' && !open.halt ? [] : (['cancel'] as const)),
    ...(pauseIsAsked(facts) || mayBePaused(facts) ? (['pause'] as const) : []),
  ]
}

function statusOf(open: Run | undefined, detection: Detection | undefined): DomainStatus {
  if (open) return 'update_process_started'
  if (!detection || detection.unknown) return 'unknown'
  return detection.next || detection.waitsForManagement ? 'update_available' : 'up_to_date'
}

function fromAndTarget(run: Run | undefined, detection: Detection | undefined): { from?: string; target?: string } {
  if (run) return { from: run.from, target: run.target }
  return detection ? { from: detection.current, ...(detection.next && { target: detection.next.version }) } : {}
}

function releaseNotes({ next }: Detection): string {
  const date = next?.releaseDate ? ` (${next.releaseDate.slice(0, 10)})` : ''
  return `VCF ${next?.version}${date}${next?.description ? `: ${next.description}` : ''}`
}

function runView({ id, startedAt, startedBy, finished, only }: Run): NonNullable<DomainView['run']> {
  return {
    id,
    startedAt,
    startedBy: startedBy.name,
    ...(finished && { finishedAt: finished.at, outcome: finished.outcome }),
    ...(only && { only }),
  }
}

function downloadsOf({ bundles }: Run): Pick<DomainView, 'downloads'> {
  return bundles.length === 0 ? {} : { downloads: totalsOf(bundles) }
}

function precheckView({ precheck }: Run, first: FirstPress | undefined): PrecheckView {
  const { percent, evaluation } = precheck!
  if (!evaluation) return percent === undefined ? {} : { percent }
  const { errors, warnings, gaps, link, digest } = evaluation
  return {
    ...{ percent: 100, errors, warnings, gaps, digest },
    ...(link !== undefined && { link }),
    ...(first && { override: { by: first.by.name, until: first.at + overrideWindow.atMost } }),
  }
}

function findingsOf({ precheck }: Run): readonly (Finding & { readonly new?: boolean })[] {
  const { evaluation, before } = precheck ?? {}
  return (evaluation?.findings ?? []).map((finding) => (before && isNew(finding, before) ? { ...finding, new: true } : finding))
}

function awaitsOf(run: Run, phaseSince: number, now: number): Pick<DomainView, 'awaits'> {
  const { limit, halt } = run
  const settling = halt ? undefined : settlingOf(run, now)
  if (settling) return { awaits: { text: 'SDDC Manager to settle after its upgrade', ...settling } }
  if (!limit || halt) return {}
  const { since = phaseSince, until, waitsFor = 'SDDC Manager to answer', remedy } = limit
  const stall = stallOf(run)
  const remediation = stall?.remediation ?? remedy
  return {
    awaits: {
      text: waitsFor,
      since,
      until,
      ...(stall && { stalledSince: stall.since }),
      ...(remediation !== undefined && { remediation }),
    },
  }
}

function outageOf(run: Run): Pick<DomainView, 'expectedOutage'> {
  if (run.unreachableSince === undefined || !sddcManagerUpgradesItself(run)) return {}
  return { expectedOutage: { since: run.unreachableSince, usualMinutes: usualOutageMinutes } }
}

function attentionOf(facts: UpgradeFacts): string | undefined {
  const open = openRun(facts)
  if (open?.halt) return open.halt.text
  if (facts.phase.name === 'waiting_for_image') return open?.waitsForImage?.text
  const evaluation = open?.precheck?.evaluation
  if (facts.phase.name !== 'waiting_for_alert_acknowledgement' || !evaluation) return undefined
  return `${gateCounts(evaluation)} of the prechecks wait for acknowledgement`
}

function pick({ reason, text, remediation, reference }: NonNullable<Run['halt']>): Omit<NonNullable<DomainView['halt']>, 'retryable'> {
  return { reason, text, ...(remediation && { remediation }), ...(reference && { reference }) }
}
