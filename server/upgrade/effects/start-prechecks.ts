import type { Component } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { CheckQuery, CheckResource } from '../../ports/vcf-checks.ts'
import { learned, notYet, type Outcome, stopped } from '../outcome.ts'
import { count } from '../words.ts'
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
    if (all.resources.length === 0) return stopped(nothingToCheck, now())
    const versions = versioned(all, run)
    const targeted = versions.length === 0 ? undefined : await vcf.queryChecks(domain.id, versions)
    const covered = new Set(targeted?.resources.map(({ id }) => id))
    const left = all.resources.filter(({ id }) => !covered.has(id))
    const rest: CheckQuery = { queryId: all.queryId, resources: left }
    if (targeted && targeted.resources.length > 0 && precheck.runIds.length === 0) {
      const id = await vcf.runChecks(targeted, run.target)
      return started([id], left.length === 0, `Prechecks started for ${describe(targeted.resources)}`)
    }
    const id = await vcf.runChecks(rest, run.target)
    return started([...precheck.runIds, id], true, `Prechecks started for ${describe(left)}, without a target version`)
  }
}

const nothingToCheck = {
  kind: 'failed',
  of: 'prechecks',
  reason: 'no prechecks offered',
  text: 'SDDC Manager offers no prechecks for this domain, so nothing is known about its health.',
  remediation: 'Check the domain in SDDC Manager, then press Retry.',
} as const

function started(runIds: readonly string[], complete: boolean, text: string): Outcome {
  const learn = (run: Run): Run => ({ ...run, precheck: { ...run.precheck!, runIds, ...(complete && { complete: true }) } })
  return complete
    ? learned(learn, [{ level: 'info', text }])
    : { ...notYet('the second part of the prechecks', learn, [{ level: 'info', text }]), again: false }
}

function versioned(query: CheckQuery, run: Run): { resourceType: string; resourceId: string; version: string }[] {
  return query.resources.flatMap(({ type, id }) => {
    const component = componentOfType[type]
    const version = component && run.bom[component]
    return version === undefined ? [] : [{ resourceType: type, resourceId: id, version }]
  })
}

function describe(resources: readonly CheckResource[]): string {
  return count(resources.length, 'resource')
}
