/** Attributes of `sensor.<p>_upgrade_status`: all that a card needs beside the findings and the log. */
import { attributeBudget, type StatusAttributes, type StepAttributes } from './attributes.ts'
import type { EncodeContext } from './encoded.ts'
import { cut } from './findings.ts'
import { attributeBytes, firstThatFit, fit } from './fit.ts'
import { namedEntities } from './named-entities.ts'
import { plain } from './plain.ts'
import { phases } from './upgrade.ts'
import type { DomainView, PrecheckView, StepView } from './view.ts'

/** Longest texts, in characters; most names of a queue, and of people where room is short. */
const limit = { detail: 120, name: 120, version: 60, text: 1_000, awaited: 300, reason: 120, link: 1_000, behind: 8, people: 50 } as const

export function statusAttributes(view: DomainView, context: EncodeContext): StatusAttributes {
  const { title, controls, mayControl, instance } = context
  const attributes: StatusAttributes = {
    friendly_name: `${title} Upgrade Status`,
    device_class: 'enum',
    options: [...phases],
    icon: 'mdi:progress-upload',
    domain: {
      id: view.domain.id,
      name: short(view.domain.name),
      type: view.domain.type,
      sddc_manager: short(view.domain.sddcManager),
      instance,
    },
    from: view.from && version(view.from),
    target: view.target && version(view.target),
    since: time(view.since),
    run: view.run && {
      id: view.run.id,
      started_at: time(view.run.startedAt),
      started_by: short(view.run.startedBy),
      finished_at: maybeTime(view.run.finishedAt),
      outcome: view.run.outcome,
      only: view.run.only,
    },
    percent: whole(view.percent),
    steps: view.steps.length > 0 ? view.steps.map(encodeStep) : undefined,
    downloads: view.downloads && encodeDownloads(view.downloads),
    precheck: view.precheck && encodePrecheck(view.precheck),
    awaits: view.awaits && {
      text: cut(plain(view.awaits.text), limit.awaited),
      since: time(view.awaits.since),
      until: time(view.awaits.until),
      stalled_since: maybeTime(view.awaits.stalledSince),
      remediation: view.awaits.remediation && cut(plain(view.awaits.remediation), limit.awaited),
    },
    halt: view.halt && {
      reason: cut(plain(view.halt.reason), limit.reason),
      text: cut(plain(view.halt.text), limit.text),
      remediation: view.halt.remediation && cut(plain(view.halt.remediation), limit.text),
      reference: view.halt.reference && short(view.halt.reference),
      retryable: view.halt.retryable,
    },
    queue: view.queue && {
      place: view.queue.place,
      behind: view.queue.behind.slice(0, limit.behind).map(short),
      phase: view.queue.phase,
    },
    ending: view.ending && { what: view.ending.what, by: short(view.ending.by), at: time(view.ending.at) },
    unreachable_since: maybeTime(view.unreachableSince),
    overdue_since: maybeTime(view.overdueSince),
    expected_outage: view.expectedOutage && {
      since: time(view.expectedOutage.since),
      usual_minutes: view.expectedOutage.usualMinutes,
    },
    usual: view.usual && { minutes: minutes(view.usual.took), runs: view.usual.runs },
    accepts: [...view.accepts],
    may_control: typeof mayControl === 'string' ? mayControl : [...mayControl],
    controls,
    entities: namedEntities(context),
  }
  return fit(present(attributes), [withoutQuietDetails, withFewPeople, withFewerSteps, withFewerPeople])
}

function encodeStep(step: StepView): StepAttributes {
  return present({
    component: step.component,
    resource: short(step.resource),
    from: version(step.from),
    to: version(step.to),
    state: step.state,
    percent: whole(step.percent),
    done: step.done,
    total: step.total,
    started_at: maybeTime(step.startedAt),
    finished_at: maybeTime(step.finishedAt),
    detail: step.detail && cut(plain(step.detail), limit.detail),
    usual: step.usual && { low: minutes(step.usual.low), high: minutes(step.usual.high), runs: step.usual.runs },
  })
}

function encodeDownloads({ bytes, done, total, failed }: NonNullable<DomainView['downloads']>): StatusAttributes['downloads'] {
  return { done, total, failed, ...(bytes && { bytes_done: bytes.done, bytes_total: bytes.total }) }
}

function encodePrecheck({ percent, errors, warnings, gaps, link, digest, override }: PrecheckView): StatusAttributes['precheck'] {
  return {
    percent: whole(percent),
    errors,
    warnings,
    gaps,
    link: link && link.length <= limit.link ? link : undefined,
    digest,
    override: override && { by: short(override.by), until: time(override.until) },
  }
}

/** What a step that nobody waits for says is given up first. */
function withoutQuietDetails(attributes: StatusAttributes): StatusAttributes {
  const loud = new Set(['requested', 'running', 'failed'])
  return present({
    ...attributes,
    steps: attributes.steps?.map((step) => (loud.has(step.state) ? step : present({ ...step, detail: undefined }))),
  })
}

/** The rows that matter now, then those to come, then those behind us; shown in their own order. */
function withFewerSteps(attributes: StatusAttributes): StatusAttributes {
  const { steps = [], ...rest } = attributes
  const order = { failed: 0, running: 1, requested: 1, pending: 2, done: 3, skipped: 4 } as const
  const urgent = steps.toSorted((a, b) => order[a.state] - order[b.state])
  const kept = new Set(firstThatFit(urgent, attributeBudget - attributeBytes(rest) - 20))
  return { ...attributes, steps: steps.filter((step) => kept.has(step)) }
}

/** A list of names as long as that is nobody's; it may not crowd out what the run does. */
function withFewPeople({ may_control: people, ...rest }: StatusAttributes): StatusAttributes {
  return { ...rest, may_control: typeof people === 'string' ? people : people.slice(0, limit.people) }
}

function withFewerPeople(attributes: StatusAttributes): StatusAttributes {
  const { may_control: people, ...rest } = attributes
  if (typeof people === 'string') return attributes
  return { ...attributes, may_control: firstThatFit(people, attributeBudget - attributeBytes(rest) - 30) }
}

/** Without what is undefined, as JSON would have it: so that size and sameness are judged on what is sent. */
function present<Record extends object>(record: Record): Record {
  return JSON.parse(JSON.stringify(record)) as Record
}

const short = (text: string): string => cut(plain(text), limit.name)
const version = (text: string): string => cut(plain(text), limit.version)
/** ISO 8601 with zone. */
const time = (at: number): string => new Date(at).toISOString()
const maybeTime = (at: number | undefined): string | undefined => (at === undefined ? undefined : time(at))
/** Never rounded up: 100 is said with proof only. */
const whole = (percent: number | undefined): number | undefined => (percent === undefined ? undefined : Math.floor(percent))
/** At least one: nothing takes no time. */
const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000))
