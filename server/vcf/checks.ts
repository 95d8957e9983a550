import type { z } from 'zod'
import type { Vcf } from '../ports/vcf.ts'
import type { CheckCounts, CheckQuery, CheckResult } from '../ports/vcf-checks.ts'
import { parseBody } from './answer.ts'
import { VcfError } from './error.ts'
import { findingsOf } from './findings.ts'
import { path, withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import { checkState } from './states.ts'
import { page, wireStarted } from './wire.ts'
import { type WireAssessment, wireAssessment, wireCheckQuery, wireCheckRun, wireSummary } from './wire-checks.ts'

const checkSets = '/v1/system/check-sets'

/** Prechecks (api-facts §7). */
export function checksOf({ read, query, write }: Requests): Pick<Vcf, 'queryChecks' | 'runChecks' | 'checkRuns' | 'checkResult'> {
  return {
    async queryChecks(domainId, versions) {
      const resources = versions?.map(({ resourceType, resourceId, version }) => ({
        resourceType,
        resourceId,
        resourceTargetVersion: version,
      }))
      const body = { checkSetType: 'UPGRADE', domains: [{ domainId, ...(resources && { resources }) }] }
      return toQuery(await query(`${checkSets}/queries`, body, wireCheckQuery), domainId)
    },

    async runChecks(checkQuery, target) {
      const body = runBody(checkQuery, target)
      if (body.resources.length === 0) {
        throw new VcfError('SDDC Manager offers no checks for this domain.', {
          kind: 'refused',
          request: `POST ${checkSets}`,
          nothingSent: true,
        })
      }
      return parseBody(await write('POST', checkSets, body), `POST ${checkSets}`, wireStarted).id
    },

    async checkRuns(domainId) {
      const runs = await read(withQuery(checkSets, { domainId }), page(wireCheckRun))
      return runs
        .filter(({ domainInputs }) => domainInputs.length === 0 || domainInputs.some((input) => input.domainId === domainId))
        .map(({ id, state, timestamp, metadata }) => ({
          id,
          startedAt: timestamp ?? 0,
          running: checkState(state) === 'running',
          // A run without a target has a sentence in its place.
          target: metadata?.targetVersion && /^\d/.test(metadata.targetVersion) ? metadata.targetVersion : undefined,
          ...(metadata?.resources && { resourceIds: metadata.resources.flatMap(({ id: resource }) => resource ?? []) }),
        }))
        .sort((a, b) => b.startedAt - a.startedAt)
    },

    async checkResult(runId) {
      return toResult(await read(path`/v1/system/check-sets/${runId}`, wireAssessment))
    },
  }
}

function toQuery({ queryId, resources }: z.infer<typeof wireCheckQuery>, domainId: string): CheckQuery {
  return {
    queryId,
    resources: resources.map(({ resourceType, resourceId, resourceName, domain, checkSets }) => ({
      type: resourceType,
      id: resourceId,
      name: resourceName ?? resourceId,
      domain: { id: domain?.domainId ?? domainId, name: domain?.domainName ?? '', type: domain?.domainType ?? '' },
      checkSetIds: checkSets.map(({ checkSetId }) => checkSetId),
    })),
  }
}

/** `CheckSetRunInput` with nothing but its own members (others are refused) and the target, which the API documents lack but SDDC Manager takes. */
export function runBody({ queryId, resources }: CheckQuery, target: string) {
  return {
    queryId,
    resources: resources
      .filter(({ checkSetIds }) => checkSetIds.length > 0)
      .map(({ type, id, name, domain, checkSetIds }) => ({
        resourceName: name,
        resourceId: id,
        resourceType: type,
        domain: { domainId: domain.id, ...(domain.name && { domainName: domain.name }), ...(domain.type && { domainType: domain.type }) },
        checkSets: checkSetIds.map((checkSetId) => ({ checkSetId })),
      })),
    metadata: { targetVersion: target },
  }
}

/** Wire → port. */
export function toResult(assessment: WireAssessment): CheckResult {
  const percent = assessment.discoveryProgress?.percentageComplete
  return {
    state: checkState(assessment.status),
    percent: percent === undefined ? undefined : Math.min(100, Math.max(0, Math.floor(percent))),
    counts: countsOf(assessment),
    findings: findingsOf(assessment),
  }
}

/** One row per domain: the first alone may be another domain's. A row that cannot be read makes the whole summary unusable. */
function countsOf({ presentedArtifactsMap }: WireAssessment): CheckCounts | undefined {
  const parsed = wireSummary.safeParse(presentedArtifactsMap?.['validation-domain-summary'])
  if (!parsed.success) return undefined
  const rows = parsed.data
  const sum = (count: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + count(row), 0)
  return {
    errors: sum((row) => row.errorValidationsCount + (row.internalErrorValidationsCount ?? 0)),
    warnings: sum((row) => row.warningGapsCount),
    gaps: sum((row) => row.criticalGapsCount),
  }
}
