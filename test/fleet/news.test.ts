import assert from 'node:assert/strict'
import test from 'node:test'
import { newsOf } from '../../server/fleet/news.ts'
import type { Finding } from '../../shared/upgrade.ts'
import type { DomainView, RunView } from '../../shared/view.ts'
import { viewOf } from '../hub/views.ts'

const run: RunView = { id: 'r', startedAt: 5, startedBy: 'Olga <b>' }
const at = (phase: DomainView['phase'], more: Partial<DomainView> = {}) =>
  viewOf('vcf-m01', phase, { from: '5.2.0.0', target: '5.2.1.0', run, ...more })
const warning = (text: string): Finding => ({ severity: 'warning', text, resources: ['esx01'] })
const gate = (findings: readonly Finding[], more: Partial<DomainView['precheck']> = {}) =>
  at('waiting_for_alert_acknowledgement', {
    attention: `${findings.length} warnings of the prechecks wait for acknowledgement`,
    precheck: { errors: 0, warnings: findings.length, gaps: 0, digest: 'd', link: 'https://sddc.lab/ui', ...more },
    findings,
  })

test('an event has the same key however often it is looked at, and another one another', () => {
  const failed = at('failed', { since: 7, halt: { reason: 'x', text: 'VCF said no', retryable: true } })

  assert.deepEqual(newsOf(failed).failed, newsOf(structuredClone(failed)).failed)
  assert.notEqual(newsOf(failed).failed!.key, newsOf({ ...failed, since: 8 }).failed!.key)
  assert.notEqual(newsOf(failed).failed!.key, newsOf({ ...failed, run: { ...run, id: 's' } }).failed!.key)
})

test('a domain that never ran, or whose run is long over, has nothing to tell', () => {
  assert.deepEqual(newsOf(viewOf('vcf-m01')), {})
  assert.deepEqual(newsOf(at('waiting_for_initiation', { run: { ...run, finishedAt: 6, outcome: 'cancelled' } })), {})
})

test('the end is told as what it is', () => {
  const ended = (phase: DomainView['phase'], outcome: RunView['outcome'], more: Partial<RunView> = {}) =>
    newsOf(at(phase, { run: { ...run, finishedAt: 6, outcome: outcome!, ...more } })).finished?.title

  assert.equal(ended('successfully_completed', 'successfully_completed'), 'vcf-m01: upgrade completed')
  assert.equal(ended('cancelled', 'cancelled'), 'vcf-m01: upgrade cancelled')
  assert.equal(ended('waiting_for_initiation', 'downloaded', { only: 'download' }), 'vcf-m01: bundles downloaded')
})

test('texts are plain: no Markdown, nothing that an app takes for HTML, no line breaks of others', () => {
  const { started } = newsOf(at('running_prechecks'))
  const { failed } = newsOf(at('failed', { halt: { reason: 'x', text: '<img src=x>\n# *no*', retryable: true } }))

  assert.equal(started!.message, 'VCF 5.2.0.0 → 5.2.1.0, started by Olga ‹b›.')
  assert.match(failed!.message, /^‹img src=x› # \*no\*$/)
})

test('warnings may be acknowledged where all of them can be read', () => {
  const { waiting } = newsOf(gate([warning('The backup is old'), warning('Two VMs on local disks')]))

  assert.deepEqual(waiting!.gate, { run: 'r', digest: 'd' })
  const lines = ['2 warnings of the prechecks wait for acknowledgement.', '• The backup is old: esx01', '• Two VMs on local disks: esx01']
  assert.equal(waiting!.message, lines.join('\n'))
})

test('what cannot be read there whole is not acknowledged from there', () => {
  const many = newsOf(gate(Array.from({ length: 9 }, (_, n) => warning(`Warning ${n}`)))).waiting!

  assert.equal(many.gate, undefined)
  assert.match(many.message, /Warning 5: esx01\n… and 3 more$/)
  assert.equal(newsOf(gate([warning('x'.repeat(300))])).waiting!.gate, undefined)
})

test('a message is no longer than what carries it to a phone takes', () => {
  const { failed } = newsOf(at('failed', { halt: { reason: 'x', text: 'VCF said no. '.repeat(1_000), retryable: true } }))

  assert.equal(failed!.message.length, 1_500)
})

test('errors and critical gaps are never acknowledged from there', () => {
  const error: Finding = { severity: 'error', text: 'No backup', resources: [] }

  for (const view of [gate([warning('w')], { errors: 1 }), gate([warning('w')], { gaps: 1 }), gate([error])])
    assert.equal(newsOf(view).waiting!.gate, undefined)
  assert.equal(newsOf(at('waiting_for_operator', { halt: { reason: 'x', text: 'y', retryable: true } })).waiting!.gate, undefined)
})
