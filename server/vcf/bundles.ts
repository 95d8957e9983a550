import type { Vcf } from '../ports/vcf.ts'
import type { Bundle } from '../ports/vcf-words.ts'
import { parseBody } from './answer.ts'
import { componentOf, componentOfBundle } from './components.ts'
import { orWhenNot } from './error.ts'
import { path } from './path.ts'
import type { Requests } from './requests.ts'
import { bundleState } from './states.ts'
import { page, wireStarted } from './wire.ts'
import { type WireBundle, wireBundle } from './wire-releases.ts'

/** Bundles and the order to download one (api-facts §6). */
export function bundlesOf({ read, write }: Requests): Pick<Vcf, 'bundle' | 'downloadBundle' | 'cumulativeBundles'> {
  return {
    async bundle(bundleId) {
      return toBundle(await read(path`/v1/bundles/${bundleId}`, wireBundle), bundleId)
    },

    async downloadBundle(bundleId) {
      const request = path`/v1/bundles/${bundleId}`
      const answer = await write('PATCH', request, { bundleDownloadSpec: { downloadNow: true } })
      return parseBody(answer, `PATCH ${request}`, wireStarted).id
    },

    async cumulativeBundles(domainId) {
      const bundles = await read(path`/v1/bundles/domains/${domainId}`, page(wireBundle)).catch(orWhenNot(['missing'], []))
      return bundles.flatMap((bundle) => (bundle.id ? toBundle(bundle, bundle.id) : []))
    },
  }
}

/** Wire → port. */
function toBundle({ type, downloadStatus, sizeMB, description, isCumulative, components }: WireBundle, id: string): Bundle {
  const component = componentOfBundle(
    type,
    components.flatMap((one) => one.type ?? []),
  )
  // The parts of SDDC Manager have versions of their own.
  const versions = components.filter((one) => componentOf(one.type ?? '') === component).flatMap(({ toVersion }) => toVersion ?? [])
  const version = component && new Set(versions).size === 1 ? versions[0] : undefined
  return { id, state: bundleState(downloadStatus), word: downloadStatus, sizeMB, description, component, version, cumulative: isCumulative }
}
