import assert from 'node:assert/strict'
import test from 'node:test'
import { attributeBudget, type StatusAttributes } from '../../shared/attributes.ts'
import { decodeFindings, decodeHistory, decodeStatus } from '../../shared/decode.ts'
import { encodeDomain } from '../../shared/encode.ts'
import { encodeFleet, encodeServer } from '../../shared/encode-fleet.ts'
import type { EncodeContext, EntityState } from '../../shared/encoded.ts'
import { byteLength } from '../../shared/findings.ts'
import { attributeBytes } from '../../shared/fit.ts'
import { components } from '../../shared/upgrade.ts'
import type { DomainView, PastRunView, StepView } from '../../shared/view.ts'
import { fleet, viewOf } from '../hub/views.ts'

const context: EncodeContext = {
  prefix: 'vcf_m01',
  title: 'VCF m01',
  controls: {
    start: 'input_button.vcf_m01_start_upgrade',
    download: 'input_button.vcf_m01_download_bundles',
    acknowledge: 'input_button.vcf_m01_acknowledge_alerts',
    retry: 'input_button.vcf_m01_retry',
    cancel: 'input_button.vcf_m01_cancel',
    pause: 'input_button.vcf_m01_pause',
    ignore_alerts: 'input_boolean.vcf_m01_ignore_alerts',
  },
  mayControl: 'admins',
  fleet,
  timeZone: 'Europe/Berlin',
}

const long = (length: number): string => 'Fehler "größer" <b>& 🚀\n\ud83d '.repeat(Math.ceil(length / 27)).slice(0, length)

function pastRun(index: number, text: string): PastRunView {
  const steps = components.map((component) => ({ component, outcome: 'done', took: 1e9 + index }))
  const gate = { errors: 1_000, warnings: 1_000, gaps: 1 }
  return {
    ...{ id: `run-${index}-${text}`, startedAt: index * 3_600_000, startedBy: text, from: text, to: text, only: 'download' },
    ...{ finishedAt: index * 3_600_000 + 60_000, outcome: 'cancelled', endedBy: text, gate, hash: 'a'.repeat(64) },
    ...{ acknowledged: { by: text, how: 'overridden' }, halts: 100, retries: 100, steps },
  }
}

/** 64 hosts in 8 clusters, 64 findings, 500 lines: the largest that is promised, in words that take the most room. */
function largest(stepCount: number): DomainView {
  const step = (index: number): StepView => ({
    component: index < 3 ? (['SDDC_MANAGER', 'NSX_T_MANAGER', 'VCENTER'] as const)[index]! : 'ESX_HOST',
    resource: `cluster-${index}-${long(200)}`,
    from: '8.0.2-22380479',
    to: '8.0.3-24280767',
    state: index < 3 ? 'done' : index === 3 ? 'failed' : 'pending',
    percent: 99.9,
    done: 7,
    total: 8,
    startedAt: 1,
    finishedAt: 2,
    detail: long(500),
    usual: { low: 1e12, high: 1e12, runs: 1_000 },
  })
  const finding = (index: number) => ({
    severity: index % 3 ? ('warning' as const) : ('error' as const),
    resources: Array.from({ length: 64 }, (_, host) => `esx-${host}.m01.vcf.lab ${long(300)}`),
    text: `${index} ${long(2_000)}`,
    remediation: long(2_000),
    source: long(2_000),
    new: true,
  })
  const longest = long(5_000)
  return viewOf('vcf-m01', 'failed', {
    domain: { id: 'a'.repeat(36), name: longest, type: 'MANAGEMENT', sddcManager: longest },
    domainStatus: longest,
    currentVersion: longest,
    nextVersion: longest,
    whyNot: Array(20).fill(longest),
    releaseNotes: longest,
    from: longest,
    target: longest,
    run: { id: 'r'.repeat(36), startedAt: 1, startedBy: longest, finishedAt: 2, outcome: 'cancelled' },
    percent: 66.6,
    componentsToUpdate: Array(200).fill({ component: 'ESX_HOST', from: '8.0.2-22380479', to: '8.0.3-24280767' }),
    steps: Array.from({ length: stepCount }, (_, index) => step(index)),
    downloads: { done: 1, total: 2, failed: 0, bytes: { done: 2 ** 40, total: 2 ** 41 } },
    queue: { place: 200, behind: Array(200).fill(longest), phase: 'waiting_for_alert_acknowledgement' },
    precheck: { errors: 22, warnings: 42, gaps: 1, link: `https://sddc.lab/${'x'.repeat(900)}`, digest: 'd'.repeat(64) },
    findings: Array.from({ length: 64 }, (_, index) => finding(index)),
    awaits: { text: longest, since: 1, until: 2, stalledSince: 3, remediation: longest },
    halt: { reason: longest, text: longest, remediation: longest, reference: longest, retryable: true },
    ending: { what: 'pause', by: longest, at: 1 },
    usual: { took: 1e12, runs: 1_000 },
    history: { count: 1_000, runs: Array.from({ length: 20 }, (_, index) => pastRun(index, longest)) },
    unreachableSince: 1,
    overdueSince: 1,
    expectedOutage: { since: 1, usualMinutes: 60 },
    accepts: ['retry', 'cancel', 'pause'],
    attention: longest,
    log: Array.from({ length: 500 }, (_, index) => ({
      at: index * 3_600_000,
      level: 'error' as const,
      text: `${index} ${long(3_000)}`,
      details: Array(64).fill(long(1_000)),
      link: { label: longest, url: `https://sddc.lab/${'x'.repeat(900)}` },
    })),
  })
}

const stateOf = (states: readonly EntityState[], id: string) => states.find(({ entity_id }) => entity_id === id)!

test('no entity has more attributes than the recorder keeps, however large the domain', (t) => {
  const people = Array.from({ length: 500 }, (_, index) => String(index).padStart(32, '0'))
  const title = `VCF ${long(150)}`.toWellFormed()
  let most = { entity_id: '', bytes: 0 }

  for (const mayControl of ['admins', people] as const) {
    for (const steps of [11, 75, 1_000]) {
      for (const state of encodeDomain(largest(steps), { ...context, title, mayControl })) {
        const bytes = attributeBytes(state.attributes)
        if (bytes > most.bytes) most = { entity_id: state.entity_id, bytes }
        assert.ok(bytes <= attributeBudget, `${state.entity_id}: ${bytes} bytes`)
        assert.ok(state.state.length <= 255, state.entity_id)
      }
    }
  }

  t.diagnostic(`largest: ${most.entity_id}, ${most.bytes} bytes of ${attributeBudget}`)
  assert.ok(most.bytes > attributeBudget / 2)
})

test('what is given up for size is what nobody waits for', () => {
  const people = Array.from({ length: 500 }, (_, index) => String(index).padStart(32, '0'))
  const { attributes } = stateOf(encodeDomain(largest(75), { ...context, mayControl: people }), 'sensor.vcf_m01_upgrade_status')

  const steps = attributes.steps as StatusAttributes['steps']
  const failed = steps?.find(({ state }) => state === 'failed')
  assert.ok(failed?.detail)
  assert.equal((attributes.halt as StatusAttributes['halt'])?.retryable, true)
})

test('the phase comes last, when everything that explains it is written', () => {
  const ids = encodeDomain(viewOf('vcf-m01'), context).map(({ entity_id }) => entity_id)

  assert.equal(ids.at(-1), 'sensor.vcf_m01_upgrade_status')
  assert.deepEqual(ids.toSorted(), [
    'binary_sensor.vcf_m01_needs_attention',
    'sensor.vcf_m01_components_to_update',
    'sensor.vcf_m01_current_version',
    'sensor.vcf_m01_next_version',
    'sensor.vcf_m01_precheck_findings',
    'sensor.vcf_m01_status',
    'sensor.vcf_m01_upgrade_history',
    'sensor.vcf_m01_upgrade_logs',
    'sensor.vcf_m01_upgrade_progress',
    'sensor.vcf_m01_upgrade_status',
    'update.vcf_m01',
  ])
})

test('a card reads back what the server told', () => {
  const view = viewOf('vcf-m01', 'waiting_for_alert_acknowledgement', {
    from: '5.2.0.0',
    target: '5.2.1.0',
    run: { id: 'run-1', startedAt: 1_000, startedBy: 'Olga', only: 'download' },
    percent: 12,
    steps: [{ component: 'VCENTER', resource: 'vc01', from: '8.0.2', to: '8.0.3', state: 'pending' }],
    precheck: { errors: 1, warnings: 2, gaps: 0, link: 'https://sddc.lab/x', digest: 'abc', override: { by: 'Olga', until: 9_000 } },
    awaits: { text: 'NSX', since: 1_000, until: 2_000, stalledSince: 1_500, remediation: 'Look' },
    halt: { reason: 'refused', text: 'No', remediation: 'Do', reference: 'REF', retryable: false },
    downloads: { done: 1, total: 2, failed: 0, bytes: { done: 1_000, total: 2_000 } },
    queue: { place: 2, behind: ['vcf-w01', 'vcf-w02'], phase: 'upgrading_nsx' },
    ending: { what: 'cancel', by: 'Olga', at: 5_000 },
    unreachableSince: 1_000,
    overdueSince: 2_000,
    expectedOutage: { since: 3_000, usualMinutes: 60 },
    usual: { took: 14_400_000, runs: 3 },
    accepts: ['download', 'acknowledge', 'cancel'],
  })

  const { attributes } = stateOf(encodeDomain(view, { ...context, mayControl: ['id-1'] }), 'sensor.vcf_m01_upgrade_status')

  assert.equal(JSON.stringify(decodeStatus(attributes)).includes('"acknowledge"'), true)
  readsBack(decodeStatus(attributes), attributes, 'status')
})

/** Whatever the card reads is there as it was written; times as milliseconds. */
function readsBack(read: unknown, written: unknown, path: string): void {
  if (typeof read === 'object' && read !== null) {
    for (const [key, value] of Object.entries(read)) readsBack(value, Object(written)[key], `${path}.${key}`)
  } else if (typeof read === 'number' && typeof written === 'string') {
    assert.equal(read, Date.parse(written), path)
  } else {
    assert.equal(read, written, path)
  }
}

test('past runs are told newest first, as many as fit, and a card reads them back', () => {
  const runs = Array.from({ length: 20 }, (_, index) => pastRun(index, 'Olga'))
  const few = { ...viewOf('vcf-m01'), history: { count: 31, runs } }
  const { state, attributes } = stateOf(encodeDomain(few, context), 'sensor.vcf_m01_upgrade_history')
  const largestOne = stateOf(encodeDomain(largest(11), context), 'sensor.vcf_m01_upgrade_history').attributes.runs as object[]

  assert.equal(state, '31')
  assert.equal(attributes.head, 'a'.repeat(64))
  assert.equal((attributes.runs as object[]).length, 20)
  assert.ok(largestOne.length >= 10, `${largestOne.length}`)
  const read = decodeHistory(attributes).runs
  assert.deepEqual(
    [read[0]?.started_by, read[0]?.outcome, read[0]?.how, read[0]?.retries, read[0]?.minutes.VCENTER],
    ['Olga', 'cancelled', 'overridden', 100, 16_667],
  )
  readsBack(read, attributes.runs, 'runs')
})

test('what took less than a minute in a past run is told of as nothing, not as no time', () => {
  const steps = [
    { component: 'VCENTER', outcome: 'done', took: 9_000 },
    { component: 'ESX_HOST', outcome: 'done', took: 40_000 },
    { component: 'ESX_HOST', outcome: 'done', took: 80_000 },
    { component: 'NSX_T_MANAGER', outcome: 'failed', took: 900_000 },
  ] as const
  const history = { count: 1, runs: [{ ...pastRun(0, 'Olga'), steps }] }
  const { attributes } = stateOf(encodeDomain({ ...viewOf('vcf-m01'), history }, context), 'sensor.vcf_m01_upgrade_history')

  assert.deepEqual((attributes.runs as { minutes: object }[])[0]?.minutes, { ESX_HOST: 2 })
})

test('a domain without runs has an empty history', () => {
  const { state, attributes } = stateOf(encodeDomain(viewOf('vcf-m01'), context), 'sensor.vcf_m01_upgrade_history')

  assert.deepEqual([state, attributes.runs, 'head' in attributes], ['0', [], false])
})

test('what there is nothing to say about is absent', () => {
  const { attributes } = stateOf(encodeDomain(viewOf('vcf-m01'), context), 'sensor.vcf_m01_upgrade_status')

  assert.deepEqual(Object.keys(attributes).toSorted(), [
    'accepts',
    'controls',
    'device_class',
    'domain',
    'entities',
    'friendly_name',
    'icon',
    'may_control',
    'options',
    'since',
  ])
  assert.equal(attributes.since, '2026-01-01T08:00:00.000Z')
})

test('versions and components that nobody knows are unknown, and not 0', () => {
  const states = encodeDomain(
    viewOf('vcf-m01', undefined, { currentVersion: undefined!, nextVersion: undefined!, componentsToUpdate: undefined! }),
    context,
  )

  assert.deepEqual(
    ['current_version', 'next_version', 'components_to_update'].map((name) => stateOf(states, `sensor.vcf_m01_${name}`).state),
    ['unknown', 'unknown', 'unknown'],
  )
})

test('a percentage is never rounded up', () => {
  const states = encodeDomain(viewOf('vcf-m01', 'final_validation', { percent: 99.99, status: 'update_process_started' }), context)

  assert.equal(stateOf(states, 'sensor.vcf_m01_upgrade_progress').state, '99')
  assert.equal(stateOf(states, 'sensor.vcf_m01_upgrade_status').attributes.percent, 99)
  assert.equal(stateOf(states, 'update.vcf_m01').attributes.update_percentage, 99)
})

test('errors and warnings are counted as VCF counts them, else as they are listed', () => {
  const findings = [
    { severity: 'error', resources: [], text: 'e' },
    { severity: 'warning', resources: [], text: 'w' },
    { severity: 'info', resources: [], text: 'i' },
  ] as const
  const listed = encodeDomain(viewOf('vcf-m01', 'prechecks_done', { findings }), context)
  const counted = encodeDomain(viewOf('vcf-m01', 'prechecks_done', { findings, precheck: { errors: 3, warnings: 4 } }), context)

  assert.equal(stateOf(listed, 'sensor.vcf_m01_precheck_findings').state, '2')
  assert.equal(stateOf(counted, 'sensor.vcf_m01_precheck_findings').state, '7')
})

test('a finding says where it comes from when that is none of the prechecks', () => {
  const findings = [{ severity: 'error', resources: [], text: 'No backup', source: `Pre-flight:\n${'x'.repeat(200)}` }] as const
  const { attributes } = stateOf(
    encodeDomain(viewOf('vcf-m01', 'prechecks_done', { findings }), context),
    'sensor.vcf_m01_precheck_findings',
  )

  const [{ source } = {}] = decodeFindings(attributes).findings
  assert.equal(source?.length, 120)
  assert.match(source!, /^Pre-flight: x+…$/)
})

test('what VCF writes about a release acts nowhere: Home Assistant shows it as Markdown', () => {
  const releaseNotes =
    'VCF 5.2.1: <ul><li>New</li></ul><img src=x onerror=y> ![a](http://evil.example/a.png) <ha-alert>Log in [again](http://evil.example)</ha-alert> '
  const summaries = [releaseNotes, releaseNotes.repeat(9)].map((notes) =>
    String(
      stateOf(encodeDomain(viewOf('vcf-m01', undefined, { releaseNotes: notes }), context), 'update.vcf_m01').attributes.release_summary,
    ),
  )

  for (const summary of summaries) {
    assert.ok(summary.length <= 255, summary)
    assert.doesNotMatch(summary, /<|(?<!\\)\[|(?<!\\):\/\//)
    assert.match(summary, /^VCF 5\.2\.1: New/)
  }
})

test('the update entity informs: what runs, what is offered, nothing to install', () => {
  const offered = stateOf(encodeDomain(viewOf('vcf-m01', undefined, { releaseNotes: long(900) }), context), 'update.vcf_m01')
  const upToDate = stateOf(encodeDomain({ ...viewOf('vcf-m01'), nextVersion: undefined }, context), 'update.vcf_m01')
  const unknown = stateOf(encodeDomain({ ...viewOf('vcf-m01'), currentVersion: undefined }, context), 'update.vcf_m01')
  const running = stateOf(
    encodeDomain(viewOf('vcf-m01', 'upgrading_esx', { status: 'update_process_started', percent: 40 }), context),
    'update.vcf_m01',
  )
  const halted = stateOf(
    encodeDomain(viewOf('vcf-m01', 'failed', { status: 'update_process_started', percent: 40 }), context),
    'update.vcf_m01',
  )

  assert.deepEqual([offered.state, upToDate.state, unknown.state], ['on', 'off', 'unknown'])
  assert.equal(offered.attributes.supported_features, 4)
  assert.ok(String(offered.attributes.release_summary).length <= 255)
  assert.equal(upToDate.attributes.latest_version, '5.2.0.0')
  assert.deepEqual([running.attributes.in_progress, running.attributes.update_percentage], [true, 40])
  assert.deepEqual([halted.attributes.in_progress, halted.attributes.update_percentage], [false, null])
})

test('the installation has its own entities', () => {
  const fleet = encodeFleet({ overall: 'unreachable', activeDomains: 2, connected: false, reason: 'Wrong password.' })
  const server = encodeServer({ at: Date.UTC(2026, 0, 1), version: '0.1.0', instance: 'me' })

  assert.deepEqual(
    fleet.map(({ entity_id, state }) => [entity_id, state]),
    [
      ['binary_sensor.vcf_connection', 'off'],
      ['sensor.vcf_active_domains', '2'],
      ['sensor.vcf_overall_status', 'unreachable'],
    ],
  )
  assert.equal(fleet[0]?.attributes.reason, 'Wrong password.')
  assert.equal(server.state, '2026-01-01T00:00:00.000Z')
  assert.deepEqual([server.attributes.version, server.attributes.contract, server.attributes.instance], ['0.1.0', 1, 'me'])
  assert.ok(byteLength(JSON.stringify(fleet)) < attributeBudget)
})
