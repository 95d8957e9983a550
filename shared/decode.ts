/**
 * Reads the attributes of Home Assistant's entities: the counterpart of what the server writes, see `attributes.ts`. Tolerant: what is
 * missing or of a wrong type is absent, nothing ever throws. Times become milliseconds since the epoch.
 */
import type { StatusAttributes } from './attributes.ts'
import { type Command, commands, type Ending } from './commands.ts'
import type { Severity, StepState } from './upgrade.ts'

type Read<T> = (value: unknown) => T
type Shape = Readonly<Record<string, Read<unknown>>>
type Fields<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> }

const text: Read<string | undefined> = (value) => (typeof value === 'string' && value !== '' ? value : undefined)
const number: Read<number | undefined> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const count: Read<number> = (value) => Math.max(0, number(value) ?? 0)
const flag: Read<boolean> = (value) => value === true
const time: Read<number | undefined> = (value) => number(Date.parse(text(value) ?? ''))
const list: Read<readonly unknown[]> = (value) => (Array.isArray(value) ? value : [])
const texts: Read<readonly string[]> = (value) => list(value).filter((one): one is string => text(one) !== undefined)
/** Only an address that a browser opens as a page: nothing that would run as a script. */
const page: Read<string | undefined> = (value) => (/^https?:\/\//i.test(text(value) ?? '') ? (value as string) : undefined)
const oneOf =
  <T extends string>(...known: readonly T[]): Read<T | undefined> =>
  (value) =>
    known.find((one) => one === value)

/** An object's fields; undefined when it is none. */
const some =
  <S extends Shape>(shape: S): Read<Fields<S> | undefined> =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? fields(shape)(value) : undefined

/** An object's fields, each absent when it is none. */
const fields =
  <S extends Shape>(shape: S): Read<Fields<S>> =>
  (value) =>
    Object.fromEntries(Object.entries(shape).map(([name, read]) => [name, read(Object(value)[name])])) as Fields<S>

/** A list of objects, without those that lack what makes them worth showing. */
const each =
  <S extends Shape>(shape: S, key: keyof S): Read<readonly Fields<S>[]> =>
  (value) =>
    list(value)
      .map(fields(shape))
      .filter((one) => one[key] !== undefined)

const step = {
  component: text,
  resource: text,
  from: text,
  to: text,
  state: (value: unknown): StepState => oneOf<StepState>('requested', 'running', 'done', 'failed', 'skipped')(value) ?? 'pending',
  percent: number,
  done: number,
  total: number,
  started_at: time,
  finished_at: time,
  detail: text,
  usual: some({ low: number, high: number, runs: count }),
}

const finding = {
  // A severity that we do not know must not look harmless.
  severity: (value: unknown): Severity => oneOf<Severity>('warning', 'info')(value) ?? 'error',
  resources: texts,
  text,
  remediation: text,
  source: text,
  new: flag,
}

/** Attributes of `sensor.<p>_upgrade_status`. */
export const decodeStatus = fields({
  domain: fields({ id: text, name: text, type: oneOf('MANAGEMENT', 'VI'), instance: text }),
  from: text,
  target: text,
  since: time,
  run: some({ id: text, started_at: time, started_by: text, finished_at: time, outcome: text, only: text }),
  percent: number,
  steps: each(step, 'component'),
  downloads: some({ done: count, total: count, bytes_done: number, bytes_total: number }),
  precheck: some({
    percent: number,
    errors: count,
    warnings: count,
    gaps: count,
    link: page,
    digest: text,
    override: some({ by: text, until: time }),
  }),
  awaits: some({ text, since: time, until: time, stalled_since: time, remediation: text }),
  halt: some({ text, remediation: text, reference: text }),
  queue: some({ place: count, behind: texts, phase: text }),
  ending: some({ what: oneOf<Ending>('cancel', 'pause'), by: text, at: time }),
  unreachable_since: time,
  overdue_since: time,
  expected_outage: some({ since: time, usual_minutes: number }),
  accepts: (value): readonly Command[] => commands.filter((command) => list(value).includes(command)),
  may_control: (value): StatusAttributes['may_control'] =>
    oneOf('everyone')(value) ?? (Array.isArray(value) ? [...texts(value)] : 'admins'),
  controls: fields({ start: text, download: text, acknowledge: text, retry: text, cancel: text, pause: text, ignore_alerts: text }),
  usual: some({ minutes: number, runs: count }),
  entities: fields({
    ...{ server: text, logs: text, findings: text, history: text, status: text, attention: text, cpu: text, memory: text, storage: text },
    ...{ connection: text, active_domains: text, check_for_updates: text },
  }),
})

/** Attributes of `sensor.<p>_precheck_findings`. */
export const decodeFindings = fields({ findings: each(finding, 'text'), more: count })

/** Attributes of `sensor.<p>_status`. */
export const decodeSummary = fields({ why_not: texts })

/** Attributes of `sensor.<p>_upgrade_logs`. */
export const decodeLog = fields({ markdown: text })

/** Attributes of `sensor.<p>_upgrade_history`. */
export const decodeHistory = fields({
  runs: each(
    {
      ...{ started_at: time, started_by: text, from: text, to: text, finished_at: time, outcome: text },
      ...{ ended_by: text, acknowledged_by: text, how: text, retries: count },
      minutes: fields({ SDDC_MANAGER: number, NSX_T_MANAGER: number, VCENTER: number, ESX_HOST: number }),
    },
    'started_at',
  ),
})

/** Attributes of `sensor.vcf_server`. */
export const decodeServer = fields({ contract: number, stopped: flag })

export type StatusView = ReturnType<typeof decodeStatus>
export type StepRow = StatusView['steps'][number]
export type PastRunRow = ReturnType<typeof decodeHistory>['runs'][number]
export type FindingsView = ReturnType<typeof decodeFindings>
