/** `Domain`, `SddcManager`, `NsxTCluster`, `Vcenter`, `Cluster`, `Host`, `VcfService` of the API documents (api-facts §4), as far as they are used. */
import { z } from 'zod'
import { list, maybe } from './wire.ts'

const reference = z.object({ id: z.string() })

export const wireDomain = z.object({ id: z.string().min(1), name: z.string(), status: maybe(z.string()), type: maybe(z.string()) })

export const wireSddcManager = z.object({
  id: z.string(),
  fqdn: maybe(z.string()),
  version: maybe(z.string()),
  domain: maybe(reference),
})

export const wireNsxCluster = z.object({
  id: z.string(),
  vipFqdn: maybe(z.string()),
  vip: maybe(z.string()),
  version: maybe(z.string()),
  domains: list(reference),
})

export const wireVcenter = z.object({ id: z.string(), fqdn: maybe(z.string()), version: maybe(z.string()), domain: maybe(reference) })

export const wireCluster = z.object({
  id: z.string(),
  name: maybe(z.string()),
  isImageBased: maybe(z.boolean()),
  isStretched: maybe(z.boolean()),
  domain: maybe(reference),
  hosts: list(z.object({ id: maybe(z.string()) })),
})

export const wireHost = z.object({ id: z.string(), fqdn: maybe(z.string()), esxiVersion: maybe(z.string()), cluster: maybe(reference) })

export const wireService = z.object({ id: maybe(z.string()), name: maybe(z.string()), status: maybe(z.string()) })
