import assert from 'node:assert/strict'
import test from 'node:test'
import { type AnyActorScope, createEmptyActor, type SnapshotFrom } from 'xstate'
import type { Run, Step, UpgradeFacts } from '../../server/ports/facts.ts'
import type { UpgradeEvent } from '../../server/upgrade/events.ts'
import { noFacts, withLastStep } from '../../server/upgrade/facts.ts'
import type { MachineDependencies } from '../../server/upgrade/implementation.ts'
import { createUpgradeMachine } from '../../server/upgrade/machine.ts'
import { learned, notYet, type Outcome, stopped, toBeWritten } from '../../server/upgrade/outcome.ts'

const now = 1_000_000
const hour = 3_600_000
const limits = {
  ...{ pollEvery: 30_000, settle: 300_000, precheckLimit: hour, downloadLimit: hour, stepLimit: 0, proofLimit: hour },
  ...{ precheckFresh: 24 * hour, resultShown: hour, targetPause: 60_000 },
}
const machine = createUpgradeMachine({ now: () => now, limits, save() {}, show() {}, archive() {} } as unknown as MachineDependencies)
const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
const by = { id: 'olga', name: 'Olga' }
const run: Run = {
  id: 'r',
  startedAt: now,
  startedBy: by,
  from: '5.2.0.0',
  target: '5.2.1.0',
  bom: {},
  bundles: [{ id: 'b' }],
  steps: [],
  percent: 0,
}
const step: Step = {
  ...{ component: 'SDDC_MANAGER', resource: 'sddc', resourceId: 'd', from: '5.2.0.0', to: '5.2.1.0', before: [], attempt: 1 },
  request: { component: 'SDDC_MANAGER', bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' } },
}
const halt = (of: 'step' | 'request' | 'prechecks' | 'plan') =>
  stopped({ kind: of === 'request' || of === 'plan' ? 'operator' : 'failed', of, reason: 'x', text: 'x' }, now)
const evaluation = (errors: number, warnings: number) => ({
  at: now,
  errors,
  warnings,
  gaps: 0,
  findings: [{ severity: errors ? 'error' : 'warning', resources: [], text: 'f' } as const],
  digest: `${errors}${warnings}`,
})
const evaluated = (errors: number, warnings: number) =>
  learned((r) => ({ ...r, precheck: { ...r.precheck!, evaluation: evaluation(errors, warnings) } }))
const onStep = (patch: Partial<Step>) => (r: Run) => withLastStep(r, (open) => ({ ...open, ...patch }))

/** What each effect may answer. */
const answers: Record<string, readonly Outcome[]> = {
  survey: [learned((r) => ({ ...r, expected: [] }))],
  'read target': [learned((r) => ({ ...r, targetSetAt: now })), toBeWritten('target'), notYet('pause')],
  'change target': [learned((r) => ({ ...r, targetSetAt: now })), notYet('target')],
  'ensure downloads': [learned((r) => ({ ...r, bundles: [{ id: 'b', readyAt: now }] }))],
  'start prechecks': [learned((r) => ({ ...r, precheck: { ...r.precheck!, runIds: ['p'], complete: true } }))],
  'read prechecks': [learned((r) => ({ ...r, precheck: { ...r.precheck!, finishedAt: now } })), notYet('prechecks')],
  'evaluate prechecks': [evaluated(0, 0), evaluated(0, 1), evaluated(1, 0), halt('prechecks')],
  'plan next step': [
    learned((r) => (r.steps.length < 1 ? { ...r, steps: [...r.steps, step] } : { ...r, noStepLeftAt: now })),
    learned((r) => ({ ...r, waitsForImage: { cluster: 'c', text: 'x', remediation: 'y' } })),
    halt('plan'),
  ],
  'start upgrade': [learned(onStep({ upgradeId: 'u', startedAt: now })), halt('step')],
  'find upgrade': [learned(onStep({ upgradeId: 'u' })), halt('request')],
  'read upgrade': [
    notYet('VCF'),
    learned(onStep({ succeededAt: now })),
    stopped({ kind: 'failed', of: 'step', reason: 'x', text: 'x' }, now, onStep({ outcome: 'failed' })),
  ],
  'prove step': [learned(onStep({ outcome: 'done', settledAt: now + hour })), learned(onStep({ outcome: 'done' }))],
  'review failed step': [
    learned((r) => ({
      ...withLastStep(r, ({ reviewBy: _, ...failed }) => failed),
      steps: [...r.steps, { ...step, upgradeId: 'u', requestedAt: now, attempt: 2 }],
    })),
    // At its target by version although VCF calls it failed: to be proven.
    learned((r) => ({
      ...withLastStep(r, ({ reviewBy: _, ...failed }) => failed),
      steps: [...r.steps, { ...step, upgradeId: 'u', requestedAt: now, attempt: 2, succeededAt: now }],
    })),
  ],
  observe: [learned((r) => r)],
  'ensure validation': [learned((r) => ({ ...r, validation: { outcome: 'passed' } }))],
  'prove domain': [learned((r) => ({ ...r, provenAt: now })), notYet('proof')],
  'read target to take back': [learned((r) => ({ ...r, targetTakenBack: 'yes' })), toBeWritten('target'), notYet('pause')],
  'clear target': [learned((r) => ({ ...r, targetTakenBack: 'yes' }))],
}

const weather = Object.assign(new Error('silence'), { name: 'VcfFailure', kind: 'unreachable' })
const ours = new Error('ours')

type Snapshot = SnapshotFrom<typeof machine>
const nobody = createEmptyActor()
/** Of no actor: nothing that the chart starts, sends or logs happens. */
const scope: AnyActorScope = {
  ...{ self: nobody, system: nobody.system, id: '', sessionId: '' },
  ...{ logger() {}, defer() {}, emit() {}, stopChild() {}, actionExecutor() {} },
}

test('a restart is invisible in every state that can be reached', (t) => {
  const states = reachable()
  const seen = new Map<string, number>()

  for (const state of states) {
    const value = String(state.value)
    seen.set(value, (seen.get(value) ?? 0) + 1)
    if (value === 'stopped') continue
    const restarted = restart(state.context.facts)
    assert.ok(mayDiffer(value, restarted), `${value} goes on as ${restarted}: ${JSON.stringify(state.context.facts)}`)
  }

  const transient = [
    'deciding',
    'ending',
    'completing',
    'passing prechecks done',
    'passing acknowledgement',
    'starting upgrades',
    'ending downloads',
  ]
  const unseen = Object.keys(machine.states).filter((name) => !seen.has(name) && !transient.includes(name))
  assert.deepEqual(unseen, [])
  t.diagnostic(`${states.length} states`)
})

/** Every state to which events lead. XState's own walks take three times as long: they move the whole queue of what is to be looked at for each state. */
function reachable(): readonly Snapshot[] {
  const first = machine.getInitialSnapshot(scope, { domain, facts: noFacts(now) })
  const found = new Map([[keyOf(first), first]])
  for (const state of found.values()) {
    if ((state.context.facts.run?.steps.length ?? 0) > 1) continue
    for (const event of eventsAt(state)) {
      const next = machine.transition(state, event, scope)
      if (next === state) continue
      const key = keyOf(next)
      if (!found.has(key)) found.set(key, next)
    }
  }
  return [...found.values()]
}

/** The log only grows and decides nothing, nor does a turn that was given; misses are not kept. */
function keyOf({ value, context: { facts, firstPress } }: Snapshot): string {
  return JSON.stringify([value, deciding(facts), firstPress])
}

/** Presses at any time, and what the chart waits for in this state. */
function eventsAt(snapshot: Snapshot): readonly UpgradeEvent[] {
  return [
    { type: 'resume' },
    { type: 'start', run },
    { type: 'start', run: { ...run, only: 'download' } },
    { type: 'start', run: { ...run, queuedAt: now } },
    { type: 'your turn' },
    { type: 'turn is unclear', error: weather },
    { type: 'acknowledge', by, at: now, shown: snapshot.context.facts.run?.precheck?.evaluation?.digest },
    { type: 'retry', by },
    { type: 'cancel', by },
    { type: 'pause', by },
    ...(snapshot.value !== 'awaiting acknowledgement' ? [] : [{ type: 'set ignore alerts', on: true, by }]),
    ...(snapshot.context.facts.log.length > 0 ? [] : [{ type: 'tell', entry: { level: 'info', text: 'x' } }]),
    ...(snapshot as unknown as { _nodes: { invoke: { id: string; src: string }[]; after: { eventType: string }[] }[] })._nodes.flatMap(
      (node) => [
        ...node.invoke.flatMap(({ id, src }) => [
          ...(src === 'survey' || src === 'read upgrade' ? [weather, ours] : [weather]).map(
            (error) => ({ type: `xstate.error.actor.${id}`, error }) as never,
          ),
          ...answers[src]!.map((output) => ({ type: `xstate.done.actor.${id}`, output }) as never),
        ]),
        ...node.after.map(({ eventType }) => ({ type: eventType }) as never),
      ],
    ),
  ] as UpgradeEvent[]
}

function deciding({ run, log: _, targetChangedAt: __, ...facts }: UpgradeFacts) {
  const { queuedAt, turnAt, retried: ___, pauseTakenBack: ____, finished, ...others } = run ?? {}
  const steps = run?.steps.map(({ outage: _____, ...step }) => step)
  const rest = { ...others, steps, ...(finished && { finished: { ...finished, by: undefined } }) }
  return { ...facts, run: turnAt === undefined ? { queuedAt, ...rest } : rest }
}

function restart(facts: UpgradeFacts): string {
  const cold = machine.getInitialSnapshot(scope, { domain, facts: JSON.parse(JSON.stringify(facts)) as UpgradeFacts })
  return String(machine.transition(cold, { type: 'resume' }, scope).value)
}

/** Pauses go on with what they paused; a request that was under way is looked for; an image is waited for again. */
function mayDiffer(before: string, after: string): boolean {
  if (before === after || before.startsWith('pausing')) return true
  if (before === 'requesting') return after === 'locating'
  if (before === 'observing') return after === 'halted'
  if (before === 'changing target') return after === 'targeting'
  if (before === 'clearing target') return after === 'taking target back'
  if (before === 'planning') return after === 'awaiting image'
  return false
}
