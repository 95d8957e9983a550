import ms, { type StringValue } from 'ms'
import { z } from 'zod'
import { components } from '../../shared/upgrade.ts'

/** A duration of the real thing: `3h`, `45s`, or milliseconds. */
const duration = z.union([z.number().min(0), z.string()]).transform((given, context) => {
  const milliseconds = typeof given === 'number' ? given : ms(given as StringValue)
  if (typeof milliseconds === 'number' && milliseconds >= 0) return milliseconds
  context.addIssue({ code: 'custom', message: `expected a duration like 90s, 30m or 3h, got "${given}"` })
  return z.NEVER
})
const percent = z.number().min(0).max(100)
const component = z.enum(components)
const howOften = z.union([z.number().int().positive(), z.literal('always')])
/** How often a fault happens in one world. */
const times = howOften.default(1)
/** What SDDC Manager says; `reference` is its reference token. */
const error = z.strictObject({
  code: z.string(),
  message: z.string(),
  remediation: z.string().optional(),
  reference: z.string().optional(),
})

/** Where a fault on an upgrade strikes; without `component` or `domain` (a name) the next one that comes. */
const upgrade = { on: z.literal('upgrade'), component: component.optional(), domain: z.string().optional(), times }
const upgradeFault = z.discriminatedUnion('do', [
  /** The task fails at `percent`. Retryable: `PATCH /v1/tasks/{id}` goes on from there; else the bundle is offered again. */
  z.strictObject({ ...upgrade, do: z.literal('fail'), percent, error, retryable: z.boolean().default(true) }),
  /** The record says COMPLETED_WITH_SUCCESS and every version stays as it was. */
  z.strictObject({ ...upgrade, do: z.literal('keep version') }),
  /** ESX: the last host of the cluster stays as it was although the record succeeds. */
  z.strictObject({ ...upgrade, do: z.literal('keep one host') }),
  /** It ends well, and upgrade and task are gone. */
  z.strictObject({ ...upgrade, do: z.literal('forget record') }),
  /** After it nothing is offered any more. */
  z.strictObject({ ...upgrade, do: z.literal('offer nothing') }),
  /** After it a component of a `type` is offered that no upgrade guide knows. */
  z.strictObject({ ...upgrade, do: z.literal('offer unknown'), type: z.string() }),
  /** `after` its end somebody imports an image of the target release. */
  z.strictObject({ ...upgrade, do: z.literal('import image'), after: duration }),
])

/** Where a fault on a request strikes: method and path as the API documents write it. */
const request = { on: z.literal('request'), request: z.string(), component: component.optional(), times }
const requestFault = z.discriminatedUnion('do', [
  /** The request is obeyed; the connection breaks before the answer. */
  z.strictObject({ ...request, do: z.literal('lose answer') }),
  /** The connection breaks before the request is obeyed. */
  z.strictObject({ ...request, do: z.literal('lose request') }),
  /** Answered with `status` and the error, not obeyed. */
  z.strictObject({ ...request, do: z.literal('refuse'), status: z.number().int().min(400).max(599), error }),
])

const download = { on: z.literal('download'), component: component.optional(), percent, error, times }
const precheck = { on: z.literal('precheck'), domain: z.string().optional(), times }
const faultSchema = z.discriminatedUnion('on', [
  upgradeFault,
  requestFault,
  z.discriminatedUnion('do', [
    z.strictObject({ ...download, do: z.literal('fail') }),
    /** The vendor withdraws the bundle: it can never be downloaded. */
    z.strictObject({ ...download, do: z.literal('recall') }),
  ]),
  z.discriminatedUnion('do', [
    /** The run itself fails: COMPLETED_WITH_FAILURE. */
    z.strictObject({ ...precheck, do: z.literal('fail'), error }),
    /** The run completes, its answer holds no summary. */
    z.strictObject({ ...precheck, do: z.literal('no summary') }),
  ]),
  /** The release validation runs, also where the domain is at the target already, and ends with this `resultStatus`. */
  z.strictObject({ on: z.literal('validation'), do: z.enum(['pass', 'warn', 'fail']), error: error.optional(), times }),
])

/** CRITICAL counts as a critical gap. `on` is the resource type of the check; CLUSTER means every cluster of the run, or the one named `resource`. */
const findingSchema = z.strictObject({
  severity: z.enum(['ERROR', 'CRITICAL', 'WARNING']),
  on: z.enum(['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER', 'CLUSTER']),
  resource: z.string().optional(),
  check: z.string(),
  /** `{resource}` stands for the resource's name. */
  message: z.string(),
  remediation: z.string().optional(),
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
  /** An upgrade that somebody else started. */
  running: z.strictObject({ domain: z.string(), component, percent }).optional(),
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
  /** From the end of an upgrade until inventory and offers show it. */
  inventoryLag: duration.prefault('45s'),
  accessToken: duration.prefault('1h'),
  refreshToken: duration.prefault('24h'),
})

export const scenarioSchema = z.strictObject({
  name: z.string().default('inline'),
  description: z.string().default(''),
  /** `none`: there is no newer release. */
  release: z.enum(['available', 'none']).default('available'),
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
  start: startSchema.prefault({}),
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
