import assert from 'node:assert/strict'
import { createLog } from '../../server/log.ts'
import type { MachineDependencies } from '../../server/upgrade/implementation.ts'
import { createUpgradeMachine } from '../../server/upgrade/machine.ts'
import { createVcfClient } from '../../server/vcf/client.ts'
import { bundleState, checkState, validationState, workState } from '../../server/vcf/states.ts'
import { commands } from '../../shared/commands.ts'
import { idleBudget } from '../monitoring/budget.ts'
import { hour, minute, olga, rehearse } from '../support/rehearsal.ts'
import { StepClock } from '../support/step-clock.ts'
import { row } from './rows.ts'

const invented = ['QUANTUM', 'ALMOST_THERE', '']

row(67, 'every word with which VCF ends something ends the waiting', async (_t, note) => {
  const works = [
    'SUCCESSFUL',
    'Successful',
    'COMPLETED',
    'COMPLETED_WITH_SUCCESS',
    'COMPLETED_WITH_WARNING',
    'SKIPPED',
    'FAILED',
    'Failed',
    'COMPLETED_WITH_FAILURE',
    'CANCELLED',
    'Cancelled',
  ]
  const bundles = ['SUCCESSFUL', 'SUCCESS', 'FAILED', 'RECALLED', 'CANCELLED']
  const checks = ['COMPLETED_WITH_SUCCESS', 'COMPLETED_WITH_FAILURE', 'CANCELLED']
  const validations = [
    ['COMPLETED', 'SUCCEEDED'],
    ['COMPLETED', 'FAILED'],
    ['COMPLETED', 'WARNING'],
    ['COMPLETED', 'FAILED_WITH_WARNINGS'],
    ['FAILED', 'UNKNOWN'],
    ['CANCELLED', 'UNKNOWN'],
    ['SKIPPED', 'UNKNOWN'],
  ] as const

  for (const word of works) assert.notEqual(workState(word), 'running', word)
  for (const word of bundles) assert.notEqual(bundleState(word), 'running', word)
  for (const word of checks) assert.notEqual(checkState(word), 'running', word)
  for (const [ended, result] of validations) assert.notEqual(validationState(ended, result), 'running', `${ended} ${result}`)
  note(`${works.length + bundles.length + checks.length + validations.length} words`)
})

row(67, 'a word that nobody knows is neither success nor failure: it runs until its limit', async () => {
  for (const word of invented) {
    assert.equal(workState(word), 'running', word)
    assert.equal(bundleState(word), 'running', word)
    assert.equal(checkState(word), 'running', word)
    assert.equal(validationState(word, 'SUCCEEDED'), 'running', word)
    assert.equal(validationState('COMPLETED', word), 'running', word)
  }
})

row(67, 'a recalled bundle ends the download and the run stops', async (t, note) => {
  const error = { code: 'R', message: 'recalled' }
  const r = await rehearse({ faults: [{ on: 'download', component: 'VCENTER', do: 'recall', percent: 10, error }] })
  t.after(() => r.close())

  await r.press('start', olga)
  const { halt } = await r.until('failed')

  note(halt!.text)
})

row(
  71,
  'every state of the chart that asks SDDC Manager something has an arrow for failure, and a limit while it waits',
  async (_t, note) => {
    const { states } = createUpgradeMachine({} as MachineDependencies)
    const asking = Object.values(states).filter((node) => node.invoke.length > 0)
    const failing = asking.filter((node) => node.invoke.every(({ id }) => node.transitions.has(`xstate.error.actor.${id}`)))
    const waiting = Object.values(states).filter((node) => node.key.startsWith('pausing'))

    assert.deepEqual(
      failing.map(({ key }) => key),
      asking.map(({ key }) => key),
    )
    for (const node of waiting) assert.ok(node.after.length > 0, node.key)
    note(`${asking.length} states that ask`)
  },
)

row(92, 'an hour of rest costs a handful of requests, none per host', async (_t, note) => {
  const { domains, clusters, hosts, perMinute, paths } = await idleBudget('9.0.2', 1)

  assert.ok(perMinute <= 10, `${perMinute} requests a minute`)
  assert.deepEqual(
    Object.keys(paths).filter((path) => /\/v1\/(hosts|clusters|domains)\/./.test(path)),
    [],
  )
  note(`${perMinute.toFixed(1)} requests a minute at rest (${domains} domains, ${clusters} clusters, ${hosts} hosts), none per host`)
})

row(92, 'while VCF upgrades SDDC Manager is asked with list calls only, however many hosts there are', async (t, note) => {
  const r = await rehearse('happy', { limits: { pollEvery: 30_000 } })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  const before = r.simulator.requests().length

  await r.advance(hour)

  const asked = r.simulator.requests().slice(before)
  const polls = hour / 30_000
  assert.deepEqual(
    asked.filter(({ path }) => /\/v1\/hosts\/./.test(path)),
    [],
  )
  assert.ok(asked.length / polls <= 6, `${asked.length / polls} requests a poll`)
  note(`${(asked.length / polls).toFixed(1)} requests per poll of 30 s during an upgrade`)
})

row(
  93,
  'a host that joins while the server runs counts in steps and proof without a restart, and leaves nothing behind',
  async (t, note) => {
    const r = await rehearse('happy', { detectEvery: 15 * minute, resourcesEvery: 5 * minute })
    t.after(() => r.close())
    const hosts = () =>
      r
        .view()
        .steps.filter(({ component }) => component === 'ESX_HOST')
        .map(({ total }) => total)
    const shown = () => r.hub.resources.at(-1)!.resources.filter(({ kind }) => kind === 'host').length
    await r.advance(20 * minute)
    const before = hosts()
    const [cluster] = r.simulator.world.estate.domains[0]!.clusters
    const joining = { ...cluster!.hosts[0]!, id: '0f0f0f0f-0000-4000-8000-000000000001', fqdn: 'esx-m01-99.rehearsal.example' }

    cluster!.hosts.push(joining)
    await r.advance(20 * minute)
    const [joined, after] = [shown(), hosts()]
    cluster!.hosts.pop()
    await r.advance(5 * minute)

    assert.deepEqual(
      [before, after],
      [
        [4, 3],
        [5, 3],
      ],
    )
    assert.deepEqual([joined, shown()], [11, 10])
    note('its sensors came and went with it, within RESOURCES_EVERY')
  },
)

row(100, 'every control does what it says or tells the person why not; there is none that does nothing', async (t, note) => {
  const r = await rehearse('warnings')
  t.after(() => r.close())
  const { accepts } = r.view()

  for (const command of commands.filter((one) => !accepts.includes(one))) {
    const told = r.hub.told.length
    await r.press(command, olga)
    const notice = r.hub.told[told]
    assert.ok(notice?.purpose === 'refused' && notice.message.length > 20, `${command}: ${notice?.message}`)
  }
  await r.press('start', olga)
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('retry', olga)
  assert.equal(r.view().phase, 'running_prechecks')
  await r.until('waiting_for_alert_acknowledgement')
  await r.press('acknowledge', olga)
  await r.until('upgrading_sddc_manager')
  await r.press('cancel', olga)
  await r.until('cancelled')
  note(`no services of Home Assistant; ${commands.length} controls and a switch, each obeyed or refused with a reason`)
})

row(122, 'a certificate that nobody vouched for is refused before anything is sent', async (t, note) => {
  const r = await rehearse('happy')
  t.after(() => r.close())
  const { url, username, password } = r.simulator
  const before = r.simulator.requests().length
  const clock = new StepClock()
  const stranger = createVcfClient({
    ...{ url, username, password, clock, trust: {} },
    requestTimeoutMs: 5_000,
    retries: { times: 0, firstPauseMs: 1 },
    credentialsPauseMs: minute,
  })
  t.after(() => stranger.close())

  const refusal = await stranger.domains().then(
    () => undefined,
    (error: Error & { remediation?: string }) => error,
  )

  assert.match(refusal!.message, /not signed by a CA that this machine trusts/)
  assert.match(refusal!.remediation!, /VCF_CA_FILE.*VCF_FINGERPRINT/)
  assert.equal(r.simulator.requests().length, before)
  note(refusal!.message)
})

row(131, 'the level in the settings is the level of the log, and nothing else silences it', async () => {
  for (const [level, expected] of [
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
  ] as const) {
    const written: string[] = []
    const log = createLog({ level, secrets: [], clock: new StepClock(), to: { write: (line: string) => written.push(line) } })
    for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method]('said')
    assert.equal(written.length, expected, level)
  }
})

row(131, 'what goes wrong in a run is in the log of the server too, as a line of its own', async (t) => {
  const written: string[] = []
  const log = createLog({ level: 'info', secrets: [], clock: new StepClock(), to: { write: (line: string) => written.push(line) } })
  const r = await rehearse(
    {
      faults: [{ on: 'request', request: 'GET /v1/domains', do: 'refuse', status: 500, error: { code: 'X', message: 'unwell' }, times: 2 }],
    },
    { log, limits: { pollEvery: 4 * minute } },
  )
  t.after(() => r.close())
  await r.advance(30 * minute)
  await r.press('start', olga)

  const messages = written.map((line) => JSON.parse(line) as { level: string; msg: string })
  assert.ok(
    messages.some(({ level }) => level === 'warn'),
    written.join(''),
  )
  assert.ok(messages.some(({ msg }) => msg === 'phase'))
})
