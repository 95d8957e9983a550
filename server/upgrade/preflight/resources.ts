import type { Finding } from '../../../shared/upgrade.ts'
import type { ResourceTrouble } from '../../ports/vcf-health.ts'
import { type Check, findingFor } from './finding.ts'

export const resources: Check = {
  of: 'resources of the domain',
  role: 'VIEWER',
  look: async (vcf, { domain }) => resourceFindings(await vcf.troubles(domain.id)),
}

const isStatus = /^[A-Z][A-Z_]*$/

/** By VCF's own status words and warnings (`api-facts.md` §12, 20). */
export function resourceFindings(troubles: readonly ResourceTrouble[]): readonly Finding[] {
  const alike = new Map<string, ResourceTrouble[]>()
  for (const trouble of troubles) {
    const key = JSON.stringify([trouble.severity, trouble.text, trouble.remediation])
    alike.set(key, [...(alike.get(key) ?? []), trouble])
  }
  return [...alike.values()].flatMap((group) => {
    const { severity, text, remediation } = group[0]!
    return findingFor(
      group.map(({ resource }) => resource),
      severity,
      isStatus.test(text) ? `Its status in SDDC Manager is ${text}.` : text,
      remediation ?? remedies[severity],
    )
  })
}

const remedies = {
  error: 'Look in SDDC Manager why, and mend it there before components are upgraded.',
  warning: 'Wait until SDDC Manager has finished with it, or look there what it needs; then press Retry.',
} as const
