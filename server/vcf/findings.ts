import type { Finding, Severity } from '../../shared/upgrade.ts'
import { errorText, remediationOf } from './error-text.ts'
import type { WireError } from './wire.ts'
import type { WireAssessment, WireEntity } from './wire-checks.ts'

/** One row before identical ones become one finding. */
interface Row {
  readonly severity: Severity
  /** Name of the check, where it has one. */
  readonly check?: string
  readonly text: string
  /** Of its own: what the vendor's knowledge base is searched for. */
  readonly code?: string
  readonly remediation?: string
  readonly resource?: string
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Rows that are compared with each other; what comes after them is counted. Far more than anybody reads. */
const most = 2_000

/** All findings of a precheck run, errors first, from each of the three places where VCF puts them (api-facts §7). */
export function findingsOf({ validationResult, physicalPresentedData, inputValidationErrors }: WireAssessment): Finding[] {
  const rows = [
    ...inputValidationErrors.map(toInputRow),
    ...(validationResult ? validationRows(validationResult) : []),
    ...(physicalPresentedData ? entityRows(physicalPresentedData, undefined) : []),
  ].sort((a, b) => rank[a.severity] - rank[b.severity])
  return [...group(rows.slice(0, most)), ...unlisted(rows.slice(most))].sort((a, b) => rank[a.severity] - rank[b.severity])
}

/** As grave as the gravest of them: nobody was shown them. */
function unlisted(rows: readonly Row[]): Finding[] {
  const [gravest] = rows
  if (!gravest) return []
  const text = `${rows.length} more findings are not listed here. Read them in SDDC Manager.`
  return [{ severity: gravest.severity, resources: [], text }]
}

function toInputRow(error: WireError): Row {
  return { severity: 'error', text: errorText(error).text ?? 'The precheck request is not valid.', remediation: remediationOf(error) }
}

/** Only what has nothing below it is a check; a parent counts itself when nothing below it is as severe as it says. */
function validationRows(error: WireError): Row[] {
  const isGroup = error.nestedErrors.length > 0
  const below = error.nestedErrors.flatMap(validationRows)
  const own = toValidationRow(error, isGroup)
  const isCovered = own && below.some(({ severity }) => rank[severity] <= rank[own.severity])
  return own && !isCovered && !(isGroup && own.severity === 'info') ? [own, ...below] : below
}

function toValidationRow(error: WireError, isGroup: boolean): Row | undefined {
  const context = (key: string) => (typeof error.context?.[key] === 'string' ? error.context[key] : undefined)
  // What nobody graded is what it is by its type, an error, unless it only holds others together.
  const grade = context('severity') ?? gradeOfCode(error.errorCode) ?? (isGroup ? 'INFO' : 'ERROR')
  const severity = severityOf(grade, context('validationStatus'))
  const check = context('validationName') ?? error.label
  const text = error.message ?? check ?? error.errorCode
  if (!severity || !text) return undefined
  const resource = context('resourceName') ?? context('entityName') ?? context('domainName')
  const code = gradeOfCode(error.errorCode) ? undefined : error.errorCode
  return { severity, check, text, code, remediation: remediationOf(error), resource }
}

/** Codes end in their grade: `BASELINER_CONSTRAINT_VALIDATION.warning`. */
function gradeOfCode(code: string | undefined): string | undefined {
  return code?.match(/\.(info|warning|error|critical|optional)$/i)?.[1]
}

/** Undefined for a check that passed and for a remark that asks for nothing. */
function severityOf(grade: string, status: string | undefined): Severity | undefined {
  if (/SUCCESS|PASS/i.test(status ?? '')) return undefined
  if (/SILENC/i.test(status ?? '')) return 'info'
  return toSeverity(grade) ?? toSeverity(status) ?? (status || /OPTIONAL/i.test(grade) ? 'info' : undefined)
}

function toSeverity(word: string | undefined): Exclude<Severity, 'info'> | undefined {
  if (/ERROR|FAIL|CRITICAL|FATAL/i.test(word ?? '')) return 'error'
  return /WARN/i.test(word ?? '') ? 'warning' : undefined
}

/** In the tree of entities the check is a leaf, named below its resource; each of its classifications may be a finding. */
function entityRows(entity: WireEntity, parent: string | undefined): Row[] {
  const isCheck = entity.childEntities.length === 0
  const own = entity.classifications.flatMap(({ value, description, source }): Row[] => {
    const severity = toSeverity(value)
    if (!severity || (!isCheck && source === 'INHERITED')) return []
    const text = description || entity.name || value!
    return [{ severity, check: isCheck ? entity.name : undefined, text, resource: isCheck ? parent : entity.name }]
  })
  return [...own, ...entity.childEntities.flatMap((child) => entityRows(child, entity.name))]
}

/** Rows that say the same become one finding. The two trees repeat each other; only the first knows remedies, the second may know the name alone. */
function group(rows: readonly Row[]): Finding[] {
  const groups: { row: Row; code?: string; remediation?: string; resources: Set<string> }[] = []
  const byCheck = new Map<string, typeof groups>()
  for (const row of rows) {
    const key = JSON.stringify([row.severity, row.check ?? row.text])
    const alike = byCheck.get(key) ?? []
    byCheck.set(key, alike)
    let one = alike.find(
      (other) => saysTheSame(row, other.row) && (!other.remediation || !row.remediation || other.remediation === row.remediation),
    )
    if (!one) {
      one = { row, resources: new Set() }
      alike.push(one)
      groups.push(one)
    }
    one.code ??= row.code
    one.remediation ??= row.remediation
    if (row.resource) one.resources.add(row.resource)
  }
  return groups.map(({ row, code, remediation, resources }) => ({
    severity: row.severity,
    resources: [...resources],
    text: sentenceOf(row, code),
    ...(remediation && { remediation }),
  }))
}

function sentenceOf({ check, text }: Row, code: string | undefined): string {
  const named = check && !text.includes(check) ? `${check}: ${text}` : text
  return code && !named.includes(code) ? `${named} (${code})` : named
}

function saysTheSame(row: Row, other: Row): boolean {
  return row.text === other.text || row.text === row.check
}
