import type { ResourceTrouble, VcfHealth } from '../ports/vcf-health.ts'
import { orWhenNot } from './error.ts'
import { severityOfStatus } from './health-states.ts'
import { withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import type { OwnRecord } from './system.ts'
import { page } from './wire.ts'
import { type WireWarning, wirePart, wireWarning } from './wire-health.ts'

/** What in a domain is not as it should be (`/v1/domains`, `/v1/clusters`, `/v1/hosts`, `/v1/resource-warnings`; api-facts §4, §12 row 20). */
export function troublesOf({ read, readAll }: Requests, record: OwnRecord): Pick<VcfHealth, 'troubles'> {
  return {
    async troubles(domainId) {
      const [domains, clusters, hosts, warnings] = await Promise.all([
        read('/v1/domains', page(wirePart)),
        read(withQuery('/v1/clusters', { domainId }), page(wirePart)),
        readAll('/v1/hosts', { next: record.pagesOfNine, query: { domainId } }, wirePart),
        read('/v1/resource-warnings', page(wireWarning)).catch(orWhenNot(['missing'], [])),
      ])
      const isHere = ({ domain }: { domain?: { id: string } | undefined }) => (domain?.id ?? domainId) === domainId
      const parts = [
        ...domains.filter(({ id }) => id === domainId).map((one) => ({ ...one, type: 'DOMAIN' as const, word: one.status })),
        ...clusters.filter(isHere).map((one) => ({ ...one, type: 'CLUSTER' as const, word: one.status })),
        // A host's `status` tells whether it belongs to a domain.
        ...hosts.filter(isHere).map((one) => ({ ...one, type: 'HOST' as const, word: one.configurationStatus })),
      ]
      const byId = new Map(parts.map((part) => [part.id, part]))
      return [
        ...parts.flatMap(({ id, name, fqdn, type, word }): ResourceTrouble[] => {
          const severity = severityOfStatus(word)
          return severity && word ? [{ resource: name ?? fqdn ?? id, type, severity, text: word }] : []
        }),
        ...warnings.flatMap((warning) => {
          const part = byId.get(warning.resourceId ?? '')
          return part ? [toTrouble(warning, part)] : []
        }),
      ]
    },
  }
}

/** Wire → port. MINOR or MAJOR, it is a warning: what must not go on has a status that says so. */
function toTrouble(
  { message, warningCode, remediationMessage, resourceName }: WireWarning,
  { id, type, name, fqdn }: { id: string; type: ResourceTrouble['type']; name?: string | undefined; fqdn?: string | undefined },
): ResourceTrouble {
  return {
    resource: name ?? fqdn ?? resourceName ?? id,
    type,
    severity: 'warning',
    text: message ?? warningCode ?? 'a warning without a text',
    ...(remediationMessage && { remediation: remediationMessage }),
  }
}
