import { ok, page, type Route } from '../answer.ts'
import type { ResourceWarning } from '../world/health.ts'
import { unknown } from '../world/refusal.ts'
import type { World } from '../world/world.ts'

export function warningRoutes({ health }: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/resource-warnings',
      answer({ query }) {
        const [ids, names] = [query.getAll('resourceIds'), query.getAll('resourceNames')]
        const fits = ({ resource }: ResourceWarning) =>
          (query.get('resourceType') ?? resource.type) === resource.type &&
          (ids.length === 0 || ids.includes(resource.id)) &&
          (names.length === 0 || names.includes(resource.name))
        return page(health.warnings().filter(fits).map(warningWire))
      },
    },
    {
      method: 'GET',
      path: '/v1/resource-warnings/{id}',
      answer({ params }) {
        const found = health.warnings().find(({ id }) => id === params.id)
        if (!found) throw unknown('resource warning', params.id!)
        return ok(warningWire(found))
      },
    },
  ]
}

function warningWire({ id, code, severity, message, remediation, reference, resource, at }: ResourceWarning) {
  return {
    id,
    warningCode: code,
    message,
    ...(remediation && { remediationMessage: remediation }),
    referenceToken: reference,
    resourceId: resource.id,
    resourceType: resource.type,
    resourceName: resource.name,
    warningType: 'OTHER',
    severity,
    occurredAtTimestamp: new Date(at).toISOString(),
  }
}
