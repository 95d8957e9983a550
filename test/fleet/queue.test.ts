import assert from 'node:assert/strict'
import test from 'node:test'
import type { Domain } from '../../server/fleet/domain.ts'
import { createQueue } from '../../server/fleet/queue.ts'
import type { Run } from '../../server/ports/facts.ts'
import type { UpgradeEvent } from '../../server/upgrade/events.ts'
import type { DomainType } from '../../shared/upgrade.ts'
import type { DomainView } from '../../shared/view.ts'
import { viewOf } from '../hub/views.ts'
import { createRecordingHub } from '../support/recording-hub.ts'
import { StepClock } from '../support/step-clock.ts'

/** A management domain at rest at this version, and a workload domain that waits for its turn to 5.2.1.0. */
function aQueue(version: string, isWhole = () => true) {
  const clock = new StepClock()
  const sent: UpgradeEvent[] = []
  let run: Run | undefined = {
    ...{ id: 'r', startedAt: 0, startedBy: { id: 'o', name: 'Olga' }, queuedAt: 1, from: '5.2.0.0', target: '5.2.1.0' },
    ...{ bom: {}, bundles: [], steps: [], percent: 0 },
  }
  let silent = 0
  let looked = () => {}
  const domain = (name: string, type: DomainType, open: () => Run | undefined, view: Partial<DomainView>) => {
    const identity = { id: name, name, type, sddcManager: 'sddc.lab' }
    return {
      identity: () => identity,
      isLost: () => false,
      facts: () => ({ phase: { name: 'waiting_for_initiation', since: 0 }, log: [], ...(open() && { run: open()! }) }),
      view: () => ({ ...viewOf(name), ...view, domain: identity }),
      send(event: UpgradeEvent) {
        sent.push(event)
        if (event.type === 'your turn') run = { ...run!, turnAt: 2 }
        if (event.type === 'cancel') run = undefined
      },
    } as unknown as Domain
  }
  const all = [domain('vcf-w01', 'VI', () => run, {}), domain('vcf-m01', 'MANAGEMENT', () => undefined, { currentVersion: version })]
  const domains = new Map(all.map((one) => [one.identity().id, one]))
  const queue = createQueue({
    ...{ clock, domains, hub: createRecordingHub(), log: { info() {} }, pollEvery: 1_000, isWhole },
    views: () => [...domains.values()].map((one) => one.view()),
    async detectOne() {
      looked()
      if (silent-- > 0) throw new Error('SDDC Manager does not answer.')
    },
  })
  return {
    ...{ clock, queue, sent },
    /** SDDC Manager does not answer so many times. */
    silentFor(times: number) {
      silent = times
    },
    onLook(act: () => void) {
      looked = act
    },
    forgetManagement: () => void domains.delete('vcf-m01'),
    cancelled() {
      run = undefined
    },
  }
}

const types = (sent: readonly UpgradeEvent[]) => sent.map(({ type }) => type)

test('a workload domain gets its turn when the management domain is there', async () => {
  const { queue, sent } = aQueue('5.2.1.0')

  await Promise.all([queue.advance(), queue.advance(), queue.advance()])

  assert.deepEqual(types(sent), ['your turn'])
})

test('while SDDC Manager does not tell how far management is, nobody is called; that is told once, and it is asked again', async () => {
  const { queue, sent, clock, silentFor } = aQueue('5.2.1.0')
  silentFor(3)

  await queue.advance()
  await clock.advance(2_500)
  assert.deepEqual([...new Set(types(sent))], ['tell', 'turn is unclear'])
  assert.equal(types(sent).filter((type) => type === 'tell').length, 1)
  assert.match((sent[0] as { entry: { text: string } }).entry.text, /could not be asked .* SDDC Manager does not answer/)
  await clock.advance(1_000)

  assert.deepEqual([types(sent).at(-1), types(sent).filter((type) => type === 'tell').length], ['your turn', 1])
  assert.equal(clock.pending, 0)
})

test('a management domain that is behind after all ends the wait with the reason', async () => {
  const { queue, sent } = aQueue('5.2.0.0')

  await queue.advance()

  assert.deepEqual(types(sent), ['tell', 'cancel'])
})

test('who was cancelled while SDDC Manager was asked is not called', async () => {
  const { queue, sent, onLook, cancelled } = aQueue('5.2.1.0')
  onLook(cancelled)

  await queue.advance()

  assert.deepEqual(sent, [])
})

test('nobody is called while a domain whose record cannot be used is not named yet: it may be upgrading', async () => {
  let named = false
  const { queue, sent } = aQueue('5.2.1.0', () => named)

  await queue.advance()
  assert.deepEqual(sent, [])
  named = true
  await queue.advance()

  assert.deepEqual(types(sent), ['your turn'])
})

test('where the management domain is not named yet, that is told in whole sentences', async () => {
  const { queue, sent, forgetManagement } = aQueue('5.2.1.0')
  forgetManagement()

  await queue.advance()

  assert.match((sent[0] as { entry: { text: string } }).entry.text, /has not named the management domain yet\. It is asked again\.?$/)
})

test('a queue that was stopped calls nobody any more', async () => {
  const { queue, sent, clock, silentFor } = aQueue('5.2.1.0')
  silentFor(1)

  await queue.advance()
  queue.stop()
  await clock.advance(10_000)

  assert.deepEqual(types(sent), ['tell', 'turn is unclear'])
  assert.equal(clock.pending, 0)
})
