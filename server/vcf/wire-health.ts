/**
 * `BackupConfiguration`, `Credential`, `Task`, `CredentialsTask`, `ResourceWarning`, `NsxTQueryResponse`, `Cluster` and `Host` of the API documents
 * (api-facts §4, §10), as far as they are used. Members that hold passwords are not among them: what is not named here ends here.
 */
import { z } from 'zod'
import { amount, list, maybe, moment, wireError } from './wire.ts'
import { wireNsxCluster } from './wire-inventory.ts'

/** Also answered with nothing at all, where no backup was ever configured. */
export const wireBackup = z
  .object({
    isConfigured: maybe(z.boolean()),
    backupSchedules: list(z.object({ resourceType: maybe(z.string()), takeScheduledBackups: maybe(z.boolean()) })),
  })
  .nullish()

export const wireCredential = z.object({
  username: maybe(z.string()),
  resource: maybe(
    z.object({
      resourceName: maybe(z.string()),
      resourceType: maybe(z.string()),
      domainNames: list(z.string()),
      domainName: maybe(z.string()),
    }),
  ),
  expiry: maybe(z.object({ expiryDate: maybe(moment), status: maybe(z.string()), connectivityStatus: maybe(z.string()) })),
})

/** A task or a credentials task; the latter has neither a resolution nor resources of its own. */
export const wireWorkflow = z.object({
  id: z.string().min(1),
  name: maybe(z.string()),
  status: maybe(z.string()),
  resolutionStatus: maybe(z.string()),
  creationTimestamp: maybe(moment),
  resources: list(z.object({ resourceId: maybe(z.string()) })),
})
export type WireWorkflow = z.infer<typeof wireWorkflow>

export const wireWarning = z.object({
  message: maybe(z.string()),
  warningCode: maybe(z.string()),
  remediationMessage: maybe(z.string()),
  resourceId: maybe(z.string()),
  resourceType: maybe(z.string()),
  resourceName: maybe(z.string()),
})
export type WireWarning = z.infer<typeof wireWarning>

export const wireNsxQuery = z.object({
  queryInfo: maybe(
    z.object({
      queryId: maybe(z.string()),
      completed: maybe(z.boolean()),
      processing: maybe(z.boolean()),
      failure: maybe(z.boolean()),
      errorResponse: maybe(wireError),
    }),
  ),
  result: maybe(z.object({ elements: list(wireNsxCluster.extend({ status: maybe(z.string()) })) })),
})
export type WireNsxQuery = z.infer<typeof wireNsxQuery>

const metric = maybe(z.object({ value: amount(1e15), unit: maybe(z.string()) }))
export type WireMetric = z.infer<typeof metric>

const reference = z.object({ id: z.string() })

export const wirePart = z.object({
  id: z.string(),
  name: maybe(z.string()),
  fqdn: maybe(z.string()),
  domain: maybe(reference),
  cluster: maybe(reference),
  status: maybe(z.string()),
  configurationStatus: maybe(z.string()),
})

export const wireClusterRoom = z.object({
  id: z.string(),
  name: maybe(z.string()),
  domain: maybe(reference),
  hosts: list(z.object({ id: maybe(z.string()) })),
  capacity: maybe(z.object({ cpu: maybe(z.object({ used: metric })), memory: maybe(z.object({ used: metric })) })),
})

export const wireHostRoom = z.object({
  id: z.string(),
  fqdn: maybe(z.string()),
  cluster: maybe(reference),
  cpu: maybe(z.object({ frequencyMHz: amount(1e12) })),
  memory: maybe(z.object({ totalCapacityMB: amount(1e12) })),
})
