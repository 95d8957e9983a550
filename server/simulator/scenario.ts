import { z } from 'zod'
import { faultSchema } from './scenario-faults.ts'
import { depotSchema, healthSchema } from './scenario-health.ts'
import { component, duration, howOften, percent } from './scenario-words.ts'

/** CRITICAL counts as a critical gap. `on` is the resource type of the check; CLUSTER means every cluster of the run, or the one named `resource`. */
const findingSchema = z.strictObject({
  severity: z.enum(['ERROR', 'CRITICAL', 'WARNING']),
  on: z.enum(['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'CLUSTER']),
  resource: z.string().optional(),
  check: z.string(),
  /** `{resource}` stands for the resource's name. */
  message: z.string(),
  remediation: z.string().optional(),
  /** VCF's own code and reference token, where it is known for them. */
  code: z.string().optional(),
  reference: z.string().optional(),
  /** In how many runs of a domain it is found, from the first on: afterwards somebody has remedied it. */
  times: howOften.default('always'),
})

const startSchema = z.strictObject({
  /** Names of domains that run the target already, all of it or these components. */
  atTarget: z
    .array(z.strictObject({ domain: z.string(), components: z.array(component).readonly().optional() }))
    .readonly()
    .default([]),
  /** Names of domains whose target is chosen already. */
  targeted: z.array(z.string()).readonly().default([]),
  downloaded: z.array(component).readonly().default([]),
  /** Components that were patched by other means: to a build after the target's, or to one that no bill of materials has. */
  patched: z
    .array(z.strictObject({ domain: z.string(), component, to: z.enum(['newer than target', 'unknown build']) }))
    .readonly()
    .default([]),
  /** An upgrade that somebody else started. */
  running: z.strictObject({ domain: z.string(), component, percent }).optional(),
})

/** Hosts that join or leave, some time after the beginning of the world or, without `after`, before it. */
const moveSchema = z.strictObject({
  after: duration.prefault('0s'),
  /** That many hosts join the cluster, which is new when the domain has none of this name. */
  join: z.strictObject({ domain: z.string(), cluster: z.string(), hosts: z.number().int().min(1).max(96).default(1) }).optional(),
  /** Name of a host, or of a cluster that leaves with all its hosts; one that is not there then is ignored. */
  leave: z.string().optional(),
})

/** How long things take in a real data centre; all of it is divided by the speed. */
const durationsSchema = z.strictObject({
  downloadPerGigabyte: duration.prefault('75s'),
  precheck: duration.prefault('10m'),
  sddcManagerBeforeOutage: duration.prefault('20m'),
  sddcManagerOutage: duration.prefault('50m'),
  sddcManagerAfterOutage: duration.prefault('5m'),
  nsx: duration.prefault('40m'),
  nsxPerHost: duration.prefault('20m'),
  vcenter: duration.prefault('75m'),
  esxPerHost: duration.prefault('40m'),
  validation: duration.prefault('3m'),
  /** How long a chosen target has to stay before another one can be chosen. */
  targetSettles: duration.prefault('0s'),
  /** From the question for the status of NSX until its answer is there. */
  nsxQuery: duration.prefault('0s'),
  /** From the end of an upgrade until inventory and offers show it. */
  inventoryLag: duration.prefault('45s'),
  configDrift: duration.prefault('10m'),
  /** 9.x: from SDDC Manager's restart until it can tell what there is to upgrade. */
  cacheSeeding: duration.prefault('8m'),
  accessToken: duration.prefault('1h'),
  refreshToken: duration.prefault('24h'),
})

export const scenarioSchema = z.strictObject({
  name: z.string().default('inline'),
  description: z.string().default(''),
  /**
   * What is newer: one release that can be chosen; none; two of them, and SDDC Manager needs a cumulative bundle to get to the second at once;
   * one with a vCenter of another major release. There is always one more (but for `none`) that is out of reach and says why.
   */
  release: z.enum(['available', 'none', 'two', 'migration']).default('available'),
  /** `shared`: the workload domain uses the NSX of the management domain. */
  nsx: z.enum(['own', 'shared']).default('own'),
  /** After SDDC Manager its configuration drift bundle is offered. */
  configDrift: z.boolean().default(false),
  /** Images of the target release that VCF knows; 1 is what a prepared data centre has. */
  targetImages: z.number().int().min(0).max(3).default(1),
  /** Status of a sign-in: documents say 201, data centres 200; a wrong password is answered 400 or 401. */
  signIn: z
    .strictObject({
      taken: z.union([z.literal(200), z.literal(201)]).default(201),
      refused: z.union([z.literal(400), z.literal(401)]).default(401),
    })
    .prefault({}),
  /** ESX is offered once per domain (one element at a time is what was seen in a real data centre) or once per cluster. */
  esxOffer: z.enum(['domain', 'cluster']).default('domain'),
  /** Newer releases that cannot be chosen, and why: those of a domain (a name), or those of all. */
  notApplicable: z
    .array(z.strictObject({ domain: z.string().optional(), code: z.string(), message: z.string() }))
    .readonly()
    .default([]),
  /** Whether vCenters of the domains are linked (Enhanced Linked Mode). */
  elm: z.enum(['ISOLATED', 'IN_TRANSIT', 'LINKED']).default('ISOLATED'),
  /** Names of clusters that span two sites. */
  stretched: z.array(z.string()).readonly().default([]),
  start: startSchema.prefault({}),
  moves: z.array(moveSchema).readonly().default([]),
  health: healthSchema.prefault({}),
  depot: depotSchema.prefault({}),
  durations: durationsSchema.prefault({}),
  findings: z.array(findingSchema).readonly().default([]),
  faults: z.array(faultSchema).readonly().default([]),
})

/** What happens in a world, as data. */
export type Scenario = z.output<typeof scenarioSchema>
/** A scenario as it may be written: everything has a default. A parsed one may be written again. */
export type ScenarioInput = z.input<typeof scenarioSchema>
export type Durations = Scenario['durations']
export type Fault = Scenario['faults'][number]
export type FindingSeed = Scenario['findings'][number]
