/** `domains` of the settings file: what is wanted of single domains. What each key says of itself makes the table in docs/settings.md. */
import { z } from 'zod'
import { type DomainSettings, defaultDomainSettings } from '../ports/domain-settings.ts'
import { sameName } from './domain-names.ts'

/** For a person: the default as they would write it, and what it means; markdown. */
interface Told {
  readonly otherwise: string
  readonly meaning: string
}

const told = z.registry<Told, z.ZodType>()
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

function key<Kind extends z.ZodType>(kind: Kind, otherwise: string, meaning: string) {
  const field = kind.optional()
  told.add(field, { otherwise, meaning })
  return field
}

const domain = z.strictObject({
  target: key(
    z.union([z.literal('next'), version]),
    '"next"',
    'The release to upgrade to. `"next"`: the lowest applicable one above the current; else its version, such as `"5.2.1.0"`. With MQTT a choice in Home Assistant comes before it.',
  ),
  vcenter_network: key(
    network,
    'none',
    'The temporary network of a vCenter upgrade that is a migration: `{"mode": "STATIC", "ip_address": …, "subnet_mask": …, "gateway": …}` or `{"mode": "AUTOMATIC"}`.',
  ),
  esx: z
    .strictObject({
      images: key(names, '{}', '`{"<cluster>": "<image>"}`: the image for an image-based cluster, where several fit.'),
      order: key(
        z.array(z.string().min(1)),
        '[]',
        'Names of clusters in the order in which they are upgraded; the others follow in the order of SDDC Manager.',
      ),
      quick_boot: key(z.boolean(), 'false', 'Hosts restart without their firmware, where they can.'),
      evacuate_offline_vms: key(z.boolean(), 'false', 'Virtual machines that are switched off are moved away too.'),
      failure_action: key(
        failureAction,
        '{"action": "FAIL"}',
        'What a failed host does to its cluster: stop it, or `{"action": "RETRY", "delay_seconds": 300, "count": 3}` (300 to 3600 seconds, 3 to 100 times).',
      ),
    })
    .optional(),
  nsx: z
    .strictObject({
      parallel_host_clusters: key(z.boolean(), 'false', 'Host clusters side by side: quicker, with more load.'),
      parallel_edge_clusters: key(z.boolean(), 'false', 'Edge clusters side by side.'),
    })
    .optional(),
})

export const domainsSchema: z.ZodType<Readonly<Record<string, DomainSettings>>> = z
  .record(z.string(), domain.transform(withDefaults))
  .superRefine((named, context) => {
    for (const name of Object.keys(named)) {
      const first = Object.keys(named).find((other) => sameName(other, name))
      if (first !== name) context.addIssue({ code: 'custom', path: [name], message: `is the same domain as ${first}: expected it once` })
    }
  })

/** Every key of one domain, as in `esx.quick_boot`. */
export function domainKeys(): readonly (Told & { readonly key: string })[] {
  return keysOf(domain, '')
}

function keysOf(object: z.ZodObject, start: string): readonly (Told & { readonly key: string })[] {
  return Object.entries(object.shape).flatMap(([name, field]) => {
    const said = told.get(field as z.ZodType)
    if (said) return [{ key: start + name, ...said }]
    return keysOf((field as z.ZodOptional<z.ZodObject>).unwrap(), `${start}${name}.`)
  })
}

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
