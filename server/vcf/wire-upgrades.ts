/** `Upgradable`, `NsxtResources`, `Personality`, `Upgrade`, `Task` of the API documents (api-facts §2, §8), as far as they are used. */
import { z } from 'zod'
import { amount, list, maybe, moment, type WireError, wireError, wireResource } from './wire.ts'

export const wireUpgradable = z.object({
  bundleId: z.string().min(1),
  bundleType: maybe(z.string()),
  resource: maybe(wireResource),
  softwareComponents: list(z.object({ type: maybe(z.string()) })),
  status: maybe(z.string()),
  errors: list(wireError),
})
export type WireUpgradable = z.infer<typeof wireUpgradable>

const nsxCluster = z.object({
  id: z.string().min(1),
  name: maybe(z.string()),
  version: maybe(z.string()),
  upgradeStatus: maybe(z.string()),
})
export type WireNsxCluster = z.infer<typeof nsxCluster>

/** Hosts: the time limit of a step grows with them. */
const units = amount(10_000)

export const wireNsxResources = z.object({
  nsxtManagerCluster: maybe(z.object({ id: maybe(z.string()) })),
  nsxtHostClusters: list(nsxCluster.extend({ upgradedUnits: units, totalUnits: units })),
  nsxtEdgeClusters: list(nsxCluster),
})

/** `UpgradePreview` (9.x). */
export const wirePreview = z.object({
  upgradeItems: list(
    z.object({
      resourceId: maybe(z.string()),
      bundleComponentType: maybe(z.string()),
      upgradeEligibility: maybe(
        z.object({
          status: maybe(z.string()),
          details: list(
            z.object({
              name: maybe(z.string()),
              description: maybe(z.string()),
              status: maybe(z.string()),
              reasonCode: maybe(z.string()),
              remediationCode: maybe(z.string()),
            }),
          ),
        }),
      ),
    }),
  ),
})

const softwareInfo = z.object({
  baseImage: maybe(z.object({ version: maybe(z.string()) })),
  addOn: maybe(z.object({ vendor: maybe(z.string()) })),
})

export const wirePersonality = z.object({
  personalityId: z.string().min(1),
  personalityName: maybe(z.string()),
  displayName: maybe(z.string()),
  softwareInfo: maybe(softwareInfo),
})

/** `UpgradablesClusterResource`. */
export const wireUpgradableCluster = z.object({ resourceId: z.string().min(1), softwareInfo: maybe(softwareInfo) })

export const wireUpgrade = z.object({
  id: z.string().min(1),
  taskId: maybe(z.string()),
  bundleId: maybe(z.string()),
  status: maybe(z.string()),
  resourceUpgradeSpecs: list(z.object({ resourceId: maybe(z.string()) })),
  endTime: maybe(moment),
})
export type WireUpgrade = z.infer<typeof wireUpgrade>

/** `SubTask` and `Stage` in one: a stage has no parts. */
export interface WireWork {
  readonly name?: string
  readonly description?: string
  readonly status?: string
  readonly subTasks: readonly WireWork[]
  readonly stages: readonly WireWork[]
  readonly errors: readonly WireError[]
}

const wireWork: z.ZodType<WireWork> = z.lazy(() => z.object(work))

const work = {
  name: maybe(z.string()),
  description: maybe(z.string()),
  status: maybe(z.string()),
  subTasks: list(wireWork),
  stages: list(wireWork),
  errors: list(wireError),
}

export const wireTask = z.object({
  ...work,
  id: z.string().min(1),
  creationTimestamp: maybe(moment),
  isRetryable: maybe(z.boolean()),
  resources: list(z.object({ resourceId: maybe(z.string()) })),
})
export type WireTask = z.infer<typeof wireTask>
