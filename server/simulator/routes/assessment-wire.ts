import { errorBody } from '../answer.ts'
import type { CheckFinding, CheckRow } from '../world/check-rows.ts'
import { idOf, referenceOf } from '../world/ids.ts'
import type { CheckRun } from '../world/prechecks.ts'
import type { Time } from '../world/time.ts'

/** As many steps as a real run was seen to go through. */
const progressSteps = 24
/** Until a run has begun its answer holds no status. */
const silentFor = 15_000

export function assessmentWire(run: CheckRun, time: Time) {
  const { work } = run
  const progress = Math.floor(work.fraction() * progressSteps)
  const silent = work.state === 'running' && time.now() - work.startedAt < time.span(silentFor)
  return {
    ...(!silent && {
      status: work.state === 'running' ? 'IN_PROGRESS' : work.state === 'succeeded' ? 'COMPLETED_WITH_SUCCESS' : 'COMPLETED_WITH_FAILURE',
    }),
    discoveryProgress: {
      percentageComplete: work.state === 'running' ? Math.floor((progress * 100) / progressSteps) : 100,
      progressMessages: Array.from({ length: progress }, (_, i) => `Step ${i + 1} of ${progressSteps} completed`),
    },
    timestamp: new Date(work.startedAt).toISOString(),
    ...(work.endedAt !== undefined && { completionTimestamp: new Date(work.endedAt).toISOString(), ...resultWire(run) }),
  }
}

function resultWire(run: CheckRun) {
  const byDomain = Map.groupBy(run.rows, ({ domain }) => domain)
  return {
    presentedArtifactsMap: run.withoutSummary
      ? {}
      : { 'validation-domain-summary': [...byDomain].map(([domain, rows]) => summaryRow(domain.name, rows, findingsOf(run, rows))) },
    validationResult: {
      ...nested('BASELINER_TARGET_STATE_VALIDATION', 'Target state of the resources'),
      ...(run.failure && { message: run.failure.message, ...(run.failure.remediation && { remediationMessage: run.failure.remediation }) }),
      nestedErrors: [...run.rows.map((row) => rowError(row, findingsOf(run, [row]))), ...(run.failure ? [errorBody(run.failure)] : [])],
    },
    physicalPresentedData: {
      id: idOf('assessment', run.id),
      type: 'Vsphere',
      name: 'vSphere',
      childEntities: [...byDomain].map(([domain, rows]) => ({
        id: domain.id,
        type: 'domain',
        name: domain.name,
        properties: { domainId: domain.id },
        childEntities: rows.map((row) => rowEntity(row, findingsOf(run, [row]))),
      })),
    },
  }
}

function findingsOf(run: CheckRun, rows: readonly CheckRow[]): CheckFinding[] {
  return run.findings.filter(({ row }) => rows.includes(row))
}

/** Every count is a float on the wire, as the real one writes them. */
function summaryRow(domainName: string, rows: readonly CheckRow[], findings: readonly CheckFinding[]) {
  const checks = rows.reduce((sum, { checkSets }) => sum + checkSets.length, 0) + findings.length
  const count = (severity: CheckFinding['severity']) => float(findings.filter((finding) => finding.severity === severity).length)
  return {
    domainName,
    criticalGapsCount: count('CRITICAL'),
    warningGapsCount: count('WARNING'),
    optionalGapsCount: float(0),
    validationsRunCount: float(checks),
    successfulValidationsCount: float(checks - findings.length),
    silencedValidationsCount: float(0),
    errorValidationsCount: count('ERROR'),
    internalErrorValidationsCount: float(0),
  }
}

/** `1` written as `1.0`, which JSON.stringify alone cannot. */
function float(value: number): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(value.toFixed(1))
}

function rowError(row: CheckRow, findings: readonly CheckFinding[]) {
  const passed = row.checkSets.map(({ name }) => ({
    ...nested('BASELINER_CONSTRAINT_VALIDATION', `${name} of ${row.name}: nothing to report.`),
    context: { severity: 'INFO', validationName: name, validationStatus: 'VALIDATION_SUCCESSFUL' },
  }))
  return { ...nested('BASELINER_RESOURCE_VALIDATION', `Checks of ${row.name}`), nestedErrors: [...passed, ...findings.map(findingError)] }
}

function nested(code: string, message: string) {
  return { errorCode: `${code}.info`, message, context: { severity: 'INFO' }, arguments: [], nestedErrors: [] as unknown[] }
}

const suffixes = { ERROR: 'error', CRITICAL: 'error', WARNING: 'warning' } as const

function findingError({ severity, row, check, message, remediation, code, reference }: CheckFinding) {
  const known = code ?? `BASELINER_CONSTRAINT_VALIDATION.${suffixes[severity]}`
  return {
    ...errorBody({ code: known, message, ...(remediation && { remediation }) }),
    context: { severity, validationName: check, validationStatus: 'VALIDATION_FAILED', resourceName: row.name },
    referenceToken: reference ?? referenceOf(check, row.name),
  }
}

/** The same findings once more, in the tree of resources. */
function rowEntity(row: CheckRow, findings: readonly CheckFinding[]) {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    properties: { version: row.version },
    childEntities: findings.map(({ severity, check, message }) => ({
      id: idOf('finding', check, row.id),
      type: 'validation',
      name: check,
      classifications: [{ type: 'severity', value: severity, description: message, source: 'CLASSIFIER' }],
    })),
  }
}
