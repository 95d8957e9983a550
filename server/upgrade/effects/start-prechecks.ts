import type { Component } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { CheckQuery, CheckResource } from '../../ports/vcf-checks.ts'
import type { LogEntry } from '../facts.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { count, sentenceList } from '../words.ts'
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
 * Sees to it that check-set runs for the target are under way: joins a running one, else starts one for all that can be checked against a
 * target version, and a second for what is left (a query and its run must name the same resources, `api-facts.md` §7).
 */
export function startPrechecks({ vcf, now }: EffectDependencies): Effect {
  return async ({ domain, run }) => {
    const precheck = run.precheck!
    if (precheck.runIds.length === 0) {
      const earlier = await vcf.checkRuns(domain.id)
      const join = earlier.find(({ target, running, startedAt }) => target === run.target && (running || startedAt >= precheck.requestedAt))
      if (join) return started([join.id], true, 'Prechecks were running already; this run follows them')
    }
    const all = await vcf.queryChecks(domain.id)
    if (!all.resources.some(canBeChecked)) return stopped(nothingToCheck, now())
    const versions = versioned(all, run)
    const targeted = versions.length === 0 ? undefined : await vcf.queryChecks(domain.id, versions)
    const covered = new Set(targeted?.resources.filter(canBeChecked).map(({ id }) => id))
    const left = all.resources.filter(({ id }) => !covered.has(id))
    const rest: CheckQuery = { queryId: all.queryId, resources: left.filter(canBeChecked) }
    if (targeted && covered.size > 0 && precheck.runIds.length === 0) {
      const id = await vcf.runChecks(targeted, run.target)
      const complete = rest.resources.length === 0
      return started([id], complete, `Prechecks started for ${count(covered.size, 'resource')}`, complete ? left : [])
    }
    const id = await vcf.runChecks(rest, run.target)
    const names = sentenceList(rest.resources.map(nameOf))
    const text = `Prechecks started for ${count(rest.resources.length, 'resource')} that SDDC Manager does not check against the target: ${names}`
    return started([...precheck.runIds, id], true, text, left)
  }
}

const nothingToCheck = {
  kind: 'failed',
  of: 'prechecks',
  reason: 'no prechecks offered',
  text: 'SDDC Manager offers no prechecks for this domain, so nothing is known about its health.',
  remediation: 'Check the domain in SDDC Manager, then press Retry.',
} as const

/** @param left what was not checked against a target version; of those without any check nothing will be known */
function started(runIds: readonly string[], complete: boolean, text: string, left: readonly CheckResource[] = []): Outcome {
  const learn = (run: Run): Run => ({ ...run, precheck: { ...run.precheck!, runIds, ...(complete && { complete: true }) } })
  const unchecked = left.filter((resource) => !canBeChecked(resource)).map(nameOf)
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
