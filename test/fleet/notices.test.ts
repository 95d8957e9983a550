import assert from 'node:assert/strict'
import test from 'node:test'
import { noticesOf } from '../../server/fleet/notices.ts'
import type { DomainView, RunView } from '../../shared/view.ts'
import { viewOf } from '../hub/views.ts'

const run: RunView = { id: 'r', startedAt: 0, startedBy: 'Olga <b>' }
const idle = viewOf('vcf-w01')
const at = (more: Partial<DomainView>) =>
  viewOf('vcf-w01', more.phase ?? 'update_process_started', { from: '5.2.0.0', target: '5.2.1.0', run, ...more })
const titles = (before: DomainView | undefined, now: DomainView) => noticesOf(before, now).show.map(({ title }) => title)

test('who starts behind another domain reads behind which, and is told when it goes on', () => {
  const queued = at({ queue: { place: 1, behind: ['vcf-m01'] } })

  const [started] = noticesOf(idle, queued).show
  assert.match(started!.message, /Olga &lt;b&gt;.* It waits for its turn, behind vcf-m01\./)
  assert.deepEqual(titles(queued, at({})), ['vcf-w01: upgrade goes on'])
  assert.deepEqual(titles(queued, at({ queue: { place: 1, behind: ['vcf-m01'], phase: 'upgrading_nsx' } })), [])
})

test('downloads are not called an upgrade, from their start to their end', () => {
  const only: RunView = { ...run, only: 'download' }
  const downloading = at({ phase: 'downloading_bundles', run: only })
  const downloaded = at({ phase: 'waiting_for_initiation', run: { ...only, finishedAt: 1, outcome: 'downloaded' } })
  const cancelled = at({ phase: 'cancelled', run: { ...only, finishedAt: 1, outcome: 'cancelled' } })

  assert.deepEqual(titles(idle, downloading), ['vcf-w01: download started'])
  assert.deepEqual(titles(downloading, downloaded), ['vcf-w01: bundles downloaded'])
  assert.deepEqual(noticesOf(downloading, downloaded).dismiss, ['started'])
  assert.deepEqual(titles(downloaded, downloaded), [])
  assert.deepEqual(titles(downloading, cancelled), ['vcf-w01: download cancelled'])
})

test('at the first view after a start what applies no more is taken away: Home Assistant kept it meanwhile', () => {
  const gone = (view: DomainView) => [...noticesOf(undefined, view).dismiss].sort()

  assert.deepEqual(gone(idle), ['failed', 'stalled', 'started', 'waiting'])
  assert.deepEqual(gone(at({ phase: 'upgrading_nsx' })), ['failed', 'finished', 'nothing_to_update', 'stalled', 'waiting'])
  assert.deepEqual(gone(at({ phase: 'failed' })), ['finished', 'nothing_to_update', 'stalled', 'waiting'])
  assert.deepEqual(gone(at({ phase: 'waiting_for_operator' })), ['failed', 'finished', 'nothing_to_update', 'stalled'])
  const stalls = at({ phase: 'upgrading_nsx', awaits: { text: 'NSX', since: 0, until: 9, stalledSince: 1 } })
  assert.deepEqual(gone(stalls), ['failed', 'finished', 'nothing_to_update', 'waiting'])
})

test('a queued run that is cancelled has not gone on', () => {
  const queued = at({ queue: { place: 1, behind: ['vcf-m01'] } })

  assert.deepEqual(titles(queued, at({ phase: 'cancelled', run: { ...run, finishedAt: 1, outcome: 'cancelled' } })), [
    'vcf-w01: upgrade cancelled',
  ])
})
