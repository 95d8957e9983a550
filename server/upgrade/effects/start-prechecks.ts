import type { Component } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { CheckQuery, CheckResource, CheckRun } from '../../ports/vcf-checks.ts'
import type { LogEntry } from '../facts.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { count, sentenceList, stepName } from '../words.ts'
import type { Effect, EffectDependencies } from './port.ts'

/** Check-set resource types, by the component of the bill of materials that gives their target version (`api-facts.md` §1). */
const componentOfType: Readonly<Record<string, Component>> = {
  SDDC_MANAGER: 'SDDC_MANAGER',
  NSX_T_MANAGER: 'NSX_T_MANAGER',
  VCENTER: 'VCENTER',
  CLUSTER: 'ESX_HOST',
  HOST: 'ESX_HOST',
  ESX_HOST: 'ESX_HOST',
}

/**
 * Sees to it that check-set runs for the target are under way: joins one that covers the same, else starts one for all that can be checked
 * against a target version, and a second for what is left (a query and its run must name the same resources, `api-facts.md` §7). What VCF
 * lists already is written down first, so that a run whose answer got lost is told from earlier ones whatever VCF's clock says.
 */
export function startPrechecks({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const { runIds, knownRunIds } = run.precheck!
    const listed = await vcf.checkRuns(domain.id)
    if (runIds.length === 0 && knownRunIds === undefined) return learned(withKnown(listed.map(({ id }) => id)))
    const all = await vcf.queryChecks(domain.id)
    if (!all.resources.some(canBeChecked)) return stopped(nothingToCheck, now())
    const versions = versioned(all, run)
    const targeted = versions.length === 0 ? undefined : await vcf.queryChecks(domain.id, versions)
    const covered = new Set(targeted?.resources.filter(canBeChecked).map(({ id }) => id))
    const left = all.resources.filter(({ id }) => !covered.has(id))
    const rest: CheckQuery = { queryId: all.queryId, resources: left.filter(canBeChecked) }
    const first = runIds.length === 0 && covered.size > 0
    const asked = first ? { ...targeted!, resources: targeted!.resources.filter(canBeChecked) } : rest
    const complete = !first || rest.resources.length === 0
    const begun = { runIds, complete, unchecked: complete ? uncheckedOf(left, all, run) : [] }
    const known = [...(knownRunIds ?? []), ...runIds]
    const joined = joinable(listed, asked, run, known)
    if (joined === 'wait') return notYet(othersPrechecks)
    if (joined) return started({ ...begun, id: joined.id }, 'Prechecks for the same were under way already; this run follows them')
    const id = await vcf.runChecks(asked, run.target)
    return started({ ...begun, id }, first ? `Prechecks started for ${count(covered.size, 'resource')}` : ofTheRest(rest))
  }
}

const othersPrechecks = 'the prechecks that somebody else started for a part of the domain to end'

/** One that runs or that is new since we asked, and covers all that is asked. `wait`: one runs that covers less; two at once disturb each other. */
function joinable(
  listed: readonly CheckRun[],
  { resources }: CheckQuery,
  { target }: Run,
  known: readonly string[],
): CheckRun | 'wait' | undefined {
  const forTarget = listed.filter((one) => one.target === target)
  const found = forTarget.find(
    ({ id, running, resourceIds = [] }) =>
      (running || !known.includes(id)) && resources.every((resource) => resourceIds.includes(resource.id)),
  )
  return found ?? (forTarget.some(({ running }) => running) ? 'wait' : undefined)
}

function withKnown(knownRunIds: readonly string[]): (run: Run) => Run {
  return (run) => ({ ...run, precheck: { ...run.precheck!, knownRunIds } })
}

function ofTheRest({ resources }: CheckQuery): string {
  const names = sentenceList(resources.map(nameOf))
  return `Prechecks started for ${count(resources.length, 'resource')} that SDDC Manager does not check against the target: ${names}`
}

/** What nothing will be known about: resources without checks, and what is to be upgraded but is not in VCF's answer at all. */
function uncheckedOf(left: readonly CheckResource[], all: CheckQuery, { expected = [] }: Run): readonly string[] {
  const types = new Set(all.resources.map(({ type }) => componentOfType[type]))
  const absent = expected.filter(({ component }) => !types.has(component))
  return [...left.filter((resource) => !canBeChecked(resource)).map(nameOf), ...new Set(absent.map(stepName))]
}

const nothingToCheck = {
  kind: 'failed',
  of: 'prechecks',
  reason: 'no prechecks offered',
  text: 'SDDC Manager offers no prechecks for this domain, so nothing is known about its health.',
  remediation: 'Check the domain in SDDC Manager, then press Retry.',
} as const

interface Begun {
  readonly id: string
  /** Those begun before. */
  readonly runIds: readonly string[]
  readonly complete: boolean
  readonly unchecked: readonly string[]
}

function started({ id, runIds, complete, unchecked }: Begun, text: string): Outcome {
  const learn = (run: Run): Run => ({
    ...run,
    precheck: {
      ...run.precheck!,
      runIds: [...runIds, id],
      ...(complete && { complete: true }),
      ...(unchecked.length > 0 && { unchecked }),
    },
  })
  const log: LogEntry[] = [
    { level: 'info', text },
    ...(unchecked.length === 0
      ? []
      : [{ level: 'warning', text: `SDDC Manager has no prechecks for ${sentenceList(unchecked)}` } as const]),
  ]
  return complete ? learned(learn, log) : { ...notYet('the second part of the prechecks', learn, log), again: false }
}

function canBeChecked({ checkSetIds }: CheckResource): boolean {
  return checkSetIds.length > 0
}

function nameOf({ type, name }: CheckResource): string {
  return `${type} ${name}`
}

function versioned(query: CheckQuery, run: Run): { resourceType: string; resourceId: string; version: string }[] {
  return query.resources.flatMap(({ type, id }) => {
    const component = componentOfType[type]
    const version = component && run.bom[component]
    return version === undefined ? [] : [{ resourceType: type, resourceId: id, version }]
  })
}
