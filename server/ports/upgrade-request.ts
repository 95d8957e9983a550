/** One request for an upgrade of one component, and what may be asked of it. */
import type { Component } from '../../shared/upgrade.ts'

/** A network for the new vCenter appliance while both run (`vcenterUpgradeUserInputSpecs[].temporaryNetwork`). */
export type TemporaryNetwork =
  | { readonly mode: 'STATIC'; readonly ipAddress: string; readonly subnetMask: string; readonly gateway: string }
  | { readonly mode: 'AUTOMATIC' }

export interface VcenterInput {
  readonly id: string
  /** Named for patches with a target of 8.0 U3b or newer, the only ones for which SDDC Manager takes a mechanism (`api-facts.md` §8.5). */
  readonly mechanism?: 'InPlace'
  /** Of a migration, and only of that. */
  readonly temporaryNetwork?: TemporaryNetwork
}

/** How hosts are upgraded (`esxUpgradeOptionsSpec`; for baseline clusters only quick boot and offline machines). */
export interface EsxOptions {
  readonly quickBoot: boolean
  /** Machines that are switched off are moved away too. */
  readonly evacuateOfflineVms: boolean
  /** On a failed host: stop, or try again so often (3 to 100) after so many seconds (300 to 3600). */
  readonly failureAction: { readonly action: 'FAIL' } | { readonly action: 'RETRY'; readonly delaySeconds: number; readonly count: number }
}

/** A guard rail of `GET /v1/upgrades/preview` (9.x) that is not passed. */
export interface FailedGuardrail {
  readonly name: string
  readonly text: string
}

/** One upgrade request, complete: everything `POST /v1/upgrades` needs to know. */
export interface UpgradeRequest {
  readonly component: Component
  readonly bundleId: string
  readonly resource: { readonly type: 'DOMAIN' | 'CLUSTER'; readonly id: string }
  /** NSX: all host clusters and edge clusters by id. */
  readonly nsx?: {
    readonly managerId?: string
    readonly hostClusterIds: readonly string[]
    readonly edgeClusterIds: readonly string[]
    /** Several clusters at once; default one after the other. */
    readonly parallelHostClusters?: boolean
    readonly parallelEdgeClusters?: boolean
  }
  /** vCenter: those of the domain. */
  readonly vcenters?: readonly VcenterInput[]
  /** ESX, image-based cluster: the image to apply. */
  readonly personalityId?: string
  readonly esx?: EsxOptions
}
