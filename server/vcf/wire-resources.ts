/** `Domain`, `Cluster`, `Host` of the API documents (api-facts §4), as far as monitoring uses them. */
import { z } from 'zod'
import { amount, list, maybe } from './wire.ts'

/** One host's odd figure hides nothing of the others. */
const figure = amount(1e15).catch(undefined)
const metric = z
  .object({ value: figure, unit: z.string() })
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined)
const use = maybe(z.object({ used: metric, total: metric }))
const reference = z.object({ id: z.string(), name: maybe(z.string()) })

export const wireDomainResources = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: maybe(z.string()),
  capacity: maybe(z.object({ cpu: use, memory: use, storage: use })),
})
export type WireDomainResources = z.infer<typeof wireDomainResources>

export const wireClusterResources = z.object({
  id: z.string(),
  name: maybe(z.string()),
  domain: maybe(reference),
  hosts: list(z.object({ id: maybe(z.string()) })),
})
export type WireClusterResources = z.infer<typeof wireClusterResources>

const megabytes = maybe(z.object({ totalCapacityMB: figure, usedCapacityMB: figure }))

export const wireHostResources = z.object({
  id: z.string(),
  fqdn: maybe(z.string()),
  configurationStatus: maybe(z.string()),
  domain: maybe(reference),
  cluster: maybe(reference),
  cpu: maybe(z.object({ frequencyMHz: figure, usedFrequencyMHz: figure })),
  memory: megabytes,
  storage: megabytes,
})
export type WireHostResources = z.infer<typeof wireHostResources>
