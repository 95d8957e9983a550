/** What the settings file says of one domain (`domains.<name>`), with the safe defaults filled in. */
import type { EsxOptions, TemporaryNetwork } from './upgrade-request.ts'

export interface DomainSettings {
  /** `next`: the lowest applicable release above the current one; else the version of the release that is wanted. */
  readonly target: 'next' | (string & {})
  /** For a vCenter upgrade that is a migration. */
  readonly vcenterNetwork?: TemporaryNetwork
  readonly esx: EsxOptions & {
    /** Name of the image for each image-based cluster that needs a choice, by cluster name. */
    readonly images: Readonly<Record<string, string>>
    /** Names of clusters in the order in which they are upgraded; those that are not named follow in VCF's order. */
    readonly order: readonly string[]
  }
  readonly nsx: { readonly parallelHostClusters: boolean; readonly parallelEdgeClusters: boolean }
}

/** Careful: one after the other, no quick boot, a failed host stops the cluster. */
export const defaultDomainSettings: DomainSettings = {
  target: 'next',
  esx: { images: {}, order: [], quickBoot: false, evacuateOfflineVms: false, failureAction: { action: 'FAIL' } },
  nsx: { parallelHostClusters: false, parallelEdgeClusters: false },
}
