/** `domains` of the settings file: what is wanted of single domains. */
import { z } from 'zod'
import { type DomainSettings, defaultDomainSettings } from '../ports/domain-settings.ts'

const names = z.record(z.string(), z.string().min(1))
const version = z.string().regex(/^\d+(\.\d+)+(-\d+)?$/, 'expected "next" or the version of a release, such as "5.2.1.0"')
const network = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('STATIC'), ip_address: z.ipv4(), subnet_mask: z.ipv4(), gateway: z.ipv4() }),
  z.strictObject({ mode: z.literal('AUTOMATIC') }),
])
const failureAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('FAIL') }),
  z.strictObject({
    action: z.literal('RETRY'),
    delay_seconds: z.number().int().min(300).max(3_600),
    count: z.number().int().min(3).max(100),
  }),
])

const domain = z.strictObject({
  target: z.union([z.literal('next'), version]).optional(),
  vcenter_network: network.optional(),
  esx: z
    .strictObject({
      images: names.optional(),
      order: z.array(z.string().min(1)).optional(),
      quick_boot: z.boolean().optional(),
      evacuate_offline_vms: z.boolean().optional(),
      failure_action: failureAction.optional(),
    })
    .optional(),
  nsx: z.strictObject({ parallel_host_clusters: z.boolean().optional(), parallel_edge_clusters: z.boolean().optional() }).optional(),
})

export const domainsSchema: z.ZodType<Readonly<Record<string, DomainSettings>>> = z.record(z.string(), domain.transform(withDefaults))

function withDefaults({ target, vcenter_network, esx = {}, nsx = {} }: z.infer<typeof domain>): DomainSettings {
  const defaults = defaultDomainSettings
  return {
    target: target ?? defaults.target,
    ...(vcenter_network && { vcenterNetwork: networkOf(vcenter_network) }),
    esx: {
      images: esx.images ?? defaults.esx.images,
      order: esx.order ?? defaults.esx.order,
      quickBoot: esx.quick_boot ?? defaults.esx.quickBoot,
      evacuateOfflineVms: esx.evacuate_offline_vms ?? defaults.esx.evacuateOfflineVms,
      failureAction: failureActionOf(esx.failure_action),
    },
    nsx: {
      parallelHostClusters: nsx.parallel_host_clusters ?? defaults.nsx.parallelHostClusters,
      parallelEdgeClusters: nsx.parallel_edge_clusters ?? defaults.nsx.parallelEdgeClusters,
    },
  }
}

function networkOf(given: z.infer<typeof network>): NonNullable<DomainSettings['vcenterNetwork']> {
  if (given.mode === 'AUTOMATIC') return given
  return { mode: given.mode, ipAddress: given.ip_address, subnetMask: given.subnet_mask, gateway: given.gateway }
}

function failureActionOf(given: z.infer<typeof failureAction> | undefined): DomainSettings['esx']['failureAction'] {
  if (!given) return defaultDomainSettings.esx.failureAction
  return given.action === 'FAIL' ? given : { action: given.action, delaySeconds: given.delay_seconds, count: given.count }
}
