import { page, type Route } from '../answer.ts'
import { type BundleState, bytesOf, downloadedBytes } from '../world/bundles.ts'
import type { World } from '../world/world.ts'

/** 9.x tells of every download how much has arrived. */
export function downloadStatusRoutes({ bundles, catalogue, time }: World): readonly Route[] {
  const ofRelease = ({ component, toVersion }: BundleState, version: string) =>
    component !== undefined && catalogue.named(version)?.bom[component] === toVersion

  return [
    {
      ...{ method: 'GET', path: '/v1/bundles/download-status', only: '9.0.2' },
      answer({ query }) {
        const release = query.get('releaseVersion')
        const wanted = bundles
          .all()
          .filter((bundle) => (query.get('bundleId') ?? bundle.id) === bundle.id && (!release || ofRelease(bundle, release)))
        return page((query.get('imageType') ?? 'PATCH') === 'PATCH' ? wanted.map(statusWire) : [])
      },
    },
  ]

  function statusWire(bundle: BundleState) {
    const { id, contents, toVersion, downloadStatus, task } = bundle
    return {
      componentType: contents.at(-1),
      version: toVersion,
      bundleId: id,
      downloadStatus,
      downloadedSize: downloadStatus === 'SUCCESSFUL' ? bytesOf(bundle) : downloadedBytes(bundle),
      downloadScheduledTime: Math.round(task?.work.startedAt ?? time.now()),
      ...(task && { downloadId: task.id, downloadStartTime: Math.round(task.work.startedAt) }),
      ...(task?.work.endedAt !== undefined && { downloadEndTime: Math.round(task.work.endedAt) }),
      ...(task?.error && { message: task.error.message }),
      isDownloadCancellable: false,
      isDownloadable: downloadStatus === 'PENDING' || downloadStatus === 'FAILED',
    }
  }
}
