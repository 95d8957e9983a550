import assert from 'node:assert/strict'
import test from 'node:test'
import type { Step } from '../../server/ports/facts.ts'
import type { UpgradeRequest } from '../../server/ports/upgrade-request.ts'
import { handsOff, remediationAfterFailure, remediationAfterRefusal } from '../../server/upgrade/guidance.ts'
import { type Component, components } from '../../shared/upgrade.ts'

function step(component: Component, more: Partial<UpgradeRequest> = {}): Step {
  return {
    ...{ component, resource: 'x', resourceId: 'd', from: '1', to: '2', before: [], attempt: 1 },
    request: { component, bundleId: 'b', resource: { type: 'DOMAIN', id: 'd' }, ...more },
  }
}
const migrated = step('VCENTER', {
  vcenters: [{ id: 'v', temporaryNetwork: { mode: 'AUTOMATIC' } }],
})

const ways: readonly (readonly [name: string, step: Step, restoredFrom: RegExp])[] = [
  ['SDDC Manager', step('SDDC_MANAGER'), /file-based backup or from a snapshot .* before the upgrade/],
  ['NSX', step('NSX_T_MANAGER'), /not downgraded.*backup that NSX itself made/],
  ['vCenter in place', step('VCENTER', { vcenters: [{ id: 'v', mechanism: 'InPlace' }] }), /file-based backup of its own/],
  ['vCenter by migration', migrated, /old appliance/],
  ['ESX', step('ESX_HOST'), /boot bank.*installed anew/],
]

for (const [name, failed, restoredFrom] of ways) {
  test(`after ${name} failed: VCF's remedy first, then what can be restored from what, and no promise of a rollback`, () => {
    const remediation = remediationAfterFailure(failed, { text: 'x', remediation: 'Check the disk' })

    assert.match(remediation, /^Check the disk\. There is no rollback in SDDC Manager\. /)
    assert.match(remediation, restoredFrom)
    assert.ok(remediation.length < 700, 'beside a remedy of VCF it must fit into what Home Assistant is told')
  })
}

test('without a remedy of VCF there is one all the same', () => {
  for (const component of components) assert.match(remediationAfterFailure(step(component), { text: 'x' }), /press Retry/)
})

test('hands off NSX and vCenter while they are upgraded', () => {
  assert.match(handsOff(step('NSX_T_MANAGER'))!, /upload nothing/)
  assert.match(handsOff(step('VCENTER'))!, /management interface/)
  assert.equal(handsOff(step('SDDC_MANAGER')), undefined)
})

for (const [status, words] of [
  [424, /depends on/],
  [409, /Another workflow/],
  [403, /role ADMIN/],
  [400, /^Nothing was started/],
] as const) {
  test(`a request refused with ${status}: nothing was started, and Retry reads first`, () => {
    assert.match(remediationAfterRefusal(status, undefined), words)
    assert.match(remediationAfterRefusal(status, 'Finish the other one.'), /^Finish the other one\. .*Retry reads/)
  })
}
