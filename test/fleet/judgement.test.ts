import assert from 'node:assert/strict'
import test from 'node:test'
import { judge } from '../../server/fleet/judgement.ts'
import type { DomainView } from '../../shared/view.ts'

const olga = { id: 'o', name: 'Olga', admin: true }
const management: DomainView = {
  domain: { id: 'm', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' },
  ...{ status: 'update_available', currentVersion: '5.2.0.0', nextVersion: '5.2.1.0', whyNot: [], componentsToUpdate: [] },
  ...{ phase: 'waiting_for_initiation', since: 0, steps: [], findings: [], accepts: ['start', 'download'], log: [] },
}
const workload: DomainView = { ...management, domain: { id: 'w', name: 'vcf-w01', type: 'VI', sddcManager: 'sddc.lab' } }

test('a start with an update on offer is taken', () => {
  assert.equal(judge('start', management, [workload], olga), undefined)
})

test('a start with nothing on offer is told so, with what VCF says about the others', () => {
  const { nextVersion: _, ...none } = management

  const refusal = judge('start', { ...none, status: 'up_to_date', whyNot: ['5.2.2.0: NSX is too old'] }, [], olga)

  assert.equal(refusal?.purpose, 'nothing_to_update')
  assert.match(refusal!.reason, /5\.2\.0\.0.*NSX is too old/)
})

test('a start while another domain is being upgraded, or stands halted, is taken: it waits for its turn', () => {
  for (const phase of ['upgrading_nsx', 'failed'] as const)
    assert.equal(judge('start', management, [{ ...workload, status: 'update_process_started', phase }], olga), undefined)
})

test('a workload domain does not get ahead of its management domain', () => {
  for (const command of ['start', 'download'] as const)
    assert.match(judge(command, workload, [management], olga)!.reason, /vcf-m01 runs 5\.2\.0\.0 and comes first/)
  assert.equal(judge('start', workload, [{ ...management, currentVersion: '5.2.1.0', status: 'up_to_date' }], olga), undefined)
})

test('a workload domain may wait behind its management domain when that is on its way far enough', () => {
  const run = { id: 'r', startedAt: 0, startedBy: 'Olga' }
  const upgrading: DomainView = { ...management, status: 'update_process_started', phase: 'upgrading_nsx', target: '5.2.1.0', run }

  assert.equal(judge('start', workload, [upgrading], olga), undefined)
  assert.match(judge('start', { ...workload, nextVersion: '5.2.2.0' }, [upgrading], olga)!.reason, /upgraded to 5\.2\.1\.0 only/)
  const downloading: DomainView = { ...upgrading, run: { ...run, only: 'download' } }
  assert.match(judge('start', workload, [downloading], olga)!.reason, /runs 5\.2\.0\.0 and comes first/)
})

test('bundles alone are taken where a start is, and are told so when there is nothing to fetch', () => {
  const { nextVersion: _, ...none } = management

  assert.equal(judge('download', management, [], olga), undefined)
  assert.equal(judge('download', none, [], olga)?.purpose, 'nothing_to_update')
})

test('a start while the bundles are being downloaded, or while it waits already, says what to do', () => {
  const run = { id: 'r', startedAt: 0, startedBy: 'Olga', only: 'download' } as const
  const downloading: DomainView = { ...management, accepts: ['cancel'], phase: 'downloading_bundles', run }
  const queued: DomainView = {
    ...management,
    accepts: ['cancel'],
    phase: 'update_process_started',
    queue: { place: 1, behind: ['vcf-w01'] },
  }

  assert.match(judge('start', downloading, [], olga)!.reason, /bundles are being downloaded .*Start again when they are there/)
  assert.match(judge('start', queued, [], olga)!.reason, /waits for its turn, behind vcf-w01/)
})

test('a press on what cannot be taken now is refused with the phase', () => {
  assert.match(judge('acknowledge', management, [], olga)!.reason, /nothing to acknowledge now \(waiting_for_initiation\)/)
  assert.match(
    judge('start', { ...management, accepts: ['cancel'], phase: 'upgrading_nsx' }, [], olga)!.reason,
    /under way already \(upgrading_nsx\)/,
  )
})

test('an automation never overrides errors', () => {
  const gate: DomainView = { ...management, accepts: ['acknowledge'], precheck: { errors: 0, gaps: 1, warnings: 0 } }

  assert.match(judge('acknowledge', gate, [], undefined)!.reason, /named person/)
  assert.equal(judge('acknowledge', { ...gate, precheck: { errors: 0, gaps: 0, warnings: 2 } }, [], undefined), undefined)
})
