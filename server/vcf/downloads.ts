import type { Vcf } from '../ports/vcf.ts'
import { orWhenNot } from './error.ts'
import type { Requests } from './requests.ts'
import { bundleState } from './states.ts'
import { page } from './wire.ts'
import { wireDownload, wireOwnRelease } from './wire-releases.ts'

interface Download {
  readonly bundleId?: string
  readonly status?: string
  readonly bytes?: number
}

/** How much of what is being downloaded has arrived (api-facts §6). */
export function downloadsOf({ read }: Requests, system: Vcf['system']): Pick<Vcf, 'downloadedBytes'> {
  async function ofAll(): Promise<Download[]> {
    const downloads = await read('/v1/bundles/download-status', page(wireDownload)).catch(orWhenNot(['missing', 'refused'], []))
    return downloads.map(({ bundleId, downloadStatus, downloadedSize }) => ({ bundleId, status: downloadStatus, bytes: downloadedSize }))
  }

  async function ofSddcManager(): Promise<Download[]> {
    const releases = await read('/v1/sddc-manager/upgradables', page(wireOwnRelease)).catch(orWhenNot(['missing', 'refused'], []))
    return releases.map(({ sddcManagerBundle: bundle }) => ({
      bundleId: bundle?.id,
      status: bundle?.downloadStatus,
      bytes: bundle?.downloadProgress?.downloadedBytes,
    }))
  }

  return {
    async downloadedBytes() {
      const { dialect } = await system()
      const downloads = dialect === '9.x' ? await ofAll() : dialect === '5.x' ? await ofSddcManager() : []
      const arrived: Record<string, number> = {}
      for (const { bundleId, status, bytes } of downloads) {
        if (bundleId === undefined || bytes === undefined || bundleState(status ?? '') !== 'running') continue
        arrived[bundleId] = Math.max(bytes, arrived[bundleId] ?? 0)
      }
      return arrived
    },
  }
}
