/** A check of our own beside VCF's prechecks: what it reads, and what it makes of it. */
import type { DomainIdentity, Finding, Severity } from '../../../shared/upgrade.ts'
import type { Run } from '../../ports/facts.ts'
import type { Vcf } from '../../ports/vcf.ts'

export interface Patient {
  readonly domain: DomainIdentity
  readonly run: Run
}

export interface Check {
  /** What it looks at; findings begin with it as their source. */
  readonly of: string
  /** Role in SDDC Manager that may read it. */
  readonly role: 'ADMIN' | 'OPERATOR' | 'VIEWER'
  look(vcf: Vcf, patient: Patient): Promise<readonly Finding[]>
}

export function sourceOf(of: string): string {
  return `Pre-flight: ${of}`
}

/** Findings that differ in their resource only, as one. */
export function finding(severity: Severity, text: string, remediation: string, resources: readonly string[] = []): Finding {
  return { severity, resources, text, remediation }
}

/** One finding for all that have the trouble; none when nobody has. */
export function findingFor(resources: readonly string[], severity: Severity, text: string, remediation: string): readonly Finding[] {
  return resources.length === 0 ? [] : [finding(severity, text, remediation, [...new Set(resources)])]
}
