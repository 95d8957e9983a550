import { z } from 'zod'
import { component, duration, error, percent, times } from './scenario-words.ts'

/** Where a fault on an upgrade strikes; without `component` or `domain` (a name) the next one that comes. */
const upgrade = { on: z.literal('upgrade'), component: component.optional(), domain: z.string().optional(), times }
const failure = z.strictObject({
  ...upgrade,
  do: z.literal('fail'),
  percent: percent.optional(),
  /** The name of a step or stage of its task: it fails in the middle of it, and only an upgrade that has it is struck. */
  stage: z.string().optional(),
  error,
  retryable: z.boolean().default(true),
  /** Every version is the target's although the upgrade failed. */
  atTarget: z.boolean().default(false),
})
const upgradeFault = z.discriminatedUnion('do', [
  /** The task fails at `percent` or in `stage`. Retryable: `PATCH /v1/tasks/{id}` goes on from there; else the bundle is offered again. */
  failure.refine((fault) => (fault.percent === undefined) !== (fault.stage === undefined), { message: 'expected either percent or stage' }),
  /** It stays under way at `percent` and does nothing more, for a while or for ever. */
  z.strictObject({ ...upgrade, do: z.literal('stall'), percent, lasts: duration.optional() }),
  /** The record says COMPLETED_WITH_SUCCESS and every version stays as it was. */
  z.strictObject({ ...upgrade, do: z.literal('keep version') }),
  /** ESX: the last host of the cluster stays as it was although the record succeeds. NSX: the last of all hosts, though its managers are upgraded. */
  z.strictObject({ ...upgrade, do: z.literal('keep one host') }),
  /** It ends well, and upgrade and task are gone. */
  z.strictObject({ ...upgrade, do: z.literal('forget record') }),
  /** After it nothing is offered any more. */
  z.strictObject({ ...upgrade, do: z.literal('offer nothing') }),
  /** It ends well, and its bundle is offered for ever. */
  z.strictObject({ ...upgrade, do: z.literal('offer again') }),
  /** After it a component of a `type` is offered that no upgrade guide knows. */
  z.strictObject({ ...upgrade, do: z.literal('offer unknown'), type: z.string() }),
  /** `after` its end somebody imports an image of the target release. */
  z.strictObject({ ...upgrade, do: z.literal('import image'), after: duration }),
  /** After it another component's bundle has this download status: gone from the repository, or withdrawn by the vendor. */
  z.strictObject({ ...upgrade, do: z.literal('change bundle'), bundle: component, to: z.enum(['PENDING', 'RECALLED']) }),
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

const download = { on: z.literal('download'), component: component.optional(), percent, times }
const downloadFault = z.discriminatedUnion('do', [
  z.strictObject({ ...download, do: z.literal('fail'), error }),
  /** The vendor withdraws the bundle: it can never be downloaded. */
  z.strictObject({ ...download, do: z.literal('recall'), error }),
  /** It stays under way and nothing arrives any more, for a while or for ever. */
  z.strictObject({ ...download, do: z.literal('stall'), lasts: duration.optional() }),
])

const precheck = { on: z.literal('precheck'), domain: z.string().optional(), times }
const precheckFault = z.discriminatedUnion('do', [
  /** The run itself fails: COMPLETED_WITH_FAILURE. */
  z.strictObject({ ...precheck, do: z.literal('fail'), error }),
  /** The run completes, its answer holds no summary. */
  z.strictObject({ ...precheck, do: z.literal('no summary') }),
  /** The run finds out that the component was brought to the target by other means: from its end on the inventory shows that. */
  z.strictObject({ ...precheck, do: z.literal('synchronize'), component }),
])

export const faultSchema = z.discriminatedUnion('on', [
  upgradeFault,
  requestFault,
  downloadFault,
  precheckFault,
  /** 9.x: a guardrail stands against an upgrade when it is asked for. */
  z.strictObject({
    ...{ on: z.literal('preview'), component: component.optional(), domain: z.string().optional(), times },
    ...{ do: z.literal('fail'), guardrail: z.string(), message: z.string() },
  }),
  /** The release validation runs, also where the domain is at the target already, and ends with this `resultStatus`. */
  z.strictObject({ on: z.literal('validation'), do: z.enum(['pass', 'warn', 'fail']), error: error.optional(), times }),
])
