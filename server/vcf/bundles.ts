import type { Vcf } from '../ports/vcf.ts'
import { parseBody } from './answer.ts'
import { path } from './path.ts'
import type { Requests } from './requests.ts'
import { bundleState } from './states.ts'
import { wireStarted } from './wire.ts'
import { wireBundle } from './wire-releases.ts'

/** Bundles and their downloads (api-facts §6). */
export function bundlesOf({ read, write }: Requests): Pick<Vcf, 'bundle' | 'downloadBundle'> {
  return {
    async bundle(bundleId) {
      const { downloadStatus, sizeMB, description } = await read(path`/v1/bundles/${bundleId}`, wireBundle)
      return { id: bundleId, state: bundleState(downloadStatus), word: downloadStatus, sizeMB, description }
    },

    async downloadBundle(bundleId) {
      const request = path`/v1/bundles/${bundleId}`
      const answer = await write('PATCH', request, { bundleDownloadSpec: { downloadNow: true } })
      return parseBody(answer, `PATCH ${request}`, wireStarted).id
    },
  }
}
