/** `Release`, `DomainFutureRelease`, `DomainReleaseView`, `Bundle`, `Validation` of the API documents (api-facts §5, §6, §9), as far as they are used. */
import { z } from 'zod'
import { amount, list, maybe, wireError, wireMessage } from './wire.ts'

/** A petabyte. */
const bytes = amount(1024 ** 5)

export const wireRelease = z.object({ version: z.string().min(1) })

export const wireFutureRelease = z.object({
  version: z.string().min(1),
  applicabilityStatus: maybe(z.string()),
  isApplicable: maybe(z.boolean()),
  notApplicableReason: maybe(z.string()),
  reasonNotApplicable: maybe(wireMessage),
  reasonsNotApplicable: list(wireMessage),
  warnings: list(wireMessage),
  bom: list(
    z.object({ name: z.string(), version: maybe(z.string()), publicName: maybe(z.string()), lifecycleManagedBy: maybe(z.string()) }),
  ),
  patchBundles: list(z.object({ bundleId: z.string().min(1) })),
  releaseDate: maybe(z.string()),
  description: maybe(z.string()),
})

/** The stored target; also answered, without a version or with nothing at all, where none is stored. */
export const wireTarget = z
  .object({ targetVersion: maybe(z.string()) })
  .nullish()
  .transform((view) => view?.targetVersion || undefined)

export const wireBundle = z.object({
  id: maybe(z.string()),
  type: maybe(z.string()),
  description: maybe(z.string()),
  downloadStatus: z.string(),
  sizeMB: amount(1024 ** 3),
  isCumulative: maybe(z.boolean()),
  components: list(z.object({ type: maybe(z.string()), toVersion: maybe(z.string()) })),
})
export type WireBundle = z.infer<typeof wireBundle>

/** One of `PageOfBundleDownloadStatusInfo` (9.x). */
export const wireDownload = z.object({ bundleId: maybe(z.string()), downloadStatus: maybe(z.string()), downloadedSize: bytes })

/** `SddcManagerUpgradable`, as far as it tells of a download. */
export const wireOwnRelease = z.object({
  sddcManagerBundle: maybe(
    z.object({
      id: maybe(z.string()),
      downloadStatus: maybe(z.string()),
      downloadProgress: maybe(z.object({ downloadedBytes: bytes })),
    }),
  ),
})

/** An account of `DepotSettings`; user name, password and token end here. */
const depotAccount = maybe(z.object({ status: maybe(z.string()), message: maybe(z.string()) }))

/** Also answered with nothing at all, where no depot was ever configured. */
export const wireDepot = z
  .object({
    vmwareAccount: depotAccount,
    dellEmcSupportAccount: depotAccount,
    offlineAccount: depotAccount,
    depotConfiguration: maybe(z.object({ isOfflineDepot: maybe(z.boolean()), hostname: maybe(z.string()) })),
  })
  .nullish()

export const wireValidation = z.object({
  executionStatus: z.string(),
  resultStatus: maybe(z.string()),
  validationChecks: list(
    z.object({
      description: maybe(z.string()),
      severity: maybe(z.string()),
      resultStatus: maybe(z.string()),
      errorResponse: maybe(wireError),
    }),
  ),
})
