import { z } from 'zod'

const personality = z.strictObject({ personalityId: z.string(), hardwareSupportSpecs: z.array(z.unknown()).optional() })
const esxOptions = z.strictObject({
  esxUpgradeFailureAction: z
    .strictObject({
      action: z.enum(['FAIL', 'RETRY']),
      retryDelay: z.number().min(300).max(3600).optional(),
      retryCount: z.number().min(3).max(100).optional(),
    })
    .refine(({ action, retryDelay, retryCount }) => action === 'RETRY' || (retryDelay === undefined && retryCount === undefined), {
      message: 'retryDelay and retryCount go with the action RETRY only',
    })
    .optional(),
  enforceHclValidation: z.boolean().optional(),
  enableQuickPatch: z.boolean().optional(),
  enableQuickboot: z.boolean().optional(),
  evacuateOfflineVms: z.boolean().optional(),
  disableHac: z.boolean().optional(),
  disableDpm: z.boolean().optional(),
  preRemediationPowerAction: z.enum(['POWER_OFF_VMS', 'SUSPEND_VMS', 'DO_NOT_CHANGE_VMS_POWER_STATE', 'SUSPEND_VMS_TO_MEMORY']).optional(),
})

const resource = z.strictObject({
  resourceId: z.string(),
  upgradeNow: z.boolean().optional(),
  scheduledTimestamp: z.string().optional(),
  shutdownVms: z.boolean().optional(),
  toVersion: z.string().optional(),
  personalitySpec: personality.optional(),
  customIsoSpec: z.strictObject({ id: z.string() }).optional(),
  enableQuickboot: z.boolean().optional(),
  evacuateOfflineVms: z.boolean().optional(),
  esxUpgradeOptionsSpec: esxOptions.optional(),
})

const nsxInput = z.strictObject({
  nsxtId: z.string().optional(),
  nsxtUpgradeOptions: z
    .strictObject({
      isEdgeOnlyUpgrade: z.boolean().optional(),
      isHostClustersUpgradeParallel: z.boolean().optional(),
      isEdgeClustersUpgradeParallel: z.boolean().optional(),
    })
    .optional(),
  nsxtHostClusterUpgradeSpecs: z
    .array(z.strictObject({ hostClusterId: z.string(), hostParallelUpgrade: z.boolean().optional(), liveUpgrade: z.boolean().optional() }))
    .optional(),
  nsxtEdgeClusterUpgradeSpecs: z
    .array(z.strictObject({ edgeClusterId: z.string(), edgeParallelUpgrade: z.boolean().optional() }))
    .optional(),
})

const vcenterInput = z.strictObject({
  resourceId: z.string().optional(),
  upgradeMechanism: z.enum(['InPlace', 'ReducedDowntimeMigration']).optional(),
  startSwitchoverTimestamp: z.string().optional(),
  temporaryNetwork: z
    .strictObject({
      networkMode: z.enum(['STATIC', 'AUTOMATIC']),
      ipAddress: z.string().optional(),
      subnetMask: z.string().optional(),
      gateway: z.string().optional(),
    })
    .optional(),
})

/** Body of `POST /v1/upgrades`. Stricter than the real one in this: a member that no document names is refused, so that nobody relies on it. */
export const upgradeSpecSchema = z.strictObject({
  bundleId: z.string(),
  resourceType: z.enum(['DOMAIN', 'CLUSTER', 'UNASSIGNED_HOST']),
  parallelUpgrade: z.boolean().optional(),
  draftMode: z.boolean().optional(),
  resourceUpgradeSpecs: z.array(resource).min(1),
  nsxtUpgradeUserInputSpecs: z.array(nsxInput).optional(),
  vcenterUpgradeUserInputSpecs: z.array(vcenterInput).optional(),
})

export type UpgradeSpec = z.output<typeof upgradeSpecSchema>
export type NsxInput = z.output<typeof nsxInput>
