/** What a record on disk must look like. Strict: a key that is not known here is refused, never dropped in silence. */
import { z } from 'zod'
import { components, phases } from '../../shared/upgrade.ts'
import type { DomainRecord } from '../ports/facts.ts'
import { requestSchema } from './request-schema.ts'

/** What a `Date` can hold: any other number would make every view throw. */
const time = z.number().min(-8.64e15).max(8.64e15)
const count = z.number()
const component = z.enum(components)

const person = z.strictObject({ id: z.string(), name: z.string() })

const failureText = z.strictObject({ text: z.string(), remediation: z.string().optional(), reference: z.string().optional() })

const finding = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  resources: z.array(z.string()),
  text: z.string(),
  remediation: z.string().optional(),
  source: z.string().optional(),
})

const logLine = z.strictObject({
  at: time,
  level: z.enum(['ok', 'error', 'warning', 'info']),
  text: z.string(),
  details: z.array(z.string()).optional(),
  link: z.strictObject({ label: z.string(), url: z.string() }).optional(),
  times: count.optional(),
  since: time.optional(),
})

const expectedStep = z.strictObject({
  component,
  resource: z.string(),
  resourceId: z.string(),
  from: z.string(),
  to: z.string(),
  hosts: count.optional(),
  drift: z.literal(true).optional(),
})

const step = expectedStep.extend({
  request: requestSchema,
  before: z.array(z.string()),
  attempt: count,
  requestedAt: time.optional(),
  upgradeId: z.string().optional(),
  taskId: z.string().optional(),
  lookedFor: count.optional(),
  confirmedLostBy: person.optional(),
  startedAt: time.optional(),
  percent: z.number().optional(),
  done: count.optional(),
  total: count.optional(),
  detail: z.string().optional(),
  succeededAt: time.optional(),
  readyChecks: count.optional(),
  settledAt: time.optional(),
  outage: z.number().nonnegative().optional(),
  changedAt: time.optional(),
  stalledAt: time.optional(),
  outcome: z.enum(['done', 'failed', 'lost']).optional(),
  finishedAt: time.optional(),
  failure: failureText.optional(),
  foreign: z.literal(true).optional(),
  reviewBy: person.optional(),
  taskRetriedAt: time.optional(),
})

const evaluation = z.strictObject({
  at: time,
  errors: count,
  warnings: count,
  gaps: count,
  findings: z.array(finding),
  digest: z.string(),
  link: z.string().optional(),
})

const precheck = z.strictObject({
  requestedAt: time,
  runIds: z.array(z.string()),
  complete: z.literal(true).optional(),
  percent: z.number().optional(),
  finishedAt: time.optional(),
  evaluation: evaluation.optional(),
  knownRunIds: z.array(z.string()).optional(),
  unchecked: z.array(z.string()).optional(),
  before: z.array(z.string()).optional(),
})

const halt = z.strictObject({
  kind: z.enum(['failed', 'operator']),
  of: z.enum(['survey', 'target', 'downloads', 'prechecks', 'plan', 'step', 'request', 'validation', 'limit', 'pause', 'ours']),
  reason: z.string(),
  text: z.string(),
  remediation: z.string().optional(),
  reference: z.string().optional(),
  confirms: z.string().optional(),
  at: time,
})

const run = z.strictObject({
  id: z.string(),
  startedAt: time,
  startedBy: person,
  only: z.literal('download').optional(),
  queuedAt: time.optional(),
  turnAt: time.optional(),
  from: z.string(),
  target: z.string(),
  targetChosenBy: person.optional(),
  bom: z.partialRecord(component, z.string()),
  expected: z.array(expectedStep).optional(),
  census: z.partialRecord(component, count).optional(),
  targetSetAt: time.optional(),
  targetStoodBefore: z.literal(true).optional(),
  bundles: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string().optional(),
      fallback: z.literal(true).optional(),
      word: z.string().optional(),
      sizeBytes: count.optional(),
      downloadedBytes: count.optional(),
      changedAt: time.optional(),
      stalledAt: time.optional(),
      requestedAt: time.optional(),
      taskId: z.string().optional(),
      readyAt: time.optional(),
      failed: z.literal(true).optional(),
    }),
  ),
  precheck: precheck.optional(),
  findingsBefore: z.array(z.string()).optional(),
  acknowledgement: z
    .strictObject({ by: person, at: time, digest: z.string(), how: z.enum(['pressed', 'switch', 'overridden']) })
    .optional(),
  begunAt: time.optional(),
  steps: z.array(step),
  noStepLeftAt: time.optional(),
  validation: z
    .strictObject({ id: z.string().optional(), outcome: z.enum(['passed', 'passed with warnings', 'already there']).optional() })
    .optional(),
  provenAt: time.optional(),
  confirmed: z.array(z.string()).optional(),
  retried: z.strictObject({ by: person, at: time }).optional(),
  halt: halt.optional(),
  waitsForImage: z.strictObject({ cluster: z.string(), text: z.string(), remediation: z.string() }).optional(),
  limit: z
    .strictObject({
      of: z.string(),
      since: time.optional(),
      until: time,
      waitsFor: z.string().optional(),
      remedy: z.string().optional(),
      told: z.literal(true).optional(),
    })
    .optional(),
  heldBy: z.string().optional(),
  overdueSince: time.optional(),
  unreachableSince: time.optional(),
  pauseTakenBack: z.strictObject({ by: person, at: time }).optional(),
  ending: z.strictObject({ what: z.enum(['cancel', 'pause']), by: person, at: time }).optional(),
  finished: z
    .strictObject({ at: time, outcome: z.enum(['successfully_completed', 'cancelled', 'downloaded']), by: person.optional() })
    .optional(),
  targetTakenBack: z.enum(['yes', 'no']).optional(),
  percent: z.number(),
})

const facts = z.strictObject({
  phase: z.strictObject({ name: z.enum(phases), since: time }),
  ignoreAlerts: z.strictObject({ on: z.boolean(), by: person, at: time }).optional(),
  targetChoice: z.strictObject({ release: z.string(), by: person, at: time }).optional(),
  run: run.optional(),
  targetChangedAt: time.optional(),
  forgotten: z.strictObject({ by: person, at: time, run: z.string().optional(), requested: z.array(component) }).optional(),
  log: z.array(logLine),
})

const domain = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  type: z.enum(['MANAGEMENT', 'VI']),
  sddcManager: z.string(),
})

const written = z.strictObject({ domain, facts })

/** Compiles only while the schema and the type say the same, optional keys included: a fact that the schema forgot would be refused on the next start. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T
const checked: Same<Plain<z.infer<typeof written>>, Plain<DomainRecord>> extends true ? typeof written : never = written

export const recordSchema: z.ZodType<DomainRecord> = checked
