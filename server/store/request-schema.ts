import { z } from 'zod'
import { components } from '../../shared/upgrade.ts'

const temporaryNetwork = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('STATIC'), ipAddress: z.string(), subnetMask: z.string(), gateway: z.string() }),
  z.strictObject({ mode: z.literal('AUTOMATIC') }),
])

const failureAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('FAIL') }),
  z.strictObject({ action: z.literal('RETRY'), delaySeconds: z.number(), count: z.number() }),
])

/** A request as it is recorded before it is sent. */
export const requestSchema = z.strictObject({
  component: z.enum(components),
  bundleId: z.string(),
  resource: z.strictObject({ type: z.enum(['DOMAIN', 'CLUSTER']), id: z.string() }),
  nsx: z
    .strictObject({
      managerId: z.string().optional(),
      hostClusterIds: z.array(z.string()),
      edgeClusterIds: z.array(z.string()),
      parallelHostClusters: z.boolean().optional(),
      parallelEdgeClusters: z.boolean().optional(),
    })
    .optional(),
  vcenters: z
    .array(
      z.strictObject({
        id: z.string(),
        mechanism: z.literal('InPlace').optional(),
        temporaryNetwork: temporaryNetwork.optional(),
      }),
    )
    .optional(),
  personalityId: z.string().optional(),
  esx: z.strictObject({ quickBoot: z.boolean(), evacuateOfflineVms: z.boolean(), failureAction }).optional(),
})
