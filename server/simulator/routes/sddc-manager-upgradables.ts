import { errorAnswer, page, type Route } from '../answer.ts'
import { type BundleState, bytesOf, downloadedBytes } from '../world/bundles.ts'
import type { ReleaseEntry } from '../world/catalogue.ts'
import { isOlder } from '../world/versions.ts'
import type { World } from '../world/world.ts'
import { messagesWire } from './releases.ts'

/** This list has download words of its own. */
const words: Readonly<Record<BundleState['downloadStatus'], string>> = {
  PENDING: 'PENDING',
  SCHEDULED: 'SCHEDULED',
  IN_PROGRESS: 'INPROGRESS',
  SUCCESSFUL: 'SUCCESS',
  FAILED: 'FAILED',
  RECALLED: 'RECALLED',
}

/** What SDDC Manager itself can become, and how far the download of that is: the only bytes that 5.x tells. */
export function sddcManagerUpgradableRoutes({ bundles, catalogue, dialect, estate }: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/sddc-manager/upgradables',
      answer({ query }) {
        const [status, version] = [query.get('applicabilityStatus'), query.get('version')]
        if (status && version) {
          const text = { code: 'FILTERS_NOT_SUPPORTED', message: 'Filter by applicabilityStatus or by version, not by both.' }
          return dialect.nine ? { ...page([]), status: 501 } : errorAnswer(400, text)
        }
        const newer = catalogue.releases.filter(({ bom }) => isOlder(estate.sddcManager.version, bom.SDDC_MANAGER))
        const all = newer.map(upgradableWire)
        return page(
          all.filter((one) => (status ?? one.applicabilityStatus) === one.applicabilityStatus && (version ?? one.version) === one.version),
        )
      },
    },
  ]

  function upgradableWire({ version, description, releaseDate, bom, outOfReach = [] }: ReleaseEntry) {
    const bundle = outOfReach.length > 0 ? undefined : bundles.bringing('SDDC_MANAGER', estate.sddcManager.version, bom.SDDC_MANAGER)
    return {
      version,
      description,
      releaseDate,
      applicabilityStatus: bundle ? 'APPLICABLE' : 'NOT_APPLICABLE',
      compatibilityStatus: bundle ? 'COMPATIBLE' : 'INCOMPATIBLE',
      errors: messagesWire(outOfReach),
      warnings: [],
      ...(bundle && { sddcManagerBundle: bundleWire(bundle) }),
    }
  }
}

function bundleWire(bundle: BundleState) {
  const { id, type, description, toVersion, releasedDate, sizeMB, downloadStatus, task } = bundle
  const done = downloadStatus === 'SUCCESSFUL'
  return {
    ...{ id, type, description, version: toVersion, vendor: 'VMware', releasedDate, isCumulative: true, sizeMB },
    downloadStatus: words[downloadStatus],
    ...((task || done) && {
      downloadProgress: { downloadedBytes: done ? bytesOf(bundle) : downloadedBytes(bundle), isDownloadCancelled: false },
    }),
    ...(task && { downloadStartTime: Math.round(task.work.startedAt) }),
    ...(task?.work.endedAt !== undefined && { downloadEndTime: Math.round(task.work.endedAt) }),
  }
}
