import type { Finding, Severity } from '../../../shared/upgrade.ts'
import type { NsxHealth } from '../../ports/vcf-health.ts'
import { type Check, finding } from './finding.ts'

export const nsx: Check = {
  of: 'status of NSX',
  role: 'VIEWER',
  look: async (vcf, { domain }) => nsxFindings(await vcf.nsxHealth(domain.id)),
}

/** Words that say that SDDC Manager does not know. */
const nothingKnown = ['UNKNOWN', 'UNDEFINED', 'UNIDENTIFIED', '']

/** NSX has to be STABLE; a word that is new here counts as not stable, for a person to judge. */
export function nsxFindings(clusters: readonly NsxHealth[]): readonly Finding[] {
  if (clusters.length === 0) return [finding('info', 'Not checked: SDDC Manager tells the status of no NSX of this domain.', remedy)]
  return clusters.flatMap(({ name, word }) => {
    const severity = severityOf(word.toUpperCase())
    if (!severity) return []
    const text =
      severity === 'info' ? `SDDC Manager does not know how NSX is (${word || 'no status'}).` : `NSX is ${word} instead of STABLE.`
    return [finding(severity, text, remedy, [name])]
  })
}

const remedy = 'Look at the managers, edges and transport nodes in NSX Manager; then press Retry.'

function severityOf(word: string): Severity | undefined {
  if (word === 'STABLE') return undefined
  if (word === 'DEGRADED') return 'warning'
  return nothingKnown.includes(word) ? 'info' : 'error'
}
