/** After a restart in the middle of a run nothing is read of what the domain is offered before that run has ended: its facts tell the versions. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { Detection } from '../../server/upgrade/detection.ts'
import { noFacts } from '../../server/upgrade/facts.ts'
import { viewOf } from '../../server/upgrade/view.ts'
import type { DomainView } from '../../shared/view.ts'
import { olga, rehearse } from '../support/rehearsal.ts'

const versions = ({ currentVersion, nextVersion, componentsToUpdate }: DomainView) => ({
  currentVersion,
  nextVersion,
  components: componentsToUpdate?.map(({ component, from, to }) => ({ component, from, to })),
})

test('a restart in the middle of a run is not seen in the versions, and its end is not either', async (t) => {
  const r = await rehearse('happy', { store: createMemoryStore('11111111-1111-4111-8111-111111111111') })
  t.after(() => r.close())
  await r.press('start', olga)
  await r.until('upgrading_nsx')
  const before = versions(r.view())
  await r.restart()
  const after = versions(r.view())
  const seen = r.hub.views('vcf-m01').length
  const end = versions(await r.until('successfully_completed'))
  await r.until('waiting_for_initiation')

  assert.deepEqual([before.currentVersion, before.nextVersion], ['5.2.0.0', '5.2.1.0'])
  assert.ok(before.components!.length > 0)
  assert.deepEqual(after, before)
  assert.deepEqual(end, { currentVersion: '5.2.1.0', nextVersion: undefined, components: [] })
  assert.ok(
    r.hub
      .views('vcf-m01')
      .slice(seen)
      .every(({ currentVersion }) => currentVersion !== undefined),
  )
})

test('nobody has read yet what an upgrade would have: that is not known, and not nothing', () => {
  const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const

  assert.deepEqual(versions(viewOf({ domain, facts: noFacts(0), now: 0 })), {
    currentVersion: undefined,
    nextVersion: undefined,
    components: undefined,
  })
})

test('of an SDDC Manager that is not known nobody can say how many components an upgrade would have', () => {
  const domain = { id: 'd', name: 'vcf-m01', type: 'MANAGEMENT', sddcManager: 'sddc.lab' } as const
  const detection = { current: '9.9.0.0', expected: [], choosable: [], whyNot: [] }
  const componentsOf = (found: Detection) => viewOf({ domain, facts: noFacts(0), detection: found, now: 0 }).componentsToUpdate

  assert.equal(componentsOf({ ...detection, unknown: true }), undefined)
  assert.deepEqual(componentsOf(detection), [])
})
