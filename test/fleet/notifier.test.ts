import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { createNotifier, type Notifier } from '../../server/fleet/notifier.ts'
import type { Hub } from '../../server/ports/hub.ts'
import type { Outbox } from '../../server/ports/outbox.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { DomainView, RunView } from '../../shared/view.ts'
import { viewOf } from '../hub/views.ts'
import { createRecordingPost } from '../support/post.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { StepClock } from '../support/step-clock.ts'

const phone = 'notify.mobile_app_olga'
const mail = 'notify.mail'
const minute = 60_000
const hour = 60 * minute
const began = Date.UTC(2026, 0, 1, 8)
const run: RunView = { id: 'r', startedAt: began, startedBy: 'Olga' }

const at = (phase: DomainView['phase'], more: Partial<DomainView> = {}) =>
  viewOf('vcf-m01', phase, { from: '5.2.0.0', target: '5.2.1.0', since: began, run, ...more })
const running = at('running_prechecks')
const failed = at('failed', { halt: { reason: 'x', text: 'VCF said no', retryable: true } })
const completed = at('successfully_completed', { run: { ...run, finishedAt: began + hour, outcome: 'successfully_completed' } })
const gate = at('waiting_for_alert_acknowledgement', {
  attention: '1 warning of the prechecks waits for acknowledgement',
  precheck: { errors: 0, warnings: 1, gaps: 0, digest: 'd' },
  findings: [{ severity: 'warning', text: 'The backup is old', resources: [] }],
})

/** A server with these targets; `restart` is another one on the same store. */
function serve(targets: readonly string[] = [phone, mail], store = createMemoryStore('i'), clock = new StepClock(began)) {
  const post = createRecordingPost()
  const warnings: string[] = []
  let tokens = 0
  let notifier!: Notifier
  let hub!: Hub
  const side = {
    ...{ post, warnings, clock, store },
    get notifier() {
      return notifier
    },
    async show(...views: readonly DomainView[]) {
      for (const view of views) hub.publish(view)
      await turn()
    },
    async pass(ms: number) {
      await clock.advance(ms, () => turn())
    },
    hub: () => hub,
    /** `target: title`, or that it is taken away. */
    told: () => post.sent.splice(0).map(({ target, text, tag }) => `${target}: ${text?.title ?? `takes away ${tag.replace(/.*_/, '')}`}`),
    restart(outbox?: Outbox) {
      notifier?.stop()
      if (outbox) store.saveOutbox(outbox)
      notifier = createNotifier({
        ...{ targets, post, store, clock, hour, retryEvery: 15 * minute },
        log: { warn: (line) => void warnings.push(line), error: (line) => void warnings.push(line) },
        newToken: () => `token-${++tokens}`,
        digest: (text) => createHash('sha256').update(text).digest('hex'),
      })
      hub = notifier.beside(createRecordingHub())
    },
  }
  side.restart()
  return side
}

/** One that has told of the domain before. */
async function known(targets?: readonly string[]) {
  const side = serve(targets)
  await side.show(viewOf('vcf-m01'))
  return side
}

test('each event is told once to every target, in the order in which they came', async () => {
  const side = await known()

  await side.show(running, running, gate, gate)
  assert.deepEqual(side.told(), [
    ...[`${phone}: vcf-m01: upgrade started`, `${mail}: vcf-m01: upgrade started`],
    ...[`${phone}: vcf-m01: waiting for you`, `${mail}: vcf-m01: waiting for you`],
  ])
  await side.show(gate, { ...gate, percent: 11 })
  assert.deepEqual(side.told(), [])
})

test('a restart tells nothing again', async () => {
  const side = await known()
  await side.show(running, gate)
  side.told()

  side.restart()
  await side.show(gate)
  side.notifier.flush()
  await turn()

  assert.deepEqual(side.told(), [])
})

test('who is told for the first time reads who is waited for, and nothing of what was before', async () => {
  const side = serve([mail])

  await side.show(failed)
  const other = serve([mail])
  await other.show(at('waiting_for_initiation', { run: { ...run, finishedAt: 1, outcome: 'downloaded' } }))

  assert.deepEqual([side.told(), other.told()], [[`${mail}: vcf-m01: upgrade failed`], []])
})

test('what could not be delivered is delivered once when Home Assistant is there again, also by the next process', async () => {
  const side = await known([mail])
  side.post.away = true
  await side.show(running, completed)

  side.restart()
  await side.show(completed)
  side.post.away = false
  side.notifier.flush()
  await turn()
  assert.deepEqual(side.told(), [`${mail}: vcf-m01: upgrade completed`])
  side.notifier.flush()
  await side.show(completed)
  assert.deepEqual(side.told(), [])
})

test('what happened right before a crash is told by the next process', async () => {
  const side = await known([mail])
  const before = structuredClone(side.store.outbox())
  await side.show(running)
  side.told()

  side.restart(before)
  await side.show(running)

  assert.deepEqual(side.told(), [`${mail}: vcf-m01: upgrade started`])
})

test('a crash between sending and noting sends again with the same tag, which on a phone is one message', async () => {
  const side = await known([phone])
  const states: Outbox[] = []
  side.post.onTaken = () => void states.push(structuredClone(side.store.outbox()))
  await side.show(failed)

  side.restart(states.at(-1))
  side.notifier.flush()
  await turn()

  const [first, again, ...more] = side.post.sent.filter(({ tag }) => tag.endsWith('failed'))
  assert.deepEqual(again, first)
  assert.deepEqual(more, [])
})

test('of a target that Home Assistant does not know one warning tells, and the others are told', async () => {
  const side = await known()
  side.post.strangers.add(phone)

  await side.show(running, failed)
  await side.pass(2 * hour)

  assert.deepEqual(side.told(), [
    ...[`${mail}: vcf-m01: upgrade started`, `${mail}: vcf-m01: upgrade failed`, `${mail}: vcf-m01: upgrade failed, for 1 h`],
  ])
  assert.deepEqual(side.warnings, [`NOTIFY: ${phone} was not told. Home Assistant does not know it.`])
})

test('a target that comes later is told what still holds, within a quarter of an hour', async () => {
  const side = await known([phone])
  side.post.strangers.add(phone)
  await side.show(running, failed)

  side.post.strangers.clear()
  await side.pass(15 * minute)

  assert.deepEqual(side.told(), [`${phone}: vcf-m01: upgrade started`, `${phone}: vcf-m01: upgrade failed`])
})

test('a person who is waited for is reminded after an hour, after four, then daily, and no more when they came', async () => {
  const side = await known([mail])
  await side.show(failed)
  side.told()

  await side.pass(50 * hour)
  assert.deepEqual(
    side.told(),
    ['1 h', '4 h', '24 h', '2 days'].map((time) => `${mail}: vcf-m01: upgrade failed, for ${time}`),
  )
  await side.show(running)
  await side.pass(50 * hour)
  assert.deepEqual(side.told(), [])
})

test('restarts remind nobody, and reminders that were missed are one', async () => {
  const side = await known([mail])
  await side.show(failed)
  await side.pass(2 * hour)
  side.told()

  side.restart()
  await side.show(failed)
  assert.deepEqual(side.told(), [])
  side.notifier.stop()
  await side.pass(40 * hour)
  side.restart()
  await side.show(failed)
  await side.pass(minute)
  assert.deepEqual(side.told(), [`${mail}: vcf-m01: upgrade failed, for 42 h`])
})

test('what is over is taken away from the phones that show it, and told to nobody who had not heard', async () => {
  const side = await known()
  await side.show(gate)
  side.told()
  await side.show(at('starting_upgrades'))
  assert.deepEqual(side.told(), [`${phone}: takes away waiting`])

  side.post.away = true
  await side.show(failed, running)
  side.post.away = false
  side.notifier.flush()
  await turn()
  assert.deepEqual(side.told(), [])
})

test('only phones get the button, and each message one of its own', async () => {
  const side = await known()
  await side.show(gate)
  await side.pass(hour)

  const letters = side.post.sent.filter(({ tag }) => tag.endsWith('waiting'))
  assert.deepEqual(
    letters.map(({ target, token, urgent }) => [target, token, urgent]),
    [
      ...[
        [phone, 'token-1', true],
        [mail, undefined, true],
      ],
      ...[
        [phone, 'token-2', true],
        [mail, undefined, true],
      ],
    ],
  )
  assert.ok(!JSON.stringify(side.store.outbox()).includes('token-1'), 'what is on disk presses nothing')
})

test('a button is good once, after a restart too, and not when what it was for is over', async () => {
  const side = await known([phone])
  await side.show(gate)

  side.restart()
  await side.show(gate)
  const button = side.notifier.find('token-1')
  assert.deepEqual([button?.gate, button?.lapsed], [{ run: 'r', digest: 'd' }, false])
  button!.use()
  assert.equal(side.notifier.find('token-1')!.lapsed, true)

  await side.pass(hour)
  assert.equal(side.notifier.find('token-2')!.lapsed, false)
  await side.show(at('starting_upgrades'))
  assert.equal(side.notifier.find('token-2')!.lapsed, true)
  await side.show({ ...gate, since: began + hour, precheck: { ...gate.precheck!, digest: 'e' } })
  assert.deepEqual([side.notifier.find('token-2')!.lapsed, side.notifier.find('token-3')!.lapsed], [true, false])
  assert.equal(side.notifier.find('nonsense'), undefined)
})

test('a refused password is told while a run waits for it, once until it is taken', async () => {
  const side = await known([mail])
  const notice = { domainId: 'id-of-vcf-m01', purpose: 'signed_out', title: 'vcf-m01: sign in again', message: 'x' } as const
  const refuse = () => {
    side.hub().publishFleet({ overall: 'unreachable', connected: false, reason: 'The password was refused. Correct VCF_PASSWORD.' })
    side.hub().notify(notice)
  }
  refuse()
  await turn()
  assert.equal(side.post.sent[0]?.text?.message, 'The password was refused. Correct VCF_PASSWORD.\nThe upgrade waits for that.')
  side.told()

  side.restart()
  refuse()
  await turn()
  assert.deepEqual(side.told(), [])
  side.hub().dismiss(notice.domainId, 'signed_out')
  refuse()
  await turn()
  assert.deepEqual(side.told(), [`${mail}: vcf-m01: sign in again`])
})

test('whoever is no target any more is not told what was left for them', async () => {
  const side = await known([mail])
  side.post.away = true
  await side.show(running)

  const other = serve([phone], side.store)
  other.notifier.flush()
  await turn()

  assert.deepEqual(other.told(), [])
})

test('without targets nothing is told and nothing kept', async () => {
  const side = serve([])
  await side.show(failed)

  assert.deepEqual([side.told(), side.store.outbox()], [[], {}])
})

test('while the disk takes nothing everybody is told all the same, and so is that', async () => {
  const side = await known([mail])
  side.store.saveOutbox = () => {
    throw new Error('no space left')
  }
  await side.show(failed)

  assert.deepEqual(side.told(), [`${mail}: vcf-m01: upgrade started`, `${mail}: vcf-m01: upgrade failed`])
  assert.match(side.warnings[0]!, /not on disk/)
})

test('whatever happens in whatever order: what stands at the end was told to everybody, and nothing twice', async () => {
  const kinds = {
    running: (since: number) => ({ ...running, since }),
    gate: (since: number) => ({ ...gate, since, attention: `Warnings of ${since}` }),
    failed: (since: number) => at('failed', { since, halt: { reason: 'x', text: `No at ${since}`, retryable: true } }),
  }
  const act = fc.constantFrom('running', 'gate', 'failed', 'restart', 'away', 'back')
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const side = await known()
      let shown = viewOf('vcf-m01')
      for (const [step, one] of acts.entries()) {
        if (one === 'away' || one === 'back') side.post.away = one === 'away'
        else if (one === 'restart') side.restart()
        else shown = kinds[one](began + step)
        if (one === 'back') side.notifier.flush()
        await side.show(shown)
      }
      side.post.away = false
      side.notifier.flush()
      await turn()
      side.notifier.stop()

      const told = side.post.sent.flatMap(({ target, text }) => (text ? [`${target} ${text.title} ${text.message}`] : []))
      const standing = Object.values(side.store.outbox()['id-of-vcf-m01'] ?? {}).filter(({ over }) => !over)
      assert.equal(new Set(told).size, told.length, told.join('\n'))
      for (const target of [phone, mail])
        for (const { title, message } of standing) assert.ok(told.includes(`${target} ${title} ${message}`), `${target}: ${title}`)
    }),
    { numRuns: 60 },
  )
})
