import { z } from 'zod'
import { component, duration, error, signedDuration } from './scenario-words.ts'

/** An account of a resource, named as VCF names it; without `user` all accounts of that resource. */
const credential = z.strictObject({
  on: z.string(),
  user: z.string().optional(),
  expiry: z.enum(['ACTIVE', 'EXPIRING', 'EXPIRED', 'UNKNOWN']).default('ACTIVE'),
  connectivity: z.enum(['ACTIVE', 'ERROR', 'UNKNOWN']).default('ACTIVE'),
})

/** A workflow that runs, or that failed and nobody resolved. `credentials`: one that sets passwords, which has a list of its own. */
const workflow = z.strictObject({
  name: z.string(),
  kind: z.enum(['task', 'credentials']).default('task'),
  state: z.enum(['running', 'failed']),
  /** How long ago it began. */
  begun: duration.prefault('2h'),
  /** What it works on: a domain, cluster or host by name. */
  on: z.string().optional(),
  error: error.optional(),
  /** It holds the lock of the deployment: as long as it is not over nothing can be upgraded. */
  locks: z.boolean().default(false),
})

const warning = z.strictObject({
  on: z.string(),
  severity: z.enum(['MINOR', 'MAJOR']).default('MAJOR'),
  code: z.string(),
  message: z.string(),
  remediation: z.string().optional(),
})

const share = z.number().min(0).max(1)

/** What is not well in the data centre before anything is done; all of it is well by default. */
export const healthSchema = z.strictObject({
  /** From the beginning of the world until somebody has remedied all of it; without it nobody does. The clock stays as it is. */
  lasts: duration.optional(),
  /** How far SDDC Manager's clock is ahead of the one on the wall; below 0 it is behind. The speed does not change it. */
  clockAhead: signedDuration.default(0),
  backup: z.enum(['scheduled', 'not scheduled', 'not configured']).default('scheduled'),
  credentials: z.array(credential).readonly().default([]),
  workflows: z.array(workflow).readonly().default([]),
  /** Status words of domains, clusters and hosts, by name. */
  statuses: z
    .array(z.strictObject({ of: z.string(), is: z.string() }))
    .readonly()
    .default([]),
  warnings: z.array(warning).readonly().default([]),
  nsx: z
    .array(z.strictObject({ domain: z.string(), status: z.string() }))
    .readonly()
    .default([]),
  /** How much of every host of a cluster is used, 0 to 1. */
  loads: z
    .array(z.strictObject({ cluster: z.string(), cpu: share.optional(), memory: share.optional() }))
    .readonly()
    .default([]),
})

/** Where bundles come from, and whether it can be had. */
export const depotSchema = z.strictObject({
  /** `none`: neither an account nor an offline depot is configured. */
  kind: z.enum(['online', 'offline', 'none']).default('online'),
  /** With any other than DEPOT_CONNECTION_SUCCESSFUL every download fails as soon as it begins. */
  status: z
    .enum([
      'DEPOT_CONNECTION_SUCCESSFUL',
      'DEPOT_UNKNOWN_HOST',
      'DEPOT_NOT_AVAILABLE',
      'DEPOT_USER_NOT_SET',
      'DEPOT_INVALID_CREDENTIAL',
      'UNKNOWN_FAILURE',
    ])
    .default('DEPOT_CONNECTION_SUCCESSFUL'),
  message: z.string().optional(),
  /** What a download fails with while the depot is not connected. */
  error: error.optional(),
  /** Bundles that are in its index but not in it. */
  missing: z.array(component).readonly().default([]),
  /** From the beginning of the world until somebody has put it right; without it nobody does. */
  lasts: duration.optional(),
})

export type HealthSeed = z.output<typeof healthSchema>
export type DepotSeed = z.output<typeof depotSchema>
export type WorkflowSeed = HealthSeed['workflows'][number]
