import { attributeBudget, type FindingAttributes } from './attributes.ts'
import type { Finding, Severity } from './upgrade.ts'

/** Room that the findings entity's other attributes (name, icon, `more`) may take. */
const reserved = 400
const textLimit = 300
const remediationLimit = 300
const sourceLimit = 120
const resourcesShown = 12
const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

export interface FittedFindings {
  readonly shown: readonly FindingAttributes[]
  /** How many findings did not fit. */
  readonly more: number
  /** How many of those are errors: such errors cannot be overridden from Home Assistant, nobody was shown them. */
  readonly hiddenErrors: number
}

/** The findings as the attribute holds them: errors first, texts cut, and only as many as the recorder keeps. */
export function fitFindings(findings: readonly (Finding & { readonly new?: boolean })[]): FittedFindings {
  const ordered = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity])
  const shown: FindingAttributes[] = []
  let room = attributeBudget - reserved
  for (const finding of ordered) {
    const encoded = toAttribute(finding)
    room -= byteLength(JSON.stringify(encoded)) + 1
    if (room < 0) break
    shown.push(encoded)
  }
  const hidden = ordered.slice(shown.length)
  return { shown, more: hidden.length, hiddenErrors: hidden.filter(({ severity }) => severity === 'error').length }
}

function toAttribute(finding: Finding & { readonly new?: boolean }): FindingAttributes {
  const resources = finding.resources.slice(0, resourcesShown)
  const left = finding.resources.length - resources.length
  return {
    severity: finding.severity,
    resources: left > 0 ? [...resources, `+${left}`] : resources,
    text: cut(finding.text, textLimit),
    ...(finding.remediation && { remediation: cut(finding.remediation, remediationLimit) }),
    ...(finding.source && { source: cut(finding.source, sourceLimit) }),
    ...(finding.new && { new: true as const }),
  }
}

/** A finding as it was fitted in or read back. */
interface ShownFinding {
  readonly severity: Severity
  readonly resources: readonly string[]
  readonly source?: string | undefined
}

/**
 * How many errors a person is shown. VCF counts one per resource, those behind `+3` too; our own (with a `source`) count once each.
 */
export function errorsShown(shown: readonly ShownFinding[]): number {
  const weight = ({ resources, source }: ShownFinding) => {
    const left = Number(/^\+(\d+)$/.exec(resources.at(-1) ?? '')?.[1] ?? 1)
    return source ? 1 : Math.max(1, resources.length - 1 + left)
  }
  return shown.reduce((sum, finding) => sum + (finding.severity === 'error' ? weight(finding) : 0), 0)
}

/** At most `limit` characters, ending in an ellipsis when something was cut. Never splits a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = text.slice(0, limit - 1)
  return `${/[\uD800-\uDBFF]$/.test(end) ? end.slice(0, -1) : end}…`
}

/** Length as UTF-8, which is what the recorder counts. */
export function byteLength(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
