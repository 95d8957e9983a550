import type { z } from 'zod'
import type { FailedGuardrail } from '../ports/upgrade-request.ts'
import type { Vcf } from '../ports/vcf.ts'
import { orWhenNot } from './error.ts'
import { withQuery } from './path.ts'
import type { Requests } from './requests.ts'
import { isBarred } from './states.ts'
import { wirePreview } from './wire-upgrades.ts'

/** What SDDC Manager 9.x would say to an upgrade before it is requested (api-facts §8.4). */
export function guardrailsOf({ read }: Requests, system: Vcf['system']): Pick<Vcf, 'failedGuardrails'> {
  return {
    async failedGuardrails(domainId, bundleId) {
      // In 5.x the path names an upgrade with the id `preview`.
      if ((await system()).dialect !== '9.x') return undefined
      const request = withQuery('/v1/upgrades/preview', { bundleId, domainId })
      const preview = await read(request, wirePreview).catch(orWhenNot(['missing'], undefined))
      // Each resource of the domain has the same guard rails.
      const failed = preview?.upgradeItems.flatMap(toFailed)
      return failed && [...new Map(failed.map((one) => [JSON.stringify(one), one])).values()]
    },
  }
}

/** Wire → port. What is not eligible without saying why counts by itself. */
function toFailed({ resourceId, bundleComponentType, upgradeEligibility }: z.infer<typeof wirePreview>['upgradeItems'][number]) {
  const { status, details } = upgradeEligibility ?? { details: [] }
  const failed = details
    .filter((detail) => isBarred(detail.status))
    .map(({ name, description, reasonCode, remediationCode }): FailedGuardrail => {
      const text = [description, reasonCode, remediationCode].filter(Boolean).join(' – ')
      return { name: name ?? reasonCode ?? 'guard rail', text: text || `not passed by ${bundleComponentType ?? resourceId}` }
    })
  if (failed.length > 0 || !isBarred(status)) return failed
  return [{ name: bundleComponentType ?? 'upgrade', text: `SDDC Manager says ${status} of ${resourceId} and gives no reason` }]
}
