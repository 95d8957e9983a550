import assert from 'node:assert/strict'
import test from 'node:test'
import { estimateOf, totalOf } from '../../server/history/estimates.ts'
import { eventsOf } from '../../server/history/events.ts'
import { createPast } from '../../server/history/past.ts'
import { runsOf } from '../../server/history/runs.ts'
import { tableOf } from '../../server/history/table.ts'
import type { Run, Step } from '../../server/ports/facts.ts'
import type { HistoryEntry } from '../../server/ports/history.ts'
import { viewOf } from '../hub/views.ts'
import { managementId, workloadId } from '../store/records.ts'
import { hour, minute, noon, stations, stepOf } from './facts.ts'

let runCount = 0
/** The entries of a finished run with these steps. */
function entriesOf(domainId: string, steps: readonly Partial<Step>[], start = noon): readonly HistoryEntry[] {
  const [begun] = stations(domainId, `run-${++runCount}`, start)
  const run = {
    ...begun!.facts.run!,
    steps: steps.map(stepOf),
    finished: { at: start + 9 * hour, outcome: 'successfully_completed' as const },
  }
  return eventsOf({ ...begun!, facts: { ...begun!.facts, run } }).map((event) => ({ ...event, hash: `hash-${runCount}` }))
}

const took = (minutes: number, more: Partial<Step> = {}): Partial<Step> => ({
  ...{ upgradeId: `up-${minutes}`, startedAt: noon, finishedAt: noon + minutes * minute, outcome: 'done' },
  ...more,
})
const cluster = (minutes: number, hosts: number): Partial<Step> => took(minutes, { component: 'ESX_HOST', hosts })
const inMinutes = (estimate: object | undefined) =>
  estimate && Object.fromEntries(Object.entries(estimate).map(([key, value]) => [key, key === 'runs' ? value : value / minute]))

test('of a component the range and the median of this domain are told, of the others only where it has none', () => {
  const runs = runsOf([
    ...entriesOf(managementId, [took(50)]),
    ...entriesOf(managementId, [took(70)]),
    ...entriesOf(managementId, [took(54)]),
    ...entriesOf(workloadId, [took(500), took(300, { component: 'NSX_T_MANAGER' })]),
  ])

  assert.deepEqual(inMinutes(estimateOf(runs, managementId, { component: 'VCENTER' })), { low: 50, median: 54, high: 70, runs: 3 })
  assert.deepEqual(inMinutes(estimateOf(runs, managementId, { component: 'NSX_T_MANAGER' })), { low: 300, median: 300, high: 300, runs: 1 })
  assert.equal(estimateOf(runs, managementId, { component: 'SDDC_MANAGER' }), undefined)
  assert.equal(estimateOf([], managementId, { component: 'VCENTER' }), undefined)
})

test('ESX is known by the host and told for the hosts that are to come', () => {
  const runs = runsOf(entriesOf(managementId, [cluster(120, 4), cluster(160, 4)]))

  assert.deepEqual(inMinutes(estimateOf(runs, managementId, { component: 'ESX_HOST', hosts: 8 })), {
    low: 240,
    median: 280,
    high: 320,
    runs: 1,
  })
  assert.equal(estimateOf(runs, managementId, { component: 'ESX_HOST' }), undefined)
})

test('what failed, was taken up again, or is only the configuration drift tells nothing', () => {
  const runs = runsOf(
    entriesOf(managementId, [
      took(10, { outcome: 'failed', upgradeId: 'same' }),
      took(900, { upgradeId: 'same', attempt: 2 }),
      took(5, { drift: true, upgradeId: 'drift' }),
    ]),
  )

  assert.equal(estimateOf(runs, managementId, { component: 'VCENTER' }), undefined)
})

test('a whole upgrade is estimated only when every component is known', () => {
  const runs = runsOf([...entriesOf(managementId, [took(60), cluster(120, 4)]), ...entriesOf(managementId, [took(80)])])
  const works = [{ component: 'VCENTER' }, { component: 'ESX_HOST', hosts: 2 }] as const

  assert.deepEqual(inMinutes(totalOf(runs, managementId, works)), { median: 130, runs: 1 })
  assert.equal(totalOf(runs, managementId, [...works, { component: 'SDDC_MANAGER' }]), undefined)
  assert.equal(totalOf(runs, managementId, []), undefined)
})

test('a view shows the last twenty finished runs, newest first, and how long this usually takes', () => {
  const entries: HistoryEntry[] = []
  const past = createPast(() => entries)
  const step = { component: 'VCENTER', resource: 'vc', from: '1', to: '2' } as const
  const idle = {
    ...viewOf('vcf-m01'),
    domain: { ...viewOf('vcf-m01').domain, id: managementId },
    steps: [{ ...step, state: 'pending' as const }],
  }
  const before = past(idle)
  for (let run = 0; run < 25; run++) entries.push(...entriesOf(managementId, [took(60 + run)], noon + run * 10 * hour))
  entries.push(...eventsOf(stations(managementId, 'open', noon + 900 * hour)[0]!).map((event) => ({ ...event, hash: '' })))

  const after = past(idle)
  const running = past({
    ...idle,
    phase: 'upgrading_vcenter',
    steps: [
      { ...step, state: 'running' },
      { ...step, state: 'pending' },
    ],
  })

  assert.deepEqual([before.history, before.usual], [undefined, undefined])
  assert.deepEqual([after.history?.count, after.history?.runs.length, after.history?.runs[0]?.startedAt], [25, 20, noon + 240 * hour])
  assert.deepEqual(after.usual, { took: 72 * minute, runs: 25 })
  assert.equal(running.usual, undefined)
  assert.deepEqual(
    running.steps.map(({ usual }) => usual),
    [{ low: 60 * minute, high: 84 * minute, runs: 25 }, undefined],
  )
})

test('how long SDDC Manager is away is told as it was before', () => {
  const entries: HistoryEntry[] = []
  const past = createPast(() => entries)
  const working = { ...viewOf('vcf-w01'), phase: 'upgrading_sddc_manager' as const }
  const away = { ...working, expectedOutage: { since: noon, usualMinutes: 60 } }
  const sddcManager = (outage: number, more: Partial<Step> = {}) =>
    took(90, { component: 'SDDC_MANAGER', outage: outage * minute, ...more })

  const before = past(away)
  entries.push(...entriesOf(managementId, [sddcManager(300, { outcome: 'failed' }), sddcManager(31)]))
  entries.push(...entriesOf(managementId, [sddcManager(37)]), ...entriesOf(managementId, [took(20)]))

  assert.equal(before.expectedOutage?.usualMinutes, 60)
  assert.deepEqual(past(away).expectedOutage, { since: noon, usualMinutes: 34 })
  assert.equal(past(working).expectedOutage, undefined)
})

test('a person reads a table: when, which domain, from where to where, by whom, how it ended, how long it took', () => {
  const entries = stations(managementId)
    .flatMap(eventsOf)
    .map((event) => ({ ...event, hash: '' }))
  const open = eventsOf(stations(workloadId, 'run-2', noon + 40 * hour)[0]!).map((event) => ({
    ...event,
    hash: '',
    by: { id: 'x', name: 'Eve\u001b[31m\u202e' },
  }))
  const unique = entries.filter(({ event, at }, index) => entries.findIndex((one) => one.event === event && one.at === at) === index)

  const [head, first, second, ...more] = tableOf(runsOf([...unique, ...open])).split('\n')

  assert.match(head!, /^Started \([\w/+-]+\) +Domain +From → to +By +Outcome +Duration$/)
  assert.match(first!, /^2026-01-01 \d\d:\d\d +vcf-m01 +5\.2\.0\.0 → 5\.2\.1\.0 +Olga +completed, errors overridden by Olga, 1 retry +5 h$/)
  assert.match(second!, /^2026-01-03 \d\d:\d\d .* Eve ?\[31m +under way$/)
  assert.deepEqual(more, [])
})

test('a run that waits for a person after a halt is called so, until somebody presses', () => {
  const told = (index: number) =>
    tableOf(
      runsOf(
        stations(managementId)
          .slice(0, index)
          .flatMap(eventsOf)
          .map((event) => ({ ...event, hash: '' })),
      ),
    )

  assert.match(told(6), / halted: failed, /)
  assert.match(told(7), / under way, .*1 retry$/)
})

test('what somebody started elsewhere is followed, never requested; a target that was never set is not taken back', () => {
  const [begun] = stations(managementId)
  const run: Run = {
    ...begun!.facts.run!,
    steps: [stepOf({ foreign: true, outcome: 'done', finishedAt: noon + 3 * hour })],
    targetTakenBack: 'yes',
    finished: { at: noon + 4 * hour, outcome: 'cancelled' },
  }
  const { targetSetAt: _, ...untouched } = run
  const told = (one: Run) => eventsOf({ ...begun!, facts: { ...begun!.facts, run: one } }).map(({ event }) => event)

  assert.deepEqual(told(untouched), ['started', 'foreign upgrade followed', 'step ended', 'ended'])
  assert.deepEqual(told({ ...untouched, targetSetAt: noon }).slice(-1), ['target taken back'])
})

test('a pause that was taken back is told with who did it', () => {
  const [begun] = stations(managementId)
  const by = { id: 'u1', name: 'Olga' }
  const run: Run = { ...begun!.facts.run!, pauseTakenBack: { by, at: noon + hour } }

  const told = eventsOf({ ...begun!, facts: { ...begun!.facts, run } }).find(({ event }) => event === 'pause taken back')

  assert.deepEqual([told?.by, told?.at], [by, noon + hour])
})
