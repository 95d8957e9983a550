/** Asks one question of a tape with one answer that is wrong, and says what must not have come of it. */

import { noticesOf } from '../../server/fleet/notices.ts'
import type { Run, UpgradeFacts } from '../../server/ports/facts.ts'
import { checkedRecord } from '../../server/store/checked-record.ts'
import { type Detection, detect } from '../../server/upgrade/detection.ts'
import { noFacts } from '../../server/upgrade/facts.ts'
import { needsAcknowledgement } from '../../server/upgrade/gate.ts'
import * as learning from '../../server/upgrade/learning.ts'
import { viewOf } from '../../server/upgrade/view.ts'
import { createVcfClient, type VcfClient } from '../../server/vcf/client.ts'
import { encodeDomain } from '../../shared/encode.ts'
import type { DomainView } from '../../shared/view.ts'
import { encoding } from '../support/encoding.ts'
import { quietWhen } from '../support/step-clock.ts'
import { wallClock } from '../vcf/fixture.ts'
import { dependenciesOf, effectOf, limits } from './course.ts'
import { teeth } from './hostile-texts.ts'
import type { Aim, Range } from './range.ts'
import type { Asked, Tape } from './tape.ts'

/** Characters of one text that anything may keep or show; the longest real ones are a tenth of it. */
const longestText = 20_000
/** Bytes of a record on disk: it is written again and again. */
const longestRecord = 4 * 1024 * 1024
/** Bytes of one entity's attributes (Home Assistant's recorder drops more than 16,384). */
const attributeLimit = 12_000
/** Limit of one exchange: long enough for a busy machine, short enough for thousands that never answer. */
const patience = 1_500

/** What became of it: a value, a failure that is told, or a wrong. */
export interface Outcome {
  readonly hit: boolean
  readonly ended: 'answered' | 'refused' | 'wrong'
  /** What must not be, one sentence each. */
  readonly wrongs: readonly string[]
}

/** What the untouched answers lead to: nothing wrong may look better than that. */
interface Truth {
  readonly proves: readonly string[]
}

export interface Player {
  play(aim: Aim): Promise<Outcome>
  close(): Promise<void>
}

export function createPlayer(range: Range): Player {
  const clients = new Map<string, VcfClient>()
  const truths = new Map<Tape, Truth>()
  const settled = quietWhen(() => range.busy > 0)

  function clientOf(vcf: string): VcfClient {
    const known = clients.get(vcf)
    if (known) return known
    const client = createVcfClient({
      ...{ url: range.url, username: 'administrator@vsphere.local', password: 'the-secret', trust: { ca: range.ca }, clock: wallClock },
      ...{ requestTimeoutMs: patience, retries: { times: 0, firstPauseMs: 1 }, credentialsPauseMs: 0 },
    })
    clients.set(vcf, client)
    return client
  }

  /** The sign-in may hold something odd now. */
  async function drop(vcf: string): Promise<void> {
    await clients.get(vcf)?.close()
    clients.delete(vcf)
  }

  async function truthOf(tape: Tape): Promise<Truth> {
    const known = truths.get(tape)
    if (known) return known
    range.aim({ tape })
    const wrongs: string[] = []
    const { value, error } = await attempted(() => ask(clientOf(tape.vcf), tape.asked))
    const truth = { proves: error ? [] : provenBy(tape.asked, value, wrongs) }
    if (wrongs.length > 0) throw new Error(`The tape itself is wrong: ${wrongs.join('; ')}`)
    truths.set(tape, truth)
    return truth
  }

  async function play(aim: Aim): Promise<Outcome> {
    const { asked, vcf, requests } = aim.tape
    const truth = await truthOf(aim.tape)
    range.aim(aim)
    const wrongs: string[] = []
    const { value, error } = await attempted(() => ask(clientOf(vcf), asked))
    if (error) judgeFailure(error, asked, wrongs)
    else {
      judgeSizes('the answer', value, wrongs)
      const proven = provenBy(asked, value, wrongs)
      for (const proof of proven) if (!truth.proves.includes(proof)) wrongs.push(`false success: ${proof}`)
    }
    const twice = range.writes.find((write, at) => range.writes.indexOf(write) !== at)
    if (twice) wrongs.push(`sent twice: ${twice}`)
    const { hit } = range
    if (requests === 0) await drop(vcf)
    await settled()
    return { hit, ended: wrongs.length > 0 ? 'wrong' : error ? 'refused' : 'answered', wrongs }
  }

  return {
    play,
    async close() {
      for (const vcf of [...clients.keys()]) await drop(vcf)
    },
  }
}

function ask(vcf: VcfClient, asked: Asked): Promise<unknown> {
  if ('method' in asked) return Reflect.apply(vcf[asked.method] as (...parameters: unknown[]) => Promise<unknown>, vcf, asked.parameters)
  if ('detects' in asked) return detect(vcf, { domain: asked.detects, target: 'next' })
  const { effect, domain, facts } = asked
  return effectOf(
    dependenciesOf(vcf, () => facts.phase.since),
    effect,
  )({
    ...{ domain, run: facts.run },
    ...(facts.targetChangedAt !== undefined && { targetChangedAt: facts.targetChangedAt }),
  })
}

async function attempted<T>(attempt: () => Promise<T>): Promise<{ value?: T; error?: Error }> {
  try {
    return { value: await attempt() }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Whatever goes wrong is a `VcfFailure` with a sentence in it, of which nobody drowns. */
function judgeFailure(error: Error, asked: Asked, wrongs: string[]): void {
  if (error.name !== 'VcfFailure') return void wrongs.push(`crash: ${error.stack?.split('\n').slice(0, 4).join(' ')}`)
  if (error.message.trim() === '') wrongs.push('a failure without a word')
  const { kind, remediation, reference, code } = error as unknown as Record<string, string>
  judgeSizes('the failure', { message: error.message, remediation, reference, code }, wrongs)
  if (!('effect' in asked)) return
  const at = { now: asked.facts.phase.since, limits, misses: 0, domain: asked.domain }
  judgeFacts(
    asked,
    kind === 'unreachable'
      ? learning.afterWeather(asked.facts, error, 'step', at)
      : learning.afterError(asked.facts, error, 'plan', at.now),
    wrongs,
  )
}

function judgeSizes(what: string, value: unknown, wrongs: string[]): void {
  const longest = longestIn(value)
  if (longest > longestText) wrongs.push(`${what} holds a text of ${longest} characters`)
}

function longestIn(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((longest: number, one) => Math.max(longest, longestIn(one)), 0)
}

/** What the answer of an effect proves or lets pass, by name; what it does to the facts is judged on the way. */
function provenBy(asked: Asked, value: unknown, wrongs: string[]): readonly string[] {
  if ('detects' in asked) {
    const detection = value as Detection
    const facts = noFacts(0)
    judgeShown(viewOf({ now: 0, domain: asked.detects, facts }), viewOf({ now: 0, domain: asked.detects, facts, detection }), wrongs)
    return []
  }
  if (!('effect' in asked)) return []
  const outcome = value as Parameters<typeof learning.afterOutcome>[1]
  const facts = learning.afterOutcome(asked.facts, outcome, 'step', { now: asked.facts.phase.since, limits, misses: 0 })
  judgeFacts(asked, facts, wrongs)
  const run = facts.run!
  const before = asked.facts.run
  const last = run.steps.at(-1)
  const evaluation = run.precheck?.evaluation
  return [
    ...(run.provenAt !== undefined && before.provenAt === undefined ? ['the domain is proven'] : []),
    ...(run.noStepLeftAt !== undefined && before.noStepLeftAt === undefined ? ['no step is left'] : []),
    ...(last?.outcome === 'done' && before.steps.at(-1)?.outcome !== 'done' ? ['the step is proven'] : []),
    ...(last?.succeededAt !== undefined && before.steps.at(-1)?.succeededAt === undefined ? ['the upgrade succeeded'] : []),
    ...(run.validation?.outcome !== undefined && before.validation?.outcome === undefined ? ['the validation passed'] : []),
    ...(run.percent === 100 && before.percent < 100 ? ['100 percent'] : []),
    ...(asked.effect === 'evaluate prechecks' && evaluation && !run.halt && !needsAcknowledgement(evaluation) ? ['nothing was found'] : []),
  ]
}

/** Whatever was learnt can be kept, read again, and shown. */
function judgeFacts({ domain, facts: before }: Extract<Asked, { effect: unknown }>, facts: UpgradeFacts, wrongs: string[]): void {
  try {
    const kept = checkedRecord({ domain, facts })
    const bytes = JSON.stringify(kept).length
    if (bytes > longestRecord) wrongs.push(`the record has ${bytes} bytes`)
    judgeSizes('the record', kept, wrongs)
    judgeShown(viewOf({ now: 0, domain, facts: before }), viewOf({ now: 0, domain, facts: shownNow(facts) }), wrongs)
  } catch (error) {
    wrongs.push(`what was learnt can not be kept or shown: ${String(error).slice(0, 300)}`)
  }
}

/** A halt shows as its phase, as the chart would enter it. */
function shownNow(facts: UpgradeFacts): UpgradeFacts {
  const halt = (facts.run as Run).halt
  return halt ? { ...facts, phase: { ...facts.phase, name: halt.kind === 'failed' ? 'failed' : 'waiting_for_operator' } } : facts
}

function judgeShown(before: DomainView, view: DomainView, wrongs: string[]): void {
  for (const { entity_id: id, state, attributes } of encodeDomain(view, encoding)) {
    const bytes = Buffer.byteLength(JSON.stringify(attributes))
    if (bytes > attributeLimit) wrongs.push(`${id} has ${bytes} bytes of attributes`)
    if (state.length > 255) wrongs.push(`${id} has a state of ${state.length} characters`)
    if (typeof attributes.markdown === 'string') judgeMarkdown(id, attributes.markdown, wrongs)
    if (id.startsWith('update.')) judgeMarkdown(id, String(attributes.release_summary ?? ''), wrongs)
  }
  for (const { purpose, message } of noticesOf(before, view).show) judgeMarkdown(`the notice "${purpose}"`, message, wrongs)
  if (view.phase === 'failed' && !view.run?.outcome && (!view.halt?.text || !view.halt.remediation))
    wrongs.push('a halt without a reason or a remedy')
}

function judgeMarkdown(where: string, markdown: string, wrongs: string[]): void {
  const bite = teeth.exec(markdown)
  if (bite) wrongs.push(`${where} lets ${JSON.stringify(bite[0])} through`)
}
